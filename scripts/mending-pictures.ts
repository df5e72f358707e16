import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { servePage } from '../tests/web/server.ts'

const views = [
  { name: 'mending', width: 1280, height: 800, colorScheme: 'light', lang: 'en', go: askAboutReading },
  { name: 'mending-phone', width: 390, height: 844, colorScheme: 'dark', lang: 'zh', go: askAboutReading },
  { name: 'balance', width: 1280, height: 640, colorScheme: 'light', lang: 'en', go: showBalance },
] as const

/** Pictures of what a running demo rarely has: a wrong face, and a leak. Taken over the tests' invented figures. */
export async function takeMending(browser: Browser, images: string): Promise<void> {
  for (const { name, lang, width, height, colorScheme, go } of views) {
    const server = await servePage()
    const page = await browser.newPage({ viewport: { width, height }, colorScheme })
    await page.clock.setFixedTime('2026-11-21T10:00:00+08:00')
    await page.goto(`${server.url}?lang=${lang}`)
    await page.locator('.u-over').waitFor()
    await go(page)
    await page.screenshot({ path: join(images, `${name}.png`) })
    await page.close()
    await server.close()
  }
}

async function askAboutReading(page: Page): Promise<void> {
  await page.locator('.day-chart').evaluate((chart) => chart.scrollIntoView({ block: 'center' }))
  const over = await page.locator('.u-over').boundingBox()
  if (over === null) throw new Error('there is no chart')
  // The day with the wrong face is the fourth from the right.
  await page.mouse.click(over.x + (over.width * 26.5) / 30, over.y + over.height * 0.7)
  await page.locator('.point[aria-label^="10:15"]').click()
  await page.locator('.menu').waitFor()
}

async function showBalance(page: Page): Promise<void> {
  await page.locator('.consumption').getByRole('button', { name: 'Tap water' }).click()
  await page.getByRole('button', { name: 'Balance' }).click()
  await page.locator('.flow-line').waitFor()
  await page.locator('#consumption').evaluate((section) => section.scrollIntoView())
}
