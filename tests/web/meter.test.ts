import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { chromiumIsThere, chromiumPath } from '../support/chromium.ts'
import { NOW, serveKnownWorld } from './known-world.ts'
import { viewBench } from './view-bench.ts'

const heading = (page: Page, name: string) => page.getByRole('heading', { name, exact: true })
const day = (page: Page) => page.locator('#day-title')
const about = (page: Page, term: string) =>
  page.locator('.meter-about .facts > div', { has: page.getByText(term, { exact: true }) }).locator('dd')

async function downloaded(page: Page, button: string): Promise<string[]> {
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: button }).click(),
  ])
  const text = await readFile(await file.path(), 'utf8')
  return text.replace('\uFEFF', '').trimEnd().split('\r\n')
}

describe.skipIf(!chromiumIsThere)(
  `a meter on the page${chromiumIsThere ? '' : ` (skipped: no ${chromiumPath})`}`,
  { timeout: 30_000 },
  () => {
    const bench = viewBench(NOW, serveKnownWorld)

    it('says what it is, what it used as the API does, and leads to what it hangs on', async () => {
      const page = await bench.open('?meter=park-hvac')
      await heading(page, 'Air conditioning').waitFor()
      for (const [i, grain, from] of [
        [0, 'month', '2026-02'],
        [1, 'year', '2026'],
      ] as const) {
        const path = `/consumption?scope=meter:park-hvac&grain=${grain}&from=${from}`
        const { value } = (await bench.api.get(path)).body.rows[0]
        const figure = page.locator('.meter-head .standing').nth(i)
        await expect.poll(() => figure.locator('data').getAttribute('value')).toBe(String(value))
        expect(await figure.textContent()).toContain('Suspect')
      }
      expect(await page.locator('.meter-state').textContent()).toContain('Live')
      expect(await about(page, 'Area').textContent()).toBe('Tower')
      expect(await about(page, 'Use').textContent()).toBe('Heating, ventilation, air')
      await about(page, 'Hangs on').getByRole('link').click()
      await heading(page, 'Grid supply').waitFor()
      expect(await about(page, 'On it hang').textContent()).toBe('Air conditioning')
      expect(await about(page, 'Register').textContent()).toBe('kWh × 408 digits')
      expect(await about(page, 'Limits').textContent()).toContain('at most 9,000 kWh/h')
      await page.locator('.meter-around .refused-list li').first().waitFor()
      expect(await page.locator('.refused-list').textContent()).not.toContain('park-spare')
    })

    it('goes from day to day by button and key, with the day in the address', async () => {
      const page = await bench.open('?meter=park-in&day=2026-02-05')
      await heading(page, 'Thu, 5 Feb 2026').waitFor()
      await page.locator('.face-chart .point').first().waitFor()
      await page.getByRole('button', { name: 'Day before' }).click()
      await heading(page, 'Wed, 4 Feb 2026').waitFor()
      expect(new URL(page.url()).searchParams.get('day')).toBe('2026-02-04')
      await page.locator('h1').click()
      await page.keyboard.press('ArrowRight')
      await page.keyboard.press('ArrowRight')
      await heading(page, 'Fri, 6 Feb 2026').waitFor()
      await page.getByLabel('Day', { exact: true }).fill('2026-01-31')
      await heading(page, 'Sat, 31 Jan 2026').waitFor()
      await page.reload()
      await heading(page, 'Sat, 31 Jan 2026').waitFor()
      const bars = await page.locator('.meter-days .u-over').boundingBox()
      if (bars === null) throw new Error('no chart')
      await page.mouse.click(bars.x + (bars.width * 29.5) / 30, bars.y + bars.height / 2)
      await heading(page, 'Tue, 10 Feb 2026').waitFor()
      expect(await page.getByRole('button', { name: 'Day after' }).isDisabled()).toBe(true)
    })

    it('takes a wrong reading out, and gives it back from the journal', async () => {
      const page = await bench.open('?meter=park-in&day=2026-02-05')
      const wrong = page.locator('.point[aria-label^="10:00"]')
      await expect.poll(() => wrong.getAttribute('aria-label')).toContain('Rejected')
      await wrong.click()
      await page.getByRole('menuitem', { name: 'Exclude this reading' }).click()
      await expect.poll(() => wrong.getAttribute('aria-label')).toContain('Excluded')
      const { rows } = (await bench.api.get('/meter-events?meter=park-in')).body
      expect(rows).toMatchObject([{ kind: 'exclude', at: '2026-02-05T02:00:00.000Z', reversed: null }])
      await page.locator('.journal').getByRole('button', { name: 'Take back' }).click()
      await page.locator('.journal li.reversed').waitFor()
      await expect.poll(() => wrong.getAttribute('aria-label')).toContain('Rejected')
    })

    it('gives the day as tables and as files, with all that the API says', async () => {
      const page = await bench.open('?meter=park-in&day=2026-02-05')
      await page.getByRole('button', { name: 'Readings', exact: true }).click()
      const path = '/readings?meter=park-in&from=2026-02-04T16:00:00Z&to=2026-02-05T16:00:01Z'
      const readings: { value: number }[] = (await bench.api.get(path)).body.rows
      const faces = page.locator('.figures-table tbody td data')
      await expect
        .poll(() => faces.evaluateAll((all) => all.map((one) => Number(one.getAttribute('value')))))
        .toEqual(readings.map(({ value }) => value))
      expect(await page.locator('tr', { hasText: '10:00:00' }).first().textContent()).toContain('Spike')
      const lines = await downloaded(page, 'Readings as CSV')
      expect(lines[0]).toBe('at,meter,value,unit,received,state,flags')
      expect(lines.find((line) => line.startsWith('2026-02-05T02:00'))).toMatch(
        /,90000,kWh,.*,rejected,spike$/,
      )
      expect(lines.length).toBe(1 + readings.length)
      await page.getByRole('button', { name: 'Hours', exact: true }).click()
      const hours = await downloaded(page, 'Hours as CSV')
      expect(hours.length).toBe(25)
      expect(await page.locator('.figures-table tbody tr').count()).toBe(24)
      expect(await page.locator('.figures-table tr.interpolated').count()).toBe(2)
    })

    it('shows the temperatures of a sensor, and the formula of a virtual meter', async () => {
      const page = await bench.open('?meter=park-outdoor&day=2026-02-08')
      await heading(page, 'Mean of each day').waitFor()
      await page.locator('.line-chart .u-over').waitFor()
      const said = (await page.locator('main').textContent()) ?? ''
      expect(said).toContain('°C on average')
      expect(said).toContain('Coldest')
      expect(said).not.toContain('degC')
      await bench.open('?meter=park-rest&day=2026-02-08').then(async (virtual) => {
        await heading(virtual, 'All else').waitFor()
        expect(await about(virtual, 'Formula').textContent()).toBe('park-in - park-hvac')
        expect(await about(virtual, 'Is made of').textContent()).toBe('Grid supplyAir conditioning')
        await virtual.locator('.hours-chart .hour').first().waitFor()
        expect(await virtual.getByRole('button', { name: 'Readings' }).count()).toBe(0)
      })
    })

    it('answers an unknown meter with those that are called most like it', async () => {
      const page = await bench.open('?meter=park-hvca')
      await heading(page, 'There is no meter “park-hvca”').waitFor()
      await page.locator('.no-meter li a').first().click()
      await heading(page, 'Air conditioning').waitFor()
    })

    it.each([
      { width: 360, scheme: 'light', lang: 'zh' },
      { width: 1920, scheme: 'dark', lang: 'en' },
    ] as const)('is clean for axe and fits, $width wide, $scheme, in $lang', async (opening) => {
      const page = await bench.open('?meter=park-in&day=2026-02-05', opening)
      await page.locator('.face-chart .point').first().waitFor()
      await page.locator('.refused-list li').first().waitFor()
      await page.locator('.meter-days .u-over').waitFor()
      expect(await bench.faults()).toEqual([])
    })

    it('speaks Chinese', async () => {
      const page = await bench.open('?meter=park-hvac&day=2026-02-03', { lang: 'zh' })
      await page.locator('.face-chart .point').first().waitFor()
      const said = (await page.locator('main').textContent()) ?? ''
      expect(said.replaceAll(/(facility\/park\/)?park-[\w-]+(\/reading)?|kWh|CSV/g, '')).not.toMatch(
        /[A-Za-z]{2,}/,
      )
      expect(await day(page).textContent()).toContain('2026年2月3日')
    })
  },
)
