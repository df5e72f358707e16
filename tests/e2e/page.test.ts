import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { chromiumArguments, chromiumIsThere, chromiumPath } from '../support/chromium.ts'
import { home, type Program, startProgram } from '../support/program.ts'
import { publish } from '../support/publish.ts'

const HOUR_MS = 3_600_000
const organisation = {
  organisation: { id: 'test', name: { en: 'Test Works', zh: '测试工厂' }, zone: 'Europe/Berlin' },
  sites: [
    {
      id: 'works',
      name: { en: 'North Works', zh: '北厂' },
      kind: 'factory',
      zone: 'Europe/Berlin',
      areas: [{ id: 'hall', floorArea: [{ from: '2019-01-01', m2: 500 }] }],
      employees: [{ from: '2020-01-01', fullTime: 20 }],
      meters: [{ id: 'in', utility: 'electricity', role: 'import', register: { unit: 'kWh' } }],
    },
  ],
}
const year = new Date().getUTCFullYear()
const targets = [
  {
    id: 'met',
    name: { en: 'Energy per head', zh: '人均能耗' },
    indicator: 'energy-per-employee',
    scope: 'site:works',
    kind: 'ceiling',
    limit: 5,
  },
  { id: 'missed', indicator: 'energy-per-area', scope: 'site:works', kind: 'ceiling', limit: 0.1 },
  { id: 'unknown', indicator: 'tap-water-per-employee', scope: 'site:works', kind: 'ceiling', limit: 1 },
]

const name = `the page of a running service${chromiumIsThere ? '' : ` (skipped: no ${chromiumPath})`}`

describe.skipIf(!chromiumIsThere)(name, () => {
  let place: Awaited<ReturnType<typeof home>>
  let program: Program
  let browser: Browser
  let page: Page
  const complaints: string[] = []

  beforeAll(async () => {
    place = await home(organisation, targets)
    program = await startProgram(place.folder)
    const from = Date.UTC(year - 1, 0, 1) - HOUR_MS
    const rows = Array.from({ length: Math.floor((Date.now() - from) / HOUR_MS) + 1 }, (_, h) => ({
      at: from + h * HOUR_MS,
      value: h * 10,
    }))
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
    page.on('console', (message) => {
      // A server may keep no publications.
      const expected = message.location().url.endsWith('/api/v1/publications')
      if (message.type() === 'error' && !expected) complaints.push(message.text())
    })
    page.on('pageerror', (error) => complaints.push(error.message))
    await page.goto(`${program.http}/?lang=en`)
  })
  afterAll(async () => {
    await browser?.close()
    await program?.end('SIGTERM')
    await place?.remove()
  })

  it('shows each target with the verdict and the figure that the API gives', async () => {
    const { rows } = await program.get('/targets')
    expect(rows.map((row: { verdict: string }) => row.verdict)).toEqual([
      'on-track',
      'off-track',
      'insufficient-data',
    ])
    await page.locator('.target').first().waitFor()
    const text = await page.locator('main').textContent()
    expect(text).toContain(`1 of 3 targets for ${year} on track`)
    for (const shown of [
      'Energy per head',
      'On track',
      'Off track',
      rows[0].projected.toFixed(2),
      'no meter measures tap-water at works',
    ]) {
      expect(text).toContain(shown)
    }
  })

  it('hears of a new reading without being loaded again', async () => {
    await page.waitForSelector('canvas')
    const at = Date.now() - 1000
    await publish(program.mqtt, [{ topic: 'facility/works/in/reading', payload: { at, value: 987_654_321 } }])
    await page.getByText('987,654,321').first().waitFor({ timeout: 15_000 })
  })

  it.each([360, 768, 1280, 1920])('does not scroll sideways at %i pixels', async (width) => {
    await page.setViewportSize({ width, height: 800 })
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width)
  })

  it('speaks Chinese', async () => {
    await page.goto(`${program.http}/?lang=zh`)
    await page.getByText('人均能耗').first().waitFor()
    await page.getByText('北厂').first().waitFor()
  })

  it('leads from a figure down to its readings', async () => {
    await page.goto(`${program.http}/?lang=en`)
    await page.setViewportSize({ width: 1280, height: 900 })
    await page.locator('.target', { hasText: 'Energy per head' }).locator('.figure-link').click()
    const tree = page.locator('.lineage-tree')
    const open = (name: string | RegExp) => tree.getByRole('button', { name }).first().click()
    await open('Indirect energy: electricity and heat')
    await open('Electricity from the grid, as energy')
    await open(/^in$/)
    await open(`January ${year}`)
    await open(/ 15 Jan /)
    const dialog = page.getByRole('dialog')
    await dialog.locator('.point').first().waitFor()
    // One an hour, and the midnight that ends the day.
    expect(await dialog.locator('.point').count()).toBe(25)
    await page.keyboard.press('Escape')
  })

  it('shows the annual report, and what its figures are made of', async () => {
    await page.goto(`${program.http}/reports/${year - 1}?boundary=site:works&lang=zh`)
    const row = page.locator('.report-table tr', { hasText: '综合能源消耗量' }).first()
    const { sections } = await program.get(`/reports/${year - 1}?boundary=site:works`)
    const [cell] = sections[0].rows[0].cells
    const shown = await row.locator('.figure-link').first().textContent()
    expect(shown?.replaceAll(',', '')).toBe(cell.shown)
    await row.locator('.figure-link').first().click()
    await page.locator('.formula', { hasText: shown?.slice(0, 2) ?? '' }).waitFor()
  })

  it('leaves nothing in the console', () => {
    expect(complaints).toEqual([])
  })
})
