import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { chromiumArguments, chromiumIsThere, chromiumPath } from '../support/chromium.ts'
import { serve } from '../support/http-server.ts'
import { alerts, NOW, serveAlerting } from './alerting-world.ts'

const title = (what: string) => `${what}${chromiumIsThere ? '' : ` (skipped: no ${chromiumPath})`}`

describe.skipIf(!chromiumIsThere)(title('alerts on the page'), { timeout: 30_000 }, () => {
  let browser: Browser
  let world: Awaited<ReturnType<typeof serveAlerting>>
  let page: Page
  const complaints: string[] = []

  beforeAll(async () => {
    world = await serveAlerting()
    browser = await chromium.launch({ executablePath: chromiumPath, args: chromiumArguments })
  }, 60_000)
  afterAll(async () => {
    await browser?.close()
    await world?.api.close()
  })
  beforeEach(async () => {
    complaints.length = 0
    await world.api.notices.book.change((pages) => ({
      ...pages,
      alerts,
      pauses: [],
      subscriptions: [],
      deliveries: [],
    }))
  })
  afterEach(async () => {
    await page.context().close()
    expect(complaints).toEqual([])
  })

  async function open(path: string, width = 1280) {
    const context = await browser.newContext({ viewport: { width, height: 900 }, locale: 'en-GB' })
    page = await context.newPage()
    page.on('console', (said) => said.type() === 'error' && complaints.push(said.text()))
    page.on('pageerror', (error) => complaints.push(error.message))
    await page.clock.setFixedTime(NOW)
    await page.goto(world.url + path)
  }

  const button = (name: string) => page.getByRole('button', { name, exact: true })
  const item = (text: string) => page.locator('.alert', { hasText: text })

  it('lead from the overview to the gravest, which is acknowledged there', async () => {
    await open('')
    await page.locator('.alert-strip .severity', { hasText: '1 Critical' }).waitFor()
    await page.locator('.worst', { hasText: 'never falls below' }).click()
    await page.getByRole('heading', { level: 1, name: '2 alerts fire' }).waitFor()
    const leak = item('Water of North Park').first()
    await leak.locator('.u-over').waitFor()
    expect(await leak.textContent()).toMatch(/yesterday|30 hours ago/)
    expect(await leak.textContent()).toContain('15.00 m³')
    expect(await leak.textContent()).toContain('Look at the irrigation first')
    await button('Acknowledge').click()
    await button('Save').click()
    expect(await leak.locator('.field-error').count()).toBe(1)
    complaints.length = 0 // the browser writes the refusal to its console
    await page.getByLabel('Your name').fill('Lin')
    await page.getByLabel('Note').fill('valve 3 is closed')
    await button('Save').click()
    await leak.getByText('Acknowledged by Lin').waitFor()
    expect(await leak.textContent()).toContain('valve 3 is closed')
    await page.getByRole('heading', { level: 1, name: '1 alert fires' }).waitFor()
    expect(world.api.notices.book.pages.alerts[0]?.acknowledged?.note).toBe('valve 3 is closed')
  })

  it('say by themselves that one has ended, and that all is quiet', async () => {
    await open('')
    await page.locator('.alert-strip.critical').waitFor()
    await world.api.notices.book.change((pages) => ({
      ...pages,
      alerts: alerts.map((one) => ({
        ...one,
        status: 'resolved',
        resolvedAt: one.resolvedAt ?? one.since + 1,
      })),
    }))
    await page.getByText('All quiet: no alert is open.').waitFor()
  })

  it('are silenced for a rule at its site, and no longer when it is ended', async () => {
    await open('?alerts=band')
    await button('Silence').click()
    await button('1 week').click()
    await page
      .getByLabel('Of', { exact: true })
      .selectOption({ label: '“Consumption out of its band” at Depot' })
    await page.getByLabel('Your name').fill('Lin')
    await button('Save').click()
    await item('above its band').getByText('Silenced until 17 Feb 2026').waitFor()
    expect(world.api.notices.book.pages.pauses[0]?.of).toEqual({ sites: ['depot'], rules: ['out-of-band'] })
    await page.getByText('sites: Depot · rules: Consumption out of its band').waitFor()
    await button('End it').click()
    await page.getByText('None is in force, none to come.').waitFor()
    await expect.poll(() => item('above its band').getByText('Silenced').count()).toBe(0)
  })

  it('are filtered by site, and what has ended stands in the history', async () => {
    await open('?alerts')
    await page.getByLabel('Site').first().selectOption({ label: 'North Park' })
    await expect.poll(() => page.locator('.alert').count()).toBe(2)
    await page.getByRole('button', { name: 'Resolved', exact: true }).click()
    await page.getByRole('region', { name: 'Ended' }).getByText('lasted 30 hours').waitFor()
    expect(await page.locator('.alert').count()).toBe(1)
  })

  it('take a planned outage beforehand, in the time of the site', async () => {
    await open('?alerts')
    await button('Enter a planned outage').click()
    await page.getByLabel('Meter').selectOption({ label: 'Grid supply' })
    await page.locator('input[name="from"]').fill('2026-02-14T08:00')
    await page.locator('input[name="to"]').fill('2026-02-14T20:00')
    await page.getByLabel('Your name').fill('Zhou')
    await button('Save').click()
    await page.getByText('meters: Grid supply').waitFor()
    const [pause] = world.api.notices.book.pages.pauses
    expect(new Date(pause?.from ?? 0).toISOString()).toBe('2026-02-14T00:00:00.000Z')
  })

  it('go to a webhook that is subscribed and tested, with the secret shown once', async () => {
    const hook = await serve(({ path }) => ({ status: path === '/gone' ? 410 : 200 }))
    onTestFinished(() => hook.close())
    await open('?subscriptions')
    await page.getByText('Nobody hears of alerts yet.').waitFor()
    await button('Add a subscription').click()
    await page.getByLabel('Name').fill('Alert hub')
    await button('Webhook').click()
    await page.getByLabel('URL').fill('nonsense')
    await button('Subscribe').click()
    await page.locator('.field-error', { hasText: 'http://' }).waitFor()
    complaints.length = 0 // the browser writes the refusal to its console
    await page.getByLabel('URL').fill(`${hook.url}/hook`)
    await button('Daily digest').click()
    await page.getByLabel('At', { exact: true }).fill('07:45')
    await button('Subscribe').click()
    expect(await page.locator('.secret-once code').textContent()).toMatch(/^whsec_/)
    const card = page.locator('.subscription', { hasText: 'Alert hub' })
    await card.getByText('Daily digest at 07:45').waitFor()
    await button('Send a test').click()
    await card.getByText('Delivered.').waitFor()
    expect(hook.requests).toHaveLength(1)
    await page.locator('.deliveries li.delivered', { hasText: 'Test' }).waitFor()
    await button('Remove').click()
    await button('Yes, remove').click()
    await page.getByText('Nobody hears of alerts yet.').waitFor()
  })

  it('stand beside a target that says what it is projected by and what drives it', async () => {
    await open('')
    await page.getByRole('link', { name: 'Energy of the group' }).click()
    await page.getByRole('heading', { level: 1, name: 'Energy of the group' }).waitFor()
    await page.locator('.u-over').waitFor()
    const { body } = await world.api.get('/targets/less-energy')
    const chosen = page.locator('.target-projections .chosen')
    expect(await chosen.textContent()).toContain(body.projected.toFixed(2))
    await page.locator('.target-months .canvas').focus()
    await page.keyboard.press('ArrowRight')
    expect(await page.locator('.day-tip').textContent()).toContain('January 2026')
    const against = body.drivers.find((one: { against: string }) => one.against === 'path')
    const total = page.locator('.driver.total')
    expect((await total.textContent())?.replace('−', '-')).toContain(against.total.toFixed(1))
    await button('The parts of North Park').click()
    await page.locator('.driver-list li li', { hasText: 'Grid supply' }).waitFor()
  })

  it('fit a phone and a desk without scrolling sideways', async () => {
    await open('?alerts&lang=zh', 390)
    for (const [path, ready] of [
      ['?alerts&lang=zh', '.alert .u-over'],
      ['?target=less-energy&lang=zh', '.target-months .u-over'],
      ['?subscriptions&lang=zh', '.deliveries'],
    ] as const) {
      await page.goto(world.url + path)
      await page.locator(ready).first().waitFor()
      for (const width of [1280, 390]) {
        await page.setViewportSize({ width, height: 900 })
        expect(await page.evaluate('document.documentElement.scrollWidth'), path).toBe(width)
      }
    }
  })
})
