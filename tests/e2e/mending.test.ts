import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { chromiumArguments, chromiumIsThere, chromiumPath } from '../support/chromium.ts'
import { home, type Program, startProgram } from '../support/program.ts'
import { publish } from '../support/publish.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
/** A zone without summer time, so that every day has 24 hours. */
const ZONE_MS = 8 * HOUR_MS
const zone = 'Asia/Shanghai'
const organisation = {
  organisation: { id: 'test', name: { en: 'Test Works', zh: '测试工厂' }, zone },
  sites: [
    {
      id: 'works',
      name: { en: 'North Works', zh: '北厂' },
      kind: 'factory',
      zone,
      meters: [
        {
          id: 'in',
          name: { en: 'Intake', zh: '进线' },
          utility: 'electricity',
          role: 'import',
          register: { unit: 'kWh' },
        },
      ],
    },
  ],
}

/** Midnight of the day before yesterday, in the site's zone. */
const day = Math.floor((Date.now() + ZONE_MS) / DAY_MS) * DAY_MS - ZONE_MS - 2 * DAY_MS
const wrongAt = day + 10 * HOUR_MS

const name = `mending a reading of a running service${chromiumIsThere ? '' : ` (skipped: no ${chromiumPath})`}`

describe.skipIf(!chromiumIsThere)(name, () => {
  let place: Awaited<ReturnType<typeof home>>
  let program: Program
  let browser: Browser
  let page: Page
  const complaints: string[] = []

  beforeAll(async () => {
    place = await home(organisation)
    program = await startProgram(place.folder)
    const from = Date.UTC(new Date(day + ZONE_MS).getUTCFullYear(), 0, 1) - ZONE_MS
    // The wrong face is the last one that came: no rule can tell it from a day of heavy use.
    const rows = Array.from({ length: (wrongAt - from) / HOUR_MS + 1 }, (_, h) => {
      const at = from + h * HOUR_MS
      return { at, value: h * 10 + (at === wrongAt ? 5000 : 0) }
    })
    await publish(
      program.mqtt,
      Array.from({ length: Math.ceil(rows.length / 1000) }, (_, i) => ({
        topic: 'facility/works/in/reading',
        payload: rows.slice(i * 1000, i * 1000 + 1000),
      })),
    )
    await program.settled()
    browser = await chromium.launch({ executablePath: chromiumPath, args: chromiumArguments })
    page = await browser.newPage({ viewport: { width: 1280, height: 900 } })
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()))
    page.on('pageerror', (error) => complaints.push(error.message))
    await page.goto(`${program.http}/?lang=en`)
  })
  afterAll(async () => {
    await browser?.close()
    await program?.end('SIGTERM')
    await place?.remove()
  })

  const used = async () => {
    const span = `from=${new Date(day).toISOString()}&to=${new Date(day + DAY_MS).toISOString()}`
    const { rows } = await program.get(`/consumption?scope=site:works&utility=electricity&grain=day&${span}`)
    return rows[0] as { value: number }
  }

  /** The year's energy of the site in MWh, as the page shows it; null where too little of the year is known yet. */
  const yearShown = () =>
    page.evaluate<number | null>(
      `(({ value = null } = {}) => value && Number(value))(document.querySelector('.site-row .energy .now data') ?? {})`,
    )
  const yearKnown = async (): Promise<number | null> => {
    const { rows } = await program.get('/kpis?indicator=energy&scope=site:works&grain=year')
    return rows.at(-1).value
  }
  /** What the year shows is what the service knows, and this much less than before. */
  const yearIs = async (before: number | null, lessMwh: number) => {
    await expect
      .poll(async () => Math.abs(((await yearShown()) ?? 0) - ((before ?? lessMwh) - lessMwh)) < 1e-6, {
        timeout: 15_000,
      })
      .toBe(true)
    expect(await yearShown()).toBe(await yearKnown())
  }

  it('takes three clicks, and the figures follow by themselves', async () => {
    expect((await used()).value).toBeCloseTo(5100, 6)
    await page.locator('.u-over').waitFor()
    await page.locator('.site-row .energy').first().waitFor()
    const wrongYear = await yearShown()
    expect(wrongYear).toBe(await yearKnown())
    const shown = await page.locator('.summary').textContent()
    await page.locator('.day-chart').scrollIntoViewIfNeeded()
    const over = await page.locator('.u-over').boundingBox()
    if (over === null) throw new Error('no chart')
    // The day before yesterday is the third from the right.
    await page.mouse.click(over.x + (over.width * 27.5) / 30, over.y + over.height * 0.7)
    await page.locator('.point[aria-label^="10:00"]').click()
    await page.getByRole('menuitem', { name: 'Exclude this reading' }).click()
    await page.getByRole('button', { name: 'Undo' }).waitFor()
    await expect.poll(async () => (await used()).value, { timeout: 15_000 }).toBeCloseTo(90, 6)
    await expect.poll(() => page.locator('.summary').textContent(), { timeout: 15_000 }).not.toBe(shown)
    expect(await page.locator('.point[aria-label^="10:00"]').getAttribute('aria-label')).toContain('Excluded')
    // 5,010 kWh of the day were never used, and the year follows on the page by itself.
    await yearIs(wrongYear, 5.01)
  })

  it('is taken back as easily', async () => {
    await page.getByRole('button', { name: 'Undo' }).click()
    await page.getByText('Taken back: Reading excluded').waitFor()
    await expect.poll(async () => (await used()).value, { timeout: 15_000 }).toBeCloseTo(5100, 6)
  })

  it('is done by keys alone as well', async () => {
    await page.keyboard.press('Escape')
    const tabTo = async (selector: string) => {
      for (let i = 0; i < 100; i += 1) {
        if (await page.evaluate(`document.activeElement.matches('${selector}')`)) return
        await page.keyboard.press('Tab')
      }
      throw new Error(`no Tab leads to ${selector}`)
    }
    // What was taken back is on the page again.
    await expect.poll(async () => (await yearShown()) === (await yearKnown()), { timeout: 15_000 }).toBe(true)
    const wrongYear = await yearShown()
    await page.locator('.skip').focus()
    await tabTo('.day-chart .canvas')
    for (let i = 0; i < 3; i += 1) await page.keyboard.press('ArrowLeft')
    await page.keyboard.press('Enter')
    await page.locator('.point').first().waitFor()
    await tabTo('.face-chart')
    await page.keyboard.press('End')
    await page.keyboard.press('Enter')
    await page.getByRole('menuitem', { name: 'Exclude this reading' }).focus()
    await page.keyboard.press('Enter')
    await yearIs(wrongYear, 5.01)
    await page.getByRole('button', { name: 'Undo' }).focus()
    await page.keyboard.press('Enter')
    await yearIs(wrongYear, 0)
  })

  it('says beside the field what the service refuses', async () => {
    await page.locator('.point[aria-label^="10:00"]').click()
    await page.getByRole('menuitem', { name: 'The register was reset' }).click()
    const closing = page.getByLabel('Last face before (kWh)')
    await closing.fill('-3')
    await page.getByRole('button', { name: 'Save' }).click()
    const error = page.locator('.field', { has: closing }).locator('.field-error')
    await error.waitFor()
    expect(await error.textContent()).toContain('-3 is no face of this meter')
    complaints.length = 0 // the browser writes the 400 to its console
  })

  it('leaves nothing in the console', () => {
    expect(complaints).toEqual([])
  })
})
