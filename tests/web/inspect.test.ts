import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { chromiumIsThere, chromiumPath } from '../support/chromium.ts'
import { pageBench } from './bench.ts'

const DAYS = 30

/** The bar of 18 November, whose intake has one wrong face. */
async function clickWrongDay(page: Page) {
  await page.locator('.day-chart').scrollIntoViewIfNeeded()
  const over = await page.locator('.u-over').boundingBox()
  if (over === null) throw new Error('no chart')
  await page.mouse.click(over.x + (over.width * (DAYS - 3.5)) / DAYS, over.y + over.height * 0.7)
}

const wrongPoint = (page: Page) => page.locator('.point[aria-label^="10:15"]')
const dialog = (page: Page) => page.locator('dialog.inspector')
const summary = (page: Page) => page.locator('.consumption .summary')

async function openMenu(page: Page) {
  await clickWrongDay(page)
  await wrongPoint(page).click()
  await page.getByRole('menu').waitFor()
}

describe.skipIf(!chromiumIsThere)(
  `looking into a meter${chromiumIsThere ? '' : ` (skipped: no ${chromiumPath})`}`,
  { timeout: 30_000 },
  () => {
    const bench = pageBench()

    it('excludes a wrong reading in three clicks, and the chart mends itself', async () => {
      const { page, server } = await bench.open()
      expect(await summary(page).textContent()).toContain('on 18 Nov')
      await page.evaluate(
        "window.clicks = 0; addEventListener('click', (event) => { if (event.isTrusted) window.clicks += 1 }, true)",
      )
      await clickWrongDay(page)
      await wrongPoint(page).click()
      await page.getByRole('menuitem', { name: 'Exclude this reading' }).click()
      await page.getByText('Reading excluded: 18 Nov 2026, 10:15.').waitFor()
      expect(await page.evaluate('window.clicks')).toBe(3)
      expect(server.declared).toMatchObject([
        {
          meter: 'north-park-e-in',
          at: '2026-11-18T02:15:00.000Z',
          kind: 'exclude',
          by: '',
          note: 'wrong reading',
        },
      ])
      await expect.poll(() => wrongPoint(page).getAttribute('aria-label')).toContain('Excluded')
      await expect.poll(() => summary(page).textContent()).not.toContain('on 18 Nov')
    })

    it('undoes at once what was declared', async () => {
      const { page } = await bench.open()
      await openMenu(page)
      await page.getByRole('menuitem', { name: 'Exclude this reading' }).click()
      await page.getByRole('button', { name: 'Undo' }).click()
      await page.getByText('Taken back: Reading excluded').waitFor()
      await expect.poll(() => wrongPoint(page).getAttribute('aria-label')).toContain('Suspect')
      expect(await page.locator('.journal li.reversed').textContent()).toContain('Taken back by not named')
    })

    it('keeps in the journal who said it and why, and remembers the name', async () => {
      const { page, server } = await bench.open()
      await openMenu(page)
      await page.getByLabel('Your name').fill('Lin Wei')
      await page.getByLabel('Reason').fill('Digits swapped by the reader')
      await page.getByRole('menuitem', { name: 'Exclude this reading' }).click()
      const line = page.locator('.journal li')
      await line.waitFor()
      expect(await line.textContent()).toMatch(
        /18 Nov 2026, 10:15.*Digits swapped by the reader.*Lin Wei, 21 Nov/,
      )
      await page.goto(server.url)
      await page.locator('.u-over').waitFor()
      await clickWrongDay(page)
      await page.locator('.meter-list button', { hasText: 'Grid intake' }).click()
      await page.locator('.journal').getByRole('button', { name: 'Take back' }).click()
      await page.locator('.journal li.reversed').waitFor()
      expect(await page.locator('.reversal').textContent()).toContain('Taken back by Lin Wei')
    })

    it('opens the menu of another reading while one is open', async () => {
      const { page } = await bench.open()
      await openMenu(page)
      const other = await page.locator('.point[aria-label^="03:00"]').boundingBox()
      if (other === null) throw new Error('no point')
      await page.mouse.click(other.x + other.width / 2, other.y + other.height / 2)
      await expect.poll(() => page.locator('.action-panel').textContent()).toContain('03:00')
      // What the browser says late of the first one must not close the second.
      await page.evaluate('new Promise((resolve) => setTimeout(() => requestAnimationFrame(resolve), 100))')
      expect(await page.getByRole('menu').count()).toBe(1)
      expect(await page.locator('.action-panel:popover-open').count()).toBe(1)
    })

    it('counts an excluded reading again', async () => {
      const { page } = await bench.open()
      await openMenu(page)
      await page.getByRole('menuitem', { name: 'Exclude this reading' }).click()
      await expect.poll(() => wrongPoint(page).getAttribute('aria-label')).toContain('Excluded')
      await wrongPoint(page).click()
      await page.getByRole('menuitem', { name: 'Count it again' }).click()
      await expect.poll(() => wrongPoint(page).getAttribute('aria-label')).toContain('Suspect')
    })

    it('begins a form with the probable faces, and says beside the field what was refused', async () => {
      const { page, server } = await bench.open()
      await openMenu(page)
      await page.getByRole('menuitem', { name: 'The register was reset' }).click()
      const closing = page.getByLabel('Last face before (kWh)')
      const before = Number(await closing.inputValue())
      expect(before).toBeGreaterThan(11_000_000)
      expect(await page.getByLabel('First face after (kWh)').inputValue()).toBe('0')
      await closing.fill('eleven')
      await page.getByRole('button', { name: 'Save' }).click()
      const error = page.locator('.field', { has: closing }).locator('.field-error')
      await error.waitFor()
      expect(await error.textContent()).toBe('Expected a number, received "eleven"')
      expect(await closing.getAttribute('aria-describedby')).toBe(await error.getAttribute('id'))
      await closing.fill(String(before))
      await page.getByRole('button', { name: 'Save' }).click()
      await page.getByText('Register reset: 18 Nov 2026, 10:07.').waitFor()
      expect(server.declared.at(-1)).toMatchObject({ kind: 'reset', closing: before, opening: 0 })
      bench.complaints.length = 0 // the browser writes the 400 to its console
    })

    it('corrects the hours around a reading with what such hours use', async () => {
      const { page, server } = await bench.open()
      await openMenu(page)
      await page.getByRole('menuitem', { name: 'Correct the hours' }).click()
      expect(await page.getByLabel('From').locator('option:checked').textContent()).toBe('10:00')
      expect(await page.getByLabel('To', { exact: true }).locator('option:checked').textContent()).toBe(
        '11:00',
      )
      const used = page.getByLabel('Used in these hours (kWh)')
      expect(Number(await used.inputValue())).toBeGreaterThan(1000)
      expect(Number(await used.inputValue())).toBeLessThan(3000)
      await used.fill('1650,5')
      await page.getByRole('button', { name: 'Save' }).click()
      await page.locator('.journal li').waitFor()
      expect(server.declared.at(-1)).toMatchObject({
        kind: 'correction',
        at: '2026-11-18T02:00:00.000Z',
        to: '2026-11-18T03:00:00.000Z',
        value: 1650.5,
      })
    })

    it('is done by keys alone', async () => {
      const { page } = await bench.open()
      await page.locator('.day-chart .canvas').focus()
      for (let i = 0; i < 4; i += 1) await page.keyboard.press('ArrowLeft')
      await page.keyboard.press('Enter')
      const chart = page.locator('.face-chart')
      await chart.waitFor()
      const focused = (selector: string) => page.evaluate(`document.activeElement.matches('${selector}')`)
      for (let i = 0; i < 20 && !(await focused('.face-chart')); i += 1) await page.keyboard.press('Tab')
      await page.keyboard.press('ArrowRight')
      expect(await page.locator('.point.chosen').getAttribute('aria-label')).toMatch(/^10:15/)
      await page.keyboard.press('Enter')
      await page.getByRole('menu').waitFor()
      await page.keyboard.press('Escape')
      expect(await page.getByRole('menu').count()).toBe(0)
      await expect.poll(() => focused('.face-chart')).toBe(true)
      await page.keyboard.press('Enter')
      await page.getByRole('menu').waitFor()
      await page.keyboard.press('Enter')
      await expect.poll(() => wrongPoint(page).getAttribute('aria-label')).toContain('Excluded')
      await expect.poll(() => focused('.face-chart')).toBe(true)
      await page.keyboard.press('Escape')
      await expect.poll(() => dialog(page).count()).toBe(0)
      expect(await focused('.canvas')).toBe(true)
    })

    it('lists the meters of the figure with what hangs beneath them, the most doubtful first in view', async () => {
      const { page } = await bench.open()
      await clickWrongDay(page)
      const lines = page.locator('.meter-list button')
      await lines.first().waitFor()
      expect(await lines.locator('.meter-name b').allTextContents()).toEqual([
        'Grid intake',
        'Server rooms',
        'Cooling plant',
        'Chiller 1',
        'Lighting',
        'Roof panels',
      ])
      expect(await page.locator('.meter-list [aria-current="true"]').textContent()).toContain('Suspect')
      await lines.nth(2).click()
      await page.getByRole('heading', { name: 'Cooling plant' }).waitFor()
      await page.locator('.face-chart .hour.estimated').first().waitFor()
      expect(await page.locator('.face-chart .hour.estimated').count()).toBe(4)
      await page.getByRole('button', { name: 'Day before' }).click()
      await page.getByRole('heading', { name: 'Look into Tue, 17 Nov 2026' }).waitFor()
      await page.getByRole('heading', { name: 'Cooling plant' }).waitFor()
    })

    it('says how a day is known in mark, tip, table and file', async () => {
      const { page } = await bench.open()
      await page.locator('.day-chart .canvas').focus()
      for (let i = 0; i < 4; i += 1) await page.keyboard.press('ArrowLeft')
      expect(await page.locator('.day-tip').textContent()).toContain('Suspect: a lower bound')
      const legend = page.locator('.day-chart .legend')
      for (const word of ['Entered or edited', 'Estimated', 'Suspect']) {
        expect(await legend.textContent()).toContain(word)
      }
      await page.getByRole('button', { name: 'Table' }).click()
      const row = page.locator('.day-table tr', { hasText: '18 Nov 2026' })
      expect(await row.locator('.quality').textContent()).toBe('Suspect')
      await row.getByRole('button').click()
      await page.getByRole('heading', { name: 'Look into Wed, 18 Nov 2026' }).waitFor()
    })

    it.each(['light', 'dark'] as const)('fits a phone, %s, with targets for a thumb', async (scheme) => {
      const { page } = await bench.open({ width: 390, scheme })
      await openMenu(page)
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390)
      expect(
        await page.evaluate(
          "(() => { const one = document.querySelector('.inspector'); return one.scrollWidth - one.clientWidth })()",
        ),
      ).toBe(0)
      const targets = page.locator('.menu button, .inspector-actions button, .action-panel input')
      for (const target of await targets.all()) {
        expect((await target.boundingBox())?.height).toBeGreaterThanOrEqual(44)
      }
    })

    it('speaks Chinese', async () => {
      const { page } = await bench.open({ lang: 'zh' })
      await clickWrongDay(page)
      await page.getByRole('heading', { name: '查看 2026年11月18日周三' }).waitFor()
      await wrongPoint(page).click()
      await page.getByRole('menuitem', { name: '排除此读数' }).click()
      await page.getByRole('button', { name: '撤销' }).waitFor()
      await expect.poll(() => page.locator('.journal').textContent()).toContain('读数有误')
      // Ids, units and the product's name are the same in both languages.
      const said = (await dialog(page).textContent()) ?? ''
      expect(said.replaceAll(/north-park-[\w-]+|kWh/g, '')).not.toMatch(/[A-Za-z]{2,}/)
    })
  },
)
