import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { chromiumArguments, chromiumIsThere, chromiumPath } from '../support/chromium.ts'
import type { Json } from '../support/json.ts'
import { NOW, serveSite } from './site-world.ts'

const title = `a site on the page${chromiumIsThere ? '' : ` (skipped: no ${chromiumPath})`}`
const axeFile = createRequire(import.meta.url).resolve('axe-core/axe.min.js')

describe.skipIf(!chromiumIsThere)(title, { timeout: 60_000 }, () => {
  let browser: Browser
  let world: Awaited<ReturnType<typeof serveSite>>
  let page: Page
  const complaints: string[] = []

  beforeAll(async () => {
    ;[world, browser] = await Promise.all([
      serveSite(),
      chromium.launch({ executablePath: chromiumPath, args: chromiumArguments }),
    ])
  }, 90_000)
  afterAll(async () => {
    await browser?.close()
    await world?.api.close()
  })
  beforeEach(() => {
    complaints.length = 0
  })
  afterEach(async () => {
    await page.context().close()
    expect(complaints).toEqual([])
  })

  async function open(query: string, width = 1280, colorScheme: 'light' | 'dark' = 'light') {
    const context = await browser.newContext({
      viewport: { width, height: 900 },
      colorScheme,
      locale: 'en-GB',
      acceptDownloads: true,
    })
    page = await context.newPage()
    page.on('console', (said) => said.type() === 'error' && complaints.push(said.text()))
    page.on('pageerror', (error) => complaints.push(error.message))
    await page.clock.setFixedTime(NOW)
    await page.goto(`${world.url}${query}`)
  }

  const rows = async (path: string): Promise<Json[]> => (await world.api.get(path)).body.rows
  const asked = () => new URL(page.url()).searchParams
  const card = (name: string) => page.locator('.chart-card', { has: page.getByRole('heading', { name }) })
  const outlines = (selector: string) =>
    page.evaluate<number>(
      `[...document.querySelectorAll('${selector}')].reduce((n, path) => n + (path.getAttribute('d').match(/M/g) ?? []).length, 0)`,
    )

  it('shows hours without data as such, never as hours of little use', async () => {
    await open('?site=park&utility=tap-water&day=2026-01-08')
    await page.locator('.heat-map .level').first().waitFor({ state: 'attached' })
    const hours = await rows(
      '/consumption?scope=site:park&utility=tap-water&grain=hour&from=2026-01-07&to=2026-02-11',
    )
    const missing = hours.filter(({ coverage, partial }) => coverage === 0 && !partial)
    expect(missing.length).toBeGreaterThan(24)
    expect(await outlines('.heat-map path.missing')).toBe(missing.length)
    expect(await outlines('.heat-map path.level')).toBe(hours.filter(({ coverage }) => coverage > 0).length)
    // The chosen day is known from two in the afternoon on: what lacks is as hatched there, and the map's table has dashes there.
    const ofDay = missing.filter(({ start }) => start >= '2026-01-07T16:00' && start < '2026-01-08T16:00')
    expect(await page.locator('.load .hour.missing').count()).toBe(ofDay.length)
    const map = card('Five weeks, hour by hour')
    await map.getByRole('button', { name: 'Table' }).click()
    expect(await map.locator('td.missing', { hasText: '—' }).count()).toBe(missing.length)
  })

  it('leads all that is supplied to a use, to somebody else, or to what no submeter shows', async () => {
    await open('?site=park')
    const flow = card('From supply to use')
    await flow.getByRole('button', { name: 'Month before' }).click()
    await flow.getByText('January 2026').waitFor()
    await flow.getByRole('button', { name: 'Table' }).click()
    const lines = await flow.locator('tbody tr').evaluateAll((found) =>
      found.map((line) => {
        const cells = [...line.children].map((cell) => cell.textContent ?? '')
        return { from: cells[0], to: cells[1], value: Number(line.querySelector('data')?.value) }
      }),
    )
    const sum = (list: { value: number }[]) => list.reduce((all, { value }) => all + value, 0)
    const into = (name: string) => lines.filter(({ to }) => to === name)
    const outOf = (name: string) => lines.filter(({ from }) => from === name)
    expect(outOf('Electricity, bought')).toEqual([
      { from: 'Electricity, bought', to: 'Electricity', value: 14.88 },
    ])
    for (const through of ['Electricity', 'Natural gas', 'Busbar'])
      expect(sum(into(through)), through).toBeCloseTo(sum(outOf(through)), 9)
    const [electricity] = await rows(
      '/balance?scope=site:park&utility=electricity&grain=month&from=2026-01&to=2026-02',
    )
    const [gas] = await rows(
      '/balance?scope=site:park&utility=natural-gas&grain=month&from=2026-01&to=2026-02',
    )
    const [energy] = await rows('/kpis?scope=site:park&indicator=energy&grain=month&from=2026-01&to=2026-02')
    const heatValue = (energy.value - electricity.supply.value / 1000) / gas.supply.value
    expect(sum(into('Unmetered'))).toBeCloseTo(
      electricity.supply.unmetered.remainder / 1000 + gas.supply.unmetered.remainder * heatValue,
      9,
    )
    const supplied = sum(lines.filter(({ from }) => /(bought|own)$/.test(from ?? '')))
    expect(supplied - sum(into('Electricity, given away'))).toBeCloseTo(energy.value, 9)
    await flow.getByRole('button', { name: 'Chart' }).click()
    await expect.poll(() => flow.locator('.sankey path.flow').count()).toBe(lines.length)
  })

  it('keeps utility and day in the address, and goes from day to day by key', async () => {
    await open('?site=park')
    await page.getByRole('button', { name: 'Tap water' }).click()
    await page.getByRole('button', { name: 'Day before' }).press('ArrowLeft')
    expect([asked().get('utility'), asked().get('day')]).toEqual(['tap-water', '2026-02-09'])
    await page.locator('.heat-map .canvas').focus()
    for (const key of ['ArrowDown', 'ArrowDown', 'Enter']) await page.keyboard.press(key)
    expect(asked().get('day')).toBe('2026-02-08')
    await page.reload()
    await page.locator('.day-step b', { hasText: 'Sun, 8 Feb 2026' }).waitFor()
    await page.locator('.load .slot-chart .canvas').focus()
    await page.keyboard.press('ArrowLeft')
    for (let hour = 0; hour < 24; hour += 1) await page.keyboard.press('ArrowLeft')
    expect(asked().get('day')).toBe('2026-02-07')
    await page.getByRole('button', { name: 'Today', exact: true }).click()
    expect(asked().has('day')).toBe(false)
  })

  it('gives in table and file what the API gave', async () => {
    await open('?site=park&day=2026-02-06')
    const load = card('Load by day')
    await load.locator('.hour').first().waitFor()
    const hours = await rows(
      '/consumption?scope=site:park&utility=electricity&grain=hour&from=2026-02-06&to=2026-02-07',
    )
    const { body } = await world.api.get(
      '/profile?scope=site:park&utility=electricity&from=2026-01-09&to=2026-02-06',
    )
    const usual = body.rows.filter(({ days }: Json) => days === 'workday')
    await load.getByText('against a typical working day').waitFor()
    const saved = page.waitForEvent('download')
    await load.getByRole('button', { name: 'CSV' }).click()
    const text = await readFile(await (await saved).path(), 'utf8')
    const [head, ...lines] = text.replace('\uFEFF', '').trimEnd().split('\r\n')
    expect(head).toBe(
      'start,value,unit,coverage,estimated,quality,partial,reason,usual-low,usual-mean,usual-high',
    )
    expect(lines).toEqual(
      hours.map(({ start, value, unit, coverage, estimated, quality }, i) =>
        [
          start,
          value,
          unit,
          coverage,
          estimated,
          quality,
          '',
          '',
          usual[i].low,
          usual[i].mean,
          usual[i].high,
        ].join(),
      ),
    )
    await load.getByRole('button', { name: 'Table' }).click()
    const shown = await load
      .locator('tbody tr')
      .evaluateAll((found) => found.map((line) => Number(line.querySelector('data')?.value)))
    expect(shown).toEqual(hours.map(({ value }) => value))
    // The meters beneath it, each with its month.
    const [balance] = await rows(
      '/balance?scope=site:park&utility=electricity&grain=month&from=2026-02&to=2026-03',
    )
    const busbar = page.locator('.meters-card tr', { hasText: 'Busbar' })
    const node = balance.nodes.find(({ meter }: Json) => meter === 'park-main')
    expect(await busbar.locator('td:nth-child(3) data').getAttribute('value')).toBe(String(node.value))
    expect(await busbar.locator('a').getAttribute('href')).toBe('./?meter=park-main')
  })

  it.each([
    ['light', 1280, 'en'],
    ['dark', 360, 'zh'],
  ] as const)('is open to everybody: %s, %i pixels, %s', async (scheme, width, lang) => {
    await open(`?site=park&day=2026-02-06&lang=${lang}`, width, scheme)
    await page.locator('.sankey path.flow').first().waitFor()
    await page.locator('.site-targets .verdict').first().waitFor()
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width)
    await page.evaluate(await readFile(axeFile, 'utf8'))
    const found = await page.evaluate<{ violations: { id: string; nodes: { html: string }[] }[] }>(
      'axe.run(document)',
    )
    expect(
      found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`),
    ).toEqual([])
    if (lang === 'zh') {
      const said = (await page.locator('main').allInnerTexts())
        .join(' ')
        .replaceAll(/group|kWh|MWh|tCO₂e|CSV/g, '')
      expect(said).not.toMatch(/[A-Za-z]{3,}/)
    }
  })

  it('says so where nothing is metered, where there is no such site, and where the server is away', async () => {
    await open('?site=depot')
    await page.getByText('Nothing that can be shown by day is metered here.').waitFor()
    await page.goto(`${world.url}?site=nowhere`)
    await page.getByText('There is no such site.').waitFor()
    await page.route('**/api/v1/consumption?*grain=hour*', (route) => route.abort())
    await page.goto(`${world.url}?site=park`)
    await page.locator('.load .trouble').waitFor()
    await page.unroute('**/api/v1/consumption?*grain=hour*')
    await page.locator('.load .trouble button').click()
    await page.locator('.load .hour').first().waitFor()
    expect(complaints.splice(0).every((said) => said.includes('Failed to load resource'))).toBe(true)
  })
})
