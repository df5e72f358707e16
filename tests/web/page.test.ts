import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { chromiumArguments, chromiumIsThere, chromiumPath } from '../support/chromium.ts'
import { health } from './figures.ts'
import { type PageServer, type PageServerOptions, servePage } from './server.ts'
import { missed, targets } from './targets.ts'

const NOW = '2026-11-21T10:00:00+08:00'

describe.skipIf(!chromiumIsThere)(
  `the page${chromiumIsThere ? '' : ` (skipped: no ${chromiumPath})`}`,
  { timeout: 30_000 },
  () => {
    let browser: Browser
    let server: PageServer
    let page: Page
    const complaints: string[] = []

    beforeAll(async () => {
      browser = await chromium.launch({ executablePath: chromiumPath, args: chromiumArguments })
      server = await servePage()
    }, 60_000)

    afterAll(async () => {
      await browser?.close()
      await server?.close()
    })

    beforeEach(() => {
      complaints.length = 0
      server.calls.length = 0
    })

    afterEach(async () => {
      await page.context().close()
      expect(complaints).toEqual([])
    })

    async function open(address = server.url, width = 1280, scheme: 'light' | 'dark' = 'light') {
      const context = await browser.newContext({
        viewport: { width, height: 900 },
        colorScheme: scheme,
        locale: 'en-GB',
      })
      page = await context.newPage()
      page.on('console', (said) => said.type() === 'error' && complaints.push(said.text()))
      page.on('pageerror', (error) => complaints.push(error.message))
      await page.clock.setFixedTime(NOW)
      await page.goto(address)
      return page
    }

    /** A server for one test. */
    async function serve(options: PageServerOptions) {
      const own = await servePage(options)
      onTestFinished(() => own.close())
      return own
    }

    const style = (selector: string, property: string) =>
      page.evaluate<string>(`getComputedStyle(document.querySelector('${selector}')).${property}`)

    it('begins with the targets and says how many are on track', async () => {
      await open()
      await page.getByRole('heading', { level: 1, name: '2 of 4 targets for 2026 on track' }).waitFor()
      const first = await page.locator('main > *').first().getAttribute('id')
      expect(first).toBe('targets')
      await expect.poll(() => page.locator('.target').count()).toBe(4)
    })

    it('says every verdict in a word beside an outline', async () => {
      const off = await serve({ targets: [...targets, missed] })
      await open(off.url)
      await page.locator('.target').nth(targets.length).waitFor()
      for (const word of ['On track', 'At risk', 'Off track', 'Not enough data']) {
        const badge = page.locator('.target .verdict', { hasText: word }).first()
        expect(await badge.isVisible(), word).toBe(true)
        expect(await badge.locator('svg').count(), word).toBe(1)
      }
      const exceeded = page.locator('.target', { hasText: 'Emissions per employee' })
      expect(await exceeded.textContent()).toContain('Exceeded by')
    })

    it('keeps the digits that tell a figure from its limit', async () => {
      const off = await serve({ targets: [missed] })
      await open(off.url)
      const card = page.locator('.target')
      await card.waitFor()
      expect(await card.locator('.standing .value').textContent()).toBe('4.2849')
      expect(await card.locator('.standing .limit').textContent()).toContain('4.2845')
    })

    it('gives the reason and no judging colour where the data is not enough', async () => {
      await open()
      const card = page.locator('.target.insufficient-data')
      await card.waitFor()
      expect(await card.textContent()).toContain('below the 95 % that a verdict needs')
      expect(await style('.target.insufficient-data .standing .value', 'color')).toBe(
        await style('.target .rule', 'color'),
      )
    })

    it('shows a dash for an undefined figure, and why by key', async () => {
      await open()
      const dash = page.locator('.site-row', { hasText: 'Depot' }).locator('.why').first()
      await dash.waitFor()
      expect(await dash.textContent()).toBe('—')
      await dash.focus()
      await page.keyboard.press('Enter')
      const panel = page.locator('.why-panel:popover-open')
      expect(await panel.textContent()).toContain('depot has no full-time employees')
      await page.keyboard.press('Escape')
      expect(await panel.count()).toBe(0)
    })

    it('marks a figure that little data stands behind', async () => {
      await open()
      const mark = page.locator('.site-row', { hasText: 'Own Data Centre' }).locator('.why.mark').first()
      await mark.click()
      expect(await page.locator('.why-panel:popover-open').textContent()).toContain('Only 82.4%')
    })

    it('leaves a day without data as a gap that says so, never as zero', async () => {
      await open()
      await page.locator('.u-over').waitFor()
      expect(await page.locator('.summary').textContent()).toContain('No data on 1 day.')
      await page.locator('.day-chart .canvas').focus()
      for (let i = 0; i < 5; i += 1) await page.keyboard.press('ArrowLeft')
      expect(await page.locator('.day-tip').textContent()).toMatch(/17 Nov 2026\s*no data/)
      await page.getByRole('button', { name: 'Table' }).click()
      const row = page.locator('.day-table tr.missing')
      expect(await row.textContent()).toMatch(/17 Nov 2026\s*—\s*0%\s*—\s*no data/)
    })

    it('holds the hours of today against what is usual, each hour that is over and known on both sides', async () => {
      await open()
      const today = page.locator('.today')
      await today.locator('.stand-sum').waitFor()
      const usual = Array.from({ length: 12 }, (_, clock) => 1000 + 500 * Math.sin((clock / 24) * Math.PI))
      const counted = usual.filter((_, clock) => clock !== 5).reduce((all, one) => all + one, 0)
      const value = async (of: string) => Number(await today.locator(of).getAttribute('value'))
      expect(await value('.stand-usual data >> nth=1')).toBeCloseTo(counted, 6)
      expect(await value('.stand-sum data')).toBeCloseTo(counted * 1.1, 6)
      expect(await value('.stand-usual .by')).toBeCloseTo(0.1, 9)
      expect(await today.locator('.stand').textContent()).toMatch(
        /today up to 12:00.*10% above the usual.*on a day of rest.*1 hour is left out/,
      )
      await today.locator('.canvas').focus()
      for (let i = 0; i < 6; i += 1) await page.keyboard.press('ArrowRight')
      expect(await today.locator('.day-tip').textContent()).toMatch(/05:00 – 06:00\s*no data\s*usual/)
      await page.locator('.consumption .picker select').selectOption('boundary:group')
      await page.getByText('Electricity · Group').waitFor()
    })

    it('hands out the days as CSV with an empty value for the gap', async () => {
      await open()
      await page.locator('.u-over').waitFor()
      const waiting = page.waitForEvent('download')
      await page.getByRole('button', { name: 'Download CSV' }).click()
      const file = await waiting
      expect(file.suggestedFilename()).toBe('site-north-park-electricity-2026-10-23-2026-11-21.csv')
      const chunks: Buffer[] = []
      for await (const chunk of await file.createReadStream()) chunks.push(chunk as Buffer)
      const lines = Buffer.concat(chunks).toString('utf8').trim().split('\r\n')
      expect(lines).toHaveLength(31)
      expect(lines[26]).toBe(
        '2026-11-17,site:north-park,electricity,,kWh,0,0,missing,,no reading reached this day',
      )
    })

    it('shows the chosen site in the chart', async () => {
      await open()
      await page.getByTitle('Show Depot in the chart').click()
      await expect.poll(() => server.calls.some((call) => call.includes('scope=site%3Adepot'))).toBe(true)
      expect(await page.locator('.picker select').inputValue()).toBe('site:depot')
    })

    it('speaks Chinese, in the address too, and stays so', async () => {
      await open()
      await page.getByRole('button', { name: '中文' }).click()
      await page.getByRole('heading', { level: 1, name: '2026 年目标：4 项中 2 项进展正常' }).waitFor()
      expect(page.url()).toContain('lang=zh')
      expect(await page.evaluate('document.documentElement.lang')).toBe('zh-CN')
      await page.goto(server.url)
      await page.getByRole('heading', { level: 2, name: '场所与强度' }).waitFor()
    })

    it('is dark where the system is, and light where that was chosen', async () => {
      // A change of colour may take its time.
      const background = () => expect.poll(() => style('html', 'backgroundColor'))
      await open(server.url, 1280, 'dark')
      await page.locator('.target').first().waitFor()
      await background().toBe('rgb(16, 19, 23)')
      await page.getByRole('button', { name: 'Light', exact: true }).click()
      await background().toBe('rgb(245, 243, 237)')
      await page.reload()
      await background().toBe('rgb(245, 243, 237)')
    })

    it.each([360, 768, 1280, 1920])('fits %i pixels without scrolling sideways', async (width) => {
      await open(server.url, width)
      await page.locator('.u-over').waitFor()
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width)
      await page.getByRole('button', { name: '365 days' }).click()
      await page.getByRole('button', { name: '中文' }).click()
      await page.locator('.u-over').waitFor()
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width)
    })

    it('fetches again only what a touched site changes', async () => {
      await open()
      await page.locator('.u-over').waitFor()
      // What comes on demand has asked its questions too.
      await page.locator('.today[aria-busy="false"]').waitFor()
      server.calls.length = 0
      const span = { from: '2026-11-20T00:00:00Z', to: '2026-11-21T00:00:00Z' }
      server.say('rollups', { meters: ['device-works-e-in'], sites: ['device-works'], ...span })
      await expect.poll(() => server.calls.length).toBeGreaterThan(0)
      await new Promise((resolve) => setTimeout(resolve, 300))
      const calls = server.calls.map(decodeURIComponent)
      expect(calls).toHaveLength(1)
      expect(calls[0]).toContain('scope=site:device-works,boundary:group&')
    })

    it('says how far an import has come, and which readings are the newest', async () => {
      await open()
      await page.locator('.status.live').waitFor()
      server.say('health', { ...health, spool: { pending: 1_234_567, ok: true } })
      await page.getByText('Catching up: 1,234,567 readings to go').waitFor()
      server.say('readings', {
        rows: [{ meter: 'depot-e-in', at: '2026-11-21T02:00:00Z', value: 1881.25, unit: 'kWh' }],
      })
      const line = page.locator('.ticker li', { hasText: 'Depot · Grid intake' })
      await line.waitFor()
      expect(await line.textContent()).toMatch(/1,881 kWh\s*10:00:00/)
    })

    it('lists what was refused, with the reason', async () => {
      await open()
      await page.getByRole('button', { name: 'Show them' }).click()
      const dialog = page.getByRole('dialog', { name: 'Quarantine' })
      await dialog.getByText('carries no zone').waitFor()
      await page.keyboard.press('Escape')
      expect(await dialog.count()).toBe(0)
    })

    it('says that it is reconnecting, and comes back by itself', async () => {
      await open()
      await page.locator('.status.live').waitFor()
      server.hangUp()
      await page.locator('.status.reconnecting').waitFor()
      await page.locator('.status.live').waitFor({ timeout: 10_000 })
      complaints.length = 0 // the browser writes the lost connection to its console
    })

    it('asks for a key and goes on once it has the right one', async () => {
      const locked = await serve({ key: 'open-sesame' })
      await open(locked.url)
      await page.getByRole('heading', { name: 'This server needs a key' }).waitFor()
      await page.getByLabel('Key').fill('wrong')
      await page.getByRole('button', { name: 'Use this key' }).click()
      await page.getByText('not accepted').waitFor()
      await page.getByLabel('Key').fill('open-sesame')
      await page.getByRole('button', { name: 'Use this key' }).click()
      await page.locator('.target').first().waitFor()
      complaints.length = 0 // the browser writes each 401 to its console
    })
  },
)
