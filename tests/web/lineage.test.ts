import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { chromiumArguments, chromiumIsThere, chromiumPath } from '../support/chromium.ts'
import { NOW, serveWorld } from './world.ts'

const title = (what: string) => `${what}${chromiumIsThere ? '' : ` (skipped: no ${chromiumPath})`}`

describe.skipIf(!chromiumIsThere)(title('figures on the page'), { timeout: 30_000 }, () => {
  let browser: Browser
  let world: Awaited<ReturnType<typeof serveWorld>>
  let page: Page
  const complaints: string[] = []

  beforeAll(async () => {
    world = await serveWorld()
    browser = await chromium.launch({ executablePath: chromiumPath, args: chromiumArguments })
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

  async function open(path: string, width = 1280, colorScheme: 'light' | 'dark' = 'light') {
    const context = await browser.newContext({
      viewport: { width, height: 900 },
      colorScheme,
      locale: 'en-GB',
    })
    page = await context.newPage()
    page.on('console', (said) => {
      if (said.type() === 'error') complaints.push(said.text())
    })
    page.on('pageerror', (error) => complaints.push(error.message))
    await page.clock.setFixedTime(NOW)
    await page.goto(world.url + path)
  }

  const width = () => page.evaluate<number>('document.documentElement.scrollWidth')
  const branch = (name: string) => page.locator('.lineage-tree').getByRole('button', { name, exact: true })

  describe('down to the readings', () => {
    it('go from a target over carriers and meters to months, days and readings', async () => {
      await open('')
      await page.locator('.target .figure-link').click()
      await page.getByRole('heading', { name: 'Comprehensive energy consumption per employee' }).waitFor()
      const { body } = await world.api.get(
        '/kpis?indicator=energy-per-employee&scope=boundary:group&grain=year&from=2026',
      )
      const [row] = body.rows
      const formula = await page.locator('.formula').textContent()
      expect(formula).toContain(row.numerator.toFixed(2))
      expect(formula).toContain('21 person')
      expect(formula).toContain(row.value.toFixed(2))
      await branch('North Park').first().click()
      await branch('Indirect energy: electricity and heat').click()
      await branch('Electricity from the grid, as energy').click()
      await branch('Grid supply').click()
      await branch('January 2026').click()
      await branch('Thu, 15 Jan 2026').click()
      const dialog = page.getByRole('dialog')
      await dialog.getByRole('heading', { name: 'Look into Thu, 15 Jan 2026' }).waitFor()
      expect(await dialog.locator('.meter-title').textContent()).toContain('park-in')
      await dialog.locator('.point').first().waitFor()
      // Every six hours, and the midnight that ends the day.
      expect(await dialog.locator('.point').count()).toBe(5)
    })

    it('stand open at a shared address', async () => {
      await open(
        '?lineage=energy&scope=site:park&period=2025&at=numerator,energy-indirect,electricity-bought-energy,park-in,2025-03',
      )
      await branch('Sat, 8 Mar 2025').waitFor()
      expect(await branch('March 2025').getAttribute('aria-expanded')).toBe('true')
      await branch('Sat, 8 Mar 2025').click()
      await page.getByRole('dialog').waitFor()
      await page.waitForURL(/park-in,2025-03,2025-03-08$/)
      await page.reload()
      await page.getByRole('dialog').getByText('Look into Sat, 8 Mar 2025').waitFor()
      await page.keyboard.press('Escape')
      await page.getByRole('dialog').waitFor({ state: 'detached' })
      // The address follows what is shown.
      await page.waitForURL(/park-in,2025-03$/)
    })

    it('are reached by the arrow keys', async () => {
      await open('?lineage=energy&scope=boundary:group&period=2025')
      await branch('North Park').focus()
      const focused = () => page.evaluate<string>('document.activeElement.textContent.trim()')
      await page.keyboard.press('ArrowRight')
      await branch('Direct energy: fuels burnt').waitFor()
      await page.keyboard.press('ArrowDown')
      expect(await focused()).toBe('Direct energy: fuels burnt')
      await page.keyboard.press('ArrowLeft')
      expect(await focused()).toBe('North Park')
      await page.keyboard.press('ArrowLeft')
      await branch('Direct energy: fuels burnt').waitFor({ state: 'detached' })
      await page.keyboard.press('End')
      expect(await focused()).toBe('Depot')
    })

    it('show each factor with its source, and that it is carried forward', async () => {
      await open('?lineage=ghg-scope2&scope=site:park&period=2025&at=numerator,electricity-co2')
      const line = page.locator('.line', { hasText: 'Grid supply' })
      await line.getByText('carried forward').waitFor()
      await line.locator('.why').click()
      const panel = page.locator('.why-panel:popover-open')
      expect(await panel.textContent()).toContain('a bulletin')
      expect(await panel.textContent()).toContain('2023-01-01 to 2024-12-31')
      expect(await line.textContent()).toContain('× 0.6 kgCO₂e/kWh')
    })

    it('say who entered what, and which statement holds', async () => {
      await open('?lineage=ghg-scope1-per-employee&scope=site:park&period=2025')
      await page.getByText('There is no indicator').first().waitFor()
      complaints.length = 0
      await page.goto(`${world.url}?lineage=ghg-per-employee&scope=site:park&period=2025`)
      await branch('Scope 1: direct emissions').click()
      await branch('Refrigerant losses').first().click()
      await branch('Refrigerant losses').nth(1).click()
      await page.getByText('Source: invoice 17').waitFor()
      expect(await page.locator('.node-facts').last().textContent()).toContain('Lin')
      await branch('North Park').click()
      await page.getByText('from 2020-01-01: 16 person').waitFor()
    })

    it('give the reason where there is no figure', async () => {
      await open('?lineage=energy&scope=site:park&period=2022')
      expect(await page.locator('.no-figure').textContent()).toContain('no readings from')
    })

    it.each([360, 1280])('fit %i pixels, in both languages, by day and by night', async (pixels) => {
      await open(
        '?lineage=energy-per-employee&scope=boundary:group&period=2025&at=numerator,site:park,energy-indirect,electricity-bought-energy,park-in',
        pixels,
        'dark',
      )
      await branch('March 2025').waitFor()
      expect(await width()).toBe(pixels)
      await page.getByRole('button', { name: '中文' }).click()
      await page.getByRole('heading', { name: '人均综合能源消耗量' }).waitFor()
      await branch('2025年3月').waitFor()
      expect(await width()).toBe(pixels)
    })
  })

  describe('in the annual report', () => {
    it('stand by section with their years, and lead to what they are made of', async () => {
      await open('reports/2025?boundary=group')
      await page.getByRole('heading', { name: 'Annual report 2025' }).waitFor()
      const heads = page.locator('.report-table thead th')
      await heads.first().waitFor()
      const columns = await heads.allTextContents()
      expect(columns).toEqual(['Figure', 'Unit', '2025', '2024', '2023'])
      const row = page.locator('.report-table tr', { hasText: 'Comprehensive energy consumption' }).first()
      const { body } = await world.api.get('/reports/2025?boundary=group')
      const shown = Number(body.sections[0].rows[0].cells[0].shown).toLocaleString('en-GB', {
        minimumFractionDigits: 2,
      })
      expect(await row.locator('.figure-link').first().textContent()).toBe(shown)
      await row.locator('.figure-link').first().click()
      await page.locator('.formula').waitFor()
      expect(page.url()).toContain('/?lineage=energy&scope=boundary:group&period=2025')
      await page.goBack()
      await page.getByRole('heading', { name: 'Annual report 2025' }).waitFor()
    })

    it('have their reasons as numbered notes', async () => {
      await open('reports/2025?boundary=group')
      const cell = page.locator('.report-table tr', { hasText: 'Comprehensive energy' }).locator('td').nth(3)
      const number = await cell.locator('sup a').first().textContent()
      expect(await page.locator(`#note-${number}`).textContent()).toContain('no readings from')
    })

    it('are drawn by year and by month, with the same numbers in words', async () => {
      await open('reports/2025?boundary=group')
      await page.locator('.bar-chart').nth(4).waitFor()
      const said = await page.locator('.bar-chart svg').first().getAttribute('aria-label')
      expect(said).toMatch(/Energy by year\. 2023: .*2024: .*2025: /)
      // The frame of a chart is there before its months are.
      await expect.poll(() => page.locator('.bar-chart').nth(3).locator('rect').count()).toBe(24)
    })

    it('can be had as files', async () => {
      await open('reports/2025?boundary=group&lang=zh')
      const waiting = page.waitForEvent('download')
      await page.getByRole('link', { name: 'CSV' }).click()
      expect((await waiting).suggestedFilename()).toBe('wattwell-test-group-2025.csv')
    })

    it.each([360, 1280])('fit %i pixels in both languages', async (pixels) => {
      await open('reports/2025?boundary=group', pixels)
      await page.locator('.bar-chart').nth(4).waitFor()
      expect(await width()).toBe(pixels)
      await page.getByRole('button', { name: '中文' }).click()
      await page.getByRole('heading', { name: '2025 年度报告' }).waitFor()
      await page.locator('.report-table').getByText('综合能源消耗量').first().waitFor()
      expect(await width()).toBe(pixels)
      const years = page
        .locator('.report-table tr', { hasText: '综合能源消耗量' })
        .first()
        .locator('.figure-link')
      const boxes = await Promise.all((await years.all()).map((link) => link.boundingBox()))
      expect(boxes).toHaveLength(3)
      for (const [i, box] of boxes.slice(1).entries())
        expect(box?.x, `column ${i + 2}`).toBeGreaterThan((boxes[i]?.x ?? 0) + (boxes[i]?.width ?? 0))
    })

    it('print on A4 pages without the chrome of the page', async () => {
      await open('reports/2025?boundary=group')
      await page.locator('.bar-chart').nth(4).waitFor()
      const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1')
      expect(pdf.match(/\/Type \/Page\b/g)?.length).toBeGreaterThan(1)
      const [, wide, high] = /\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/.exec(pdf) ?? []
      // A4 is 595 × 842 points.
      expect(Number(wide)).toBeCloseTo(595, -1)
      expect(Number(high)).toBeCloseTo(842, -1)
      await page.emulateMedia({ media: 'print' })
      for (const chrome of ['.header', '.report-tools'])
        expect(await page.locator(chrome).isVisible(), chrome).toBe(false)
      const display = "getComputedStyle(document.querySelector('.report-table thead')).display"
      expect(await page.evaluate<string>(display)).toBe('table-header-group')
    })
  })

  it('fetch the views that lead down only when they are asked for', async () => {
    await open('')
    await page.locator('.target').first().waitFor()
    const scripts = await page.evaluate<string[]>(
      "performance.getEntriesByType('resource').map((one) => one.name).filter((name) => name.endsWith('.js'))",
    )
    expect(scripts.filter((name) => /lineage|report/.test(name))).toEqual([])
  })
})
