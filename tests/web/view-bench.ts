import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest'
import type { TestApi } from '../support/api.ts'
import { chromiumArguments, chromiumPath } from '../support/chromium.ts'

interface Opening {
  width?: number
  scheme?: 'light' | 'dark'
  lang?: 'en' | 'zh'
}

/** A browser and one service for the tests of a file; a test fails on what the page complains of. */
export function viewBench(now: string, serve: () => Promise<{ url: string; api: TestApi }>) {
  let browser: Browser
  let served: Awaited<ReturnType<typeof serve>>
  let axe: string
  let page: Page | undefined
  const complaints: string[] = []

  beforeAll(async () => {
    const source = createRequire(import.meta.url).resolve('axe-core/axe.min.js')
    ;[browser, served, axe] = await Promise.all([
      chromium.launch({ executablePath: chromiumPath, args: chromiumArguments }),
      serve(),
      readFile(source, 'utf8'),
    ])
  }, 60_000)
  afterAll(async () => {
    await browser?.close()
    await served?.api.close()
  })
  beforeEach(() => {
    complaints.length = 0
  })
  afterEach(async () => {
    await page?.context().close()
    expect(complaints).toEqual([])
  })

  return {
    complaints,
    get api() {
      return served.api
    },
    async open(path: string, { width = 1280, scheme = 'light', lang = 'en' }: Opening = {}): Promise<Page> {
      await page?.context().close()
      const context = await browser.newContext({
        viewport: { width, height: 900 },
        colorScheme: scheme,
        locale: 'en-GB',
        timezoneId: 'Europe/Berlin',
      })
      page = await context.newPage()
      page.on('console', (said) => said.type() === 'error' && complaints.push(said.text()))
      page.on('pageerror', (error) => complaints.push(error.message))
      await page.clock.setFixedTime(now)
      await page.goto(`${served.url}${path}&lang=${lang}`)
      return page
    },
    /** What axe has against the page, and how far it is wider than its window. */
    async faults(): Promise<string[]> {
      if (page === undefined) return []
      await page.evaluate(axe)
      return page.evaluate<
        string[]
      >(`axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) => [
        ...violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => id + ': ' + html.slice(0, 200))),
        ...(document.documentElement.scrollWidth > innerWidth ? ['wider than the window'] : []),
      ])`)
    },
  }
}
