import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest'
import { chromiumArguments, chromiumPath } from '../support/chromium.ts'
import { type PageServer, servePage } from './server.ts'

const NOW = '2026-11-21T10:00:00+08:00'

export interface Opened {
  readonly page: Page
  readonly server: PageServer
}

export interface Opening {
  width?: number
  scheme?: 'light' | 'dark'
  lang?: 'en' | 'zh'
}

/** A browser for the tests of a file, and for each test a server of its own; a test fails on what the page complains of. */
export function pageBench() {
  let browser: Browser
  let server: PageServer
  let page: Page | undefined
  const complaints: string[] = []

  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: chromiumPath, args: chromiumArguments })
  }, 60_000)
  afterAll(() => browser?.close())
  beforeEach(async () => {
    complaints.length = 0
    server = await servePage()
  })
  afterEach(async () => {
    await page?.context().close()
    await server.close()
    expect(complaints).toEqual([])
  })

  return {
    /** What the browser wrote to its console, to be forgotten where it belongs to the test. */
    complaints,
    async open({ width = 1280, scheme = 'light', lang = 'en' }: Opening = {}): Promise<Opened> {
      const context = await browser.newContext({
        viewport: { width, height: 900 },
        colorScheme: scheme,
        locale: 'en-GB',
      })
      page = await context.newPage()
      page.on('console', (said) => said.type() === 'error' && complaints.push(said.text()))
      page.on('pageerror', (error) => complaints.push(error.message))
      await page.clock.setFixedTime(NOW)
      await page.goto(`${server.url}?lang=${lang}`)
      await page.locator('.u-over').waitFor()
      return { page, server }
    },
  }
}
