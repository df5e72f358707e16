import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { chromiumArguments, chromiumIsThere, chromiumPath } from '../support/chromium.ts'
import { demoAtRest } from '../support/demo.ts'
import type { Json } from '../support/json.ts'
import { type Mailbox, openMailbox } from '../support/mailbox.ts'
import { axeFinds, brokenLayout, untilThere } from '../support/page-looks.ts'
import { type Program, run } from '../support/program.ts'
import { figuresOfCsv, figuresOfWorkbook } from '../support/report-files.ts'
import { Answered, bareAmounts, readsAs, type Shown, shownFigures } from '../support/shown-figures.ts'
import { addressOf, demoViews } from '../support/views.ts'

const WITHIN = { timeout: 20_000 }
const WIDTHS = [360, 768, 1280, 1920]
const name = `the page over the demo organisation${chromiumIsThere ? '' : ` (skipped: no ${chromiumPath})`}`

describe.skipIf(!chromiumIsThere)(name, { timeout: 120_000 }, () => {
  let demo: Awaited<ReturnType<typeof demoAtRest>>
  let program: Program
  let mailbox: Mailbox
  let browser: Browser
  let folder: string

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'wattwell-'))
    mailbox = await openMailbox()
    demo = await demoAtRest({ SMTP_URL: mailbox.url, SMTP_FROM: 'wattwell@example.org' })
    program = demo.program
    browser = await chromium.launch({ executablePath: chromiumPath, args: chromiumArguments })
  }, 180_000)
  afterAll(async () => {
    await browser?.close()
    await demo?.end()
    await mailbox?.close()
    await rm(folder, { recursive: true, force: true })
  })

  /** A window of its own that writes down whatever goes wrong in it. */
  async function open(width = 1280): Promise<{ page: Page; complaints: string[]; answered: Answered }> {
    const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme: 'light' })
    const page = await context.newPage()
    const complaints: string[] = []
    page.on('console', (said) => said.type() === 'error' && complaints.push(`console: ${said.text()}`))
    page.on('pageerror', (error) => complaints.push(`error: ${error.message}`))
    page.on('response', (answer) => {
      if (answer.status() >= 400) complaints.push(`${answer.status()} ${answer.url()}`)
    })
    page.on('requestfailed', (request) => {
      const { errorText = '' } = request.failure() ?? {}
      // A question that nobody waits for any more is given up.
      if (errorText !== 'net::ERR_ABORTED') complaints.push(`${errorText} ${request.url()}`)
    })
    return { page, complaints, answered: new Answered(page) }
  }

  /** What the API gives for a figure that says what it is; asked for once a period. */
  const asked = new Map<string, Json[]>()
  async function kpi({ indicator, scope, period }: NonNullable<Shown['of']>): Promise<number | null> {
    const key = `${period} ${scope}`
    let rows = asked.get(key) ?? []
    if (!rows.some((row) => row.indicator === indicator)) {
      const grain = { 4: 'year', 7: 'month', 10: 'day' }[period.length]
      const query = `scope=${encodeURIComponent(scope)}&grain=${grain}&from=${period}`
      rows = [...rows, ...(await program.get(`/kpis?indicator=${indicator}&${query}`)).rows]
      asked.set(key, rows)
    }
    return rows.find((row) => row.indicator === indicator)?.value ?? null
  }

  /** Every figure that is not what the API gives, in words. */
  async function wrongFigures(page: Page, answered: Answered): Promise<string[]> {
    const targets = (await program.get('/targets')).rows
    const wrong: string[] = []
    const figures = await shownFigures(page)
    for (const figure of figures) {
      const said = `"${figure.text}" for ${figure.value}`
      if (!readsAs(figure)) wrong.push(`${said} is not that number rounded`)
      if (figure.standing) {
        const target = targets.find(({ id }: Json) => id === figure.target)
        const known = [target.projected ?? target.actual, target.limit, target.low, target.high]
        if (!known.includes(figure.value)) wrong.push(`${said} is not what target ${figure.target} has`)
      } else if (figure.of !== null) {
        const value = await kpi(figure.of)
        // A meter's own consumption is in its unit, and the indicator that it goes into in MWh.
        const own = figure.text.includes('kWh') && (await answered.has(figure.value))
        const apart = Math.abs((own ? figure.value / 1000 : figure.value) - (value ?? Number.NaN))
        if (!(apart <= (own ? Math.abs(figure.value) * 1e-12 : 0)))
          wrong.push(`${said} is ${value} in /kpis: ${Object.values(figure.of)}`)
      } else if (!figure.sum && !(await answered.has(figure.value)))
        wrong.push(`${said} is in no answer of the API`)
    }
    for (const text of await bareAmounts(page))
      if (!(await answered.has(text))) wrong.push(`"${text}" has no value behind it`)
    return wrong
  }

  it.each(demoViews)('shows $name without a fault, for everybody, at every width', async (view) => {
    const { page, complaints, answered } = await open()
    await page.goto(addressOf(program.http, view))
    await untilThere(page)
    expect(await page.locator('h1').count()).toBe(1)
    expect(await wrongFigures(page, answered)).toEqual([])
    expect(await axeFinds(page)).toEqual([])
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 900 })
      await page.waitForTimeout(60)
      expect(await brokenLayout(page), `at ${width} pixels`).toEqual([])
    }
    await page.setViewportSize({ width: 360, height: 780 })
    await page.emulateMedia({ colorScheme: 'dark' })
    await page.getByRole('button', { name: '中文' }).click()
    await untilThere(page)
    expect(await page.evaluate('document.documentElement.lang')).toBe('zh-CN')
    expect(await axeFinds(page)).toEqual([])
    expect(await brokenLayout(page), 'in Chinese, at 360 pixels').toEqual([])
    expect(complaints).toEqual([])
    await page.context().close()
  })

  it('leads from a target off its track to the meter that causes it', async () => {
    const { page, complaints } = await open()
    await page.goto(`${program.http}/?lang=en`)
    await untilThere(page)
    const { rows } = await program.get('/targets')
    const red = rows.find((row: Json) => row.verdict === 'off-track' && row.scope.startsWith('boundary:'))
    const card = page.locator('.target.off-track', { has: page.locator(`h2 a[href*="target=${red.id}&"]`) })
    await card.locator('h2 a').click()
    await page.getByRole('heading', { level: 1, name: red.name.en }).waitFor()
    await untilThere(page)
    const { drivers } = await program.get(`/targets/${red.id}`)
    const parts: Json[] = drivers.find(({ against }: Json) => against === 'path').parts
    const site = parts
      .filter(({ kind }) => kind === 'site')
      .toSorted((a, b) => Math.abs(b.change) - Math.abs(a.change))[0]
    const row = page.locator('.driver-list > li', { hasText: site.name.en })
    await row.getByRole('button').click()
    const meter = row.locator('a[href*="meter="]').first()
    const [id = ''] = /(?<=meter=)[^&]+/.exec((await meter.getAttribute('href')) ?? '') ?? []
    expect(site.parts.map((part: Json) => part.id)).toContain(id)
    await row.locator('a[href*="site="]').click()
    await page.getByRole('heading', { level: 1, name: site.name.en }).waitFor()
    await untilThere(page)
    await page.goBack()
    await row.getByRole('button').click()
    await meter.click()
    await untilThere(page)
    const { rows: meters } = await program.get('/meters')
    const { name } = meters.find((one: Json) => one.id === id)
    await page.getByRole('heading', { level: 1, name: name.en }).waitFor()
    expect(await page.title()).toContain(name.en)
    expect(complaints).toEqual([])
    await page.context().close()
  })

  it('goes by keys alone, and begins each view at its heading', async () => {
    const { page, complaints } = await open()
    await page.goto(`${program.http}/?lang=en`)
    await untilThere(page)
    const focused = () => page.evaluate<string>('document.activeElement.textContent')
    const tabTo = async (selector: string) => {
      for (let i = 0; i < 200; i += 1) {
        await page.keyboard.press('Tab')
        if (await page.evaluate(`document.activeElement.matches('${selector}')`)) return
      }
      throw new Error(`no Tab leads to ${selector}`)
    }
    await tabTo('.target h2 a')
    const target = await focused()
    await page.keyboard.press('Enter')
    await expect.poll(() => page.title(), WITHIN).toContain(target)
    await expect.poll(() => page.evaluate('document.activeElement.localName'), WITHIN).toBe('h1')
    expect(await focused()).toBe(target)
    // What it is divided by opens too, to no meters.
    await tabTo('.driver-name:has(.to-page) button')
    await page.keyboard.press('Enter')
    await page.locator('.driver-list a[href*="meter="]').first().waitFor()
    await tabTo('.driver-list a[href*="meter="]')
    const meter = (await focused()).replace(/ by itself$/, '')
    await page.keyboard.press('Enter')
    await expect.poll(() => page.title(), WITHIN).toContain(meter)
    await expect.poll(() => page.evaluate('document.activeElement.localName'), WITHIN).toBe('h1')
    expect(complaints).toEqual([])
    await page.context().close()
  })

  it('hands out the report as files that say what the page, the API and the command say', async () => {
    const year = new Date().getFullYear() - 1
    const { page, complaints } = await open()
    await page.goto(`${program.http}/reports/${year}?lang=en`)
    await untilThere(page)
    const { sections } = await program.get(`/reports/${year}?format=json&lang=en`)
    const rows: Json[] = sections.flatMap((section: Json) => section.rows)
    const cells: Json[] = rows.flatMap((row) => row.cells)
    const onPage = await page.evaluate<[number, string][]>(
      `[...document.querySelectorAll('.report-table td data')].map((one) => [Number(one.value), one.textContent])`,
    )
    expect(onPage.map(([value]) => value)).toEqual(cells.flatMap(({ value }) => value ?? []))
    expect(onPage.map(([, text]) => text.replaceAll(',', '').replace('−', '-'))).toEqual(
      cells.flatMap(({ value, shown }) => (value === null ? [] : shown)),
    )

    const download = async (file: string) => {
      const waiting = page.waitForEvent('download')
      await page.getByRole('link', { name: file, exact: true }).click()
      return readFile(await (await waiting).path())
    }
    const command = async (file: string) => {
      const args = ['export', '--report', `${year}`, '--out', file, '--url', program.http]
      const { code, err } = await run(folder, args)
      expect(code, err).toBe(0)
      return readFile(join(folder, file))
    }
    const years = rows[0].cells.length
    const inCsv = rows.map((row) => row.cells.map((cell: Json) => cell.shown ?? ''))
    for (const csv of [await download('CSV'), await command('report.csv')])
      expect(figuresOfCsv(csv, years)).toEqual(inCsv)
    const inBook = rows.map((row) =>
      row.cells.map(({ shown }: Json) =>
        shown === null ? null : Number(shown) / (row.unitText === '%' ? 100 : 1),
      ),
    )
    // A share stands in a workbook as a share, and so as a quotient.
    const alike = (figures: (number | null)[][]) =>
      figures.map((row) => row.map((one) => one?.toFixed(9) ?? null))
    for (const book of [await download('XLSX'), await command('report.xlsx')])
      expect(alike(figuresOfWorkbook(book, years))).toEqual(alike(inBook))
    expect(complaints).toEqual([])
    await page.context().close()
  })

  it('takes a subscription by mail, and a test of it arrives', async () => {
    const { page, complaints } = await open()
    await page.goto(`${program.http}/?subscriptions&lang=en`)
    await untilThere(page)
    await page.locator('button.add').click()
    await page.locator('.subscribe-form input[name="name"]').fill('Energy desk')
    await page.locator('.subscribe-form input[name="address"]').fill('desk@example.org')
    await page.locator('.subscribe-form button[type="submit"]').click()
    const item = page.locator('.subscription', { hasText: 'Energy desk' })
    await item.getByRole('button', { name: 'Send a test' }).click()
    await item.locator('.test-said .good').waitFor({ timeout: 15_000 })
    const mail = (await mailbox.mails()).find(({ to }) => to?.[0]?.address === 'desk@example.org')
    expect(mail?.text?.length).toBeGreaterThan(0)
    const delivery = page.locator('.deliveries li.delivered', { hasText: 'Energy desk' })
    await delivery.first().waitFor()
    const [kept] = (await program.get('/deliveries')).rows
    expect(kept).toMatchObject({ state: 'delivered', attempts: 1 })
    expect(complaints).toEqual([])
    await page.context().close()
  })
})
