import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { chromiumArguments, chromiumIsThere, chromiumPath } from '../support/chromium.ts'
import { demoAtRest } from '../support/demo.ts'
import type { Json } from '../support/json.ts'
import { type Mailbox, openMailbox } from '../support/mailbox.ts'
import { axeFinds, brokenLayout, untilThere } from '../support/page-looks.ts'
import type { Program } from '../support/program.ts'
import { Answered, bareAmounts, readsAs, type Shown, shownFigures } from '../support/shown-figures.ts'
import { addressOf, demoViews } from '../support/views.ts'

const WIDTHS = [360, 768, 1280, 1920]
const name = `the page over the demo organisation${chromiumIsThere ? '' : ` (skipped: no ${chromiumPath})`}`

describe.skipIf(!chromiumIsThere)(name, { timeout: 60_000 }, () => {
  let demo: Awaited<ReturnType<typeof demoAtRest>>
  let program: Program
  let mailbox: Mailbox
  let browser: Browser

  beforeAll(async () => {
    mailbox = await openMailbox()
    demo = await demoAtRest({ SMTP_URL: mailbox.url, SMTP_FROM: 'wattwell@example.org' })
    program = demo.program
    browser = await chromium.launch({ executablePath: chromiumPath, args: chromiumArguments })
  }, 180_000)
  afterAll(async () => {
    await browser?.close()
    await demo?.end()
    await mailbox?.close()
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
        if (value !== figure.value) wrong.push(`${said} is ${value} in /kpis: ${Object.values(figure.of)}`)
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
})
