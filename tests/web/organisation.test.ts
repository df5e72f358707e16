import { readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { chromiumArguments, chromiumIsThere, chromiumPath } from '../support/chromium.ts'
import { NOW, serveStated } from './stated.ts'

const title = (what: string) => `${what}${chromiumIsThere ? '' : ` (skipped: no ${chromiumPath})`}`
const axe = readFileSync(new URL('../../node_modules/axe-core/axe.min.js', import.meta.url), 'utf8')

describe.skipIf(!chromiumIsThere)(title('the organisation on the page'), { timeout: 30_000 }, () => {
  let browser: Browser
  let stated: Awaited<ReturnType<typeof serveStated>>
  let page: Page
  const complaints: string[] = []

  beforeAll(async () => {
    stated = await serveStated()
    browser = await chromium.launch({ executablePath: chromiumPath, args: chromiumArguments })
  }, 90_000)
  afterAll(async () => {
    await browser?.close()
    await stated?.api.close()
  })
  beforeEach(async () => {
    complaints.length = 0
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: 'en-GB' })
    page = await context.newPage()
    page.on('console', (said) => {
      if (said.type() === 'error') complaints.push(said.text())
    })
    page.on('pageerror', (error) => complaints.push(error.message))
    await page.clock.setFixedTime(NOW)
  })
  afterEach(async () => {
    await page.context().close()
    expect(complaints).toEqual([])
  })

  const open = (at = '') => page.goto(`${stated.url}?organisation${at && `=${at}`}`)
  const values = (of: string) =>
    page.evaluate<number[]>(`[...document.querySelectorAll('${of} data')].map(({ value }) => Number(value))`)
  const findings = async () => {
    await page.evaluate(axe)
    return page.evaluate<string[]>(
      `axe.run('main').then(({ violations }) => violations.map(({ id, nodes }) => id + ' ' + nodes[0].html))`,
    )
  }
  const download = async () => {
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Download CSV' }).click(),
    ])
    return (await readFile(await file.path(), 'utf8')).replace('\uFEFF', '').trimEnd().split('\r\n')
  }

  it('shows each site with what is stated of it, by its dates, and finds it by its meters', async () => {
    await open()
    const { body } = await stated.api.get('/sites')
    await page.getByRole('heading', { name: 'Test', exact: false }).first().waitFor()
    expect(await page.locator('.read-only').textContent()).toContain('10 Feb 2026, 04:30')
    const park = page.locator('.org-item').filter({ hasText: 'North Park' })
    await park.getByRole('button', { name: 'Show what is stated of North Park' }).click()
    await park.getByRole('link', { name: 'Grid supply' }).waitFor()
    const [{ areas, stated: of }] = body.rows
    expect(await values('.org-item .dated')).toEqual([
      ...areas[0].floorArea.map(({ m2 }: { m2: number }) => m2),
      100,
      120,
      160,
      of.revenue[0].millions,
    ])
    expect(await findings()).toEqual([])
    expect(await download()).toContain(
      'park,North Park,北方科技园,campus,Asia/Shanghai,CN-NORTH,floor-area,tower,2025-07-01,,61500,m2',
    )
    await page.getByRole('searchbox').fill('depot-in')
    await park.waitFor({ state: 'detached' })
    expect(await page.locator('.org-item h2').allTextContents()).toEqual(['Depot'])
    await page.getByRole('searchbox').fill('nowhere')
    await page.getByText('Nothing fits what you look for.').waitFor()
  })

  it('says which factors are carried forward and since when, which lack, and to whom they apply', async () => {
    await open('factors')
    const north = page.locator('.factor-table tbody').filter({ hasText: 'CN-NORTH' })
    await north.getByText('carried forward since 1 Jan 2024').waitFor()
    expect(await north.textContent()).toContain('North Park')
    expect(await north.locator('data').first().getAttribute('value')).toBe('0.6361')
    await north.getByRole('button', { name: '4 values of Electricity' }).click()
    expect(await values('.factor-table .dated-value')).toEqual([0.712, 0.6776, 0.6361, 0.6361])
    const east = page.locator('.factor-table tbody').filter({ hasText: 'CN-EAST' })
    await east.getByRole('button', { name: 'none holds today' }).click()
    await page.getByText('region CN-EAST holds on 2026-02-10: the last one ended on 2023-12-31').waitFor()
    await page.keyboard.press('Escape')
    expect(await findings()).toEqual([])
    await page.getByRole('button', { name: 'Carried forward' }).click()
    await east.waitFor({ state: 'detached' })
    expect(await download()).toContain(
      'emission,electricity,region:CN-NORTH,0.6361,kgCO2/kWh,2023-01-01,2023-12-31,true,2024-01-01,factors.yaml,a bulletin,,2025,site:park',
    )
  })

  it('goes on to boundaries, targets and what is entered, each at an address of its own, in both languages', async () => {
    await open()
    await page.getByRole('link', { name: 'Boundaries' }).click()
    await page.getByText('Not in it: Depot').waitFor()
    expect(new URL(page.url()).search).toBe('?organisation=boundaries')
    await page.getByRole('link', { name: 'Targets', exact: true }).click()
    const target = page.locator('.org-table tbody tr')
    await target.waitFor()
    expect(await target.textContent()).toMatch(/−5% by 2026 against 2020.*4\.51.*2020 · proxy.*a report/)
    expect(await findings()).toEqual([])
    await page.getByRole('link', { name: 'Measures and contracts' }).click()
    const rows = page.locator('.org-table tbody tr')
    await rows.filter({ hasText: 'screens off at night' }).waitFor()
    expect(await rows.filter({ hasText: 'PPA' }).locator('data').getAttribute('value')).toBe('42.5')
    expect(await findings()).toEqual([])
    await page.setViewportSize({ width: 360, height: 780 })
    await page.getByRole('button', { name: '中文' }).click()
    await page.getByRole('heading', { name: '节能节水措施' }).waitFor()
    await page.getByRole('link', { name: '因子', exact: true }).click()
    await page.getByText('自 2024年1月1日 起沿用').waitFor()
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360)
  })

  it('says what went wrong, and tries again', async () => {
    await page.route(
      '**/api/v1/factors',
      (route) => route.fulfill({ status: 503, json: { detail: 'the store is away' } }),
      {
        times: 1,
      },
    )
    await open('factors')
    await page.getByText('the store is away').waitFor()
    complaints.length = 0
    await page.getByRole('button', { name: 'Try again' }).click()
    await page.locator('.factor-table').first().waitFor()
  })
})
