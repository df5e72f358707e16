import { readFileSync } from 'node:fs'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { indicators, quantities } from '../../core/indicator.ts'
import { topics as en } from '../../web/text/help-topics-en.ts'
import { topics as zh } from '../../web/text/help-topics-zh.ts'
import { chromiumArguments, chromiumIsThere, chromiumPath } from '../support/chromium.ts'
import type { Json } from '../support/json.ts'
import { NOW, serveStated } from './stated.ts'

const title = (what: string) => `${what}${chromiumIsThere ? '' : ` (skipped: no ${chromiumPath})`}`
const axe = readFileSync(new URL('../../node_modules/axe-core/axe.min.js', import.meta.url), 'utf8')

describe('the methods in words', () => {
  it('are as many in both languages, and lead on to what there is', () => {
    const known = new Set([...Object.keys(en), ...indicators.keys(), ...quantities.keys()])
    for (const [id, topic] of Object.entries(en)) {
      const other = zh[id as keyof typeof zh]
      for (const part of ['points', 'nullWhere', 'see'] as const)
        expect(other[part]?.length, `${part} of ${id}`).toBe((topic as typeof other)[part]?.length)
      expect(other.group, id).toBe(topic.group)
      for (const to of (topic as typeof other).see ?? []) expect(known, `${id} leads to ${to}`).toContain(to)
      expect(known.has(id) && !indicators.has(id) && !quantities.has(id), `${id} stands for itself`).toBe(
        true,
      )
    }
  })
})

describe.skipIf(!chromiumIsThere)(title('help on the page'), { timeout: 40_000 }, () => {
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
  afterEach(async () => {
    await page?.context().close()
    expect(complaints.splice(0)).toEqual([])
  })

  async function open(path: string, width = 1280) {
    const context = await browser.newContext({ viewport: { width, height: 900 }, locale: 'en-GB' })
    page = await context.newPage()
    page.on('console', (said) => {
      if (said.type() === 'error') complaints.push(said.text())
    })
    page.on('pageerror', (error) => complaints.push(error.message))
    await page.clock.setFixedTime(NOW)
    await page.goto(stated.url + path)
  }

  it.each(['en', 'zh'] as const)(
    'every indicator and quantity of the API is explained (%s)',
    async (lang) => {
      await open(`?help&lang=${lang}`)
      const { body } = await stated.api.get('/indicators')
      await page.locator('.help-contents a[href*="help=pue"]').waitFor()
      const listed = await page.evaluate<string[]>(
        `[...document.querySelectorAll('.help-contents a')].map(({ href }) => new URL(href).searchParams.get('help'))`,
      )
      const all: Json[] = [...body.rows, ...body.quantities]
      expect(new Set(listed)).toEqual(new Set([...Object.keys(en), ...all.map(({ id }) => id)]))
      // Each is opened as a link opens it; a load for each would take a minute.
      const explained = await page.evaluate(`(async () => {
      const said = []
      const text = (of) => document.querySelector('.explained ' + of)?.textContent ?? ''
      for (const id of ${JSON.stringify(all.map(({ id }) => id))}) {
        history.pushState(null, '', './?help=' + id + '&lang=${lang}')
        dispatchEvent(new PopStateEvent('popstate'))
        for (let n = 0; n < 200; n += 1) {
          if (document.querySelector('.help-contents [aria-current]')?.href.includes('help=' + id + '&')) break
          await new Promise((resolve) => setTimeout(resolve, 5))
        }
        said.push([id, text('h2'), text('.lead')])
      }
      return said
    })()`)
      expect(explained).toEqual(all.map(({ id, name, how }) => [id, name[lang], how[lang]]))
    },
  )

  it('an indicator has unit, standard, what makes it null, and a figure that leads to what it is made of', async () => {
    await open('?help=energy-per-employee')
    const { body } = await stated.api.get(
      '/lineage?indicator=energy-per-employee&scope=boundary:offices&period=2025&depth=1',
    )
    expect(body.value).toBeCloseTo(2.5, 9)
    const explained = page.locator('.explained')
    await explained.getByText('What it is divided by is not known, or is zero.').waitFor()
    // Of the whole group there is none, as nobody's number of the depot is stated: it says so.
    await explained.getByText('no employees are stated for site depot').waitFor()
    await page.evaluate(axe)
    expect(
      await page.evaluate(`axe.run('main').then(({ violations }) => violations.map(({ id }) => id))`),
    ).toEqual([])
    await page.getByRole('searchbox').fill('ISO/IEC 30134-2')
    await page.locator('.help-contents').getByRole('link', { name: /PUE/ }).click()
    await explained.getByText('Nowhere yet: nothing that it needs is metered or entered.').waitFor()
    await page.getByRole('searchbox').fill('comprehensive')
    await page.locator('.help-contents a[href$="help=energy"]').click()
    await explained.getByRole('link', { name: 'Follow it down to the readings' }).click()
    await page.locator('.lineage-head .method').click()
    await explained.getByRole('heading', { name: 'Comprehensive energy consumption' }).waitFor()
    const shown = explained.locator('.formula data').last()
    expect(Number(await shown.getAttribute('value'))).toBeCloseTo(409, 9)
  })

  it('reads on a phone, and says where nothing is explained', async () => {
    await open('?help=nonsense', 360)
    await page.getByText('Nothing is explained under “nonsense”.').waitFor()
    await page.getByRole('link', { name: 'All topics' }).click()
    await page.getByRole('navigation').getByRole('link', { name: 'Verdicts' }).click()
    await page.getByText('With a baseline: on track at p ≥ 1').waitFor()
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360)
  })
})
