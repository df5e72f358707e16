/*
 * Takes the pictures in docs/images from a running wattwell: every view of the page on a desk and on a phone.
 * Those of mending are taken over invented figures.
 *
 *   npm run pictures [-- http://127.0.0.1:8080]      without an address it starts the demo itself
 *   npm run pictures -- mending                      only those of mending
 *   npm run pictures -- http://127.0.0.1:8080 site   only the pictures whose name begins so
 */
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Browser, chromium } from 'playwright-core'
import { chromiumArguments, chromiumPath } from '../tests/support/chromium.ts'
import { demoSettings, told } from '../tests/support/demo.ts'
import { untilThere } from '../tests/support/page-looks.ts'
import { startProgram } from '../tests/support/program.ts'
import { addressOf, type DemoView, demoViews } from '../tests/support/views.ts'
import { takeMending } from './mending-pictures.ts'

interface Picture {
  readonly name: string
  readonly view: DemoView
  readonly width: number
  readonly height: number
  readonly colorScheme: 'light' | 'dark'
  readonly lang: 'en' | 'zh'
}

const desk = { width: 1280, height: 1010, colorScheme: 'light', lang: 'en' } as const
const phone = { width: 360, height: 780, colorScheme: 'light', lang: 'zh' } as const
const pictures: readonly Picture[] = demoViews.flatMap((view) => [
  { name: view.name, view, ...desk },
  ...(view.name === 'overview'
    ? [{ name: 'overview-dark', view, ...desk, colorScheme: 'dark' as const }]
    : []),
  { name: `${view.name}-phone`, view, ...phone },
])

const images = new URL('../docs/images/', import.meta.url).pathname
/** Longer than anything that comes with a drawing takes to be drawn. */
const DRAWN_MS = 1500

const [from, only = ''] = process.argv.slice(2)
await mkdir(images, { recursive: true })
const browser = await chromium.launch({ executablePath: chromiumPath, args: chromiumArguments })
try {
  if (from === 'mending') await takeMending(browser, images)
  else if (from !== undefined) await take(browser, from)
  else {
    await takeMending(browser, images)
    await takeOfDemo(browser)
  }
} finally {
  await browser.close()
}

async function takeOfDemo(browser: Browser): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'wattwell-pictures-'))
  const program = await startProgram(folder, { ...demoSettings, WATTWELL_DATA: join(folder, 'data') })
  try {
    await told(program)
    await take(browser, program.http)
  } finally {
    await program.end('SIGTERM')
    await rm(folder, { recursive: true, force: true })
  }
}

async function take(browser: Browser, http: string): Promise<void> {
  for (const { name, view, lang, width, height, colorScheme } of pictures) {
    if (!name.startsWith(only)) continue
    const context = await browser.newContext({ viewport: { width, height }, colorScheme })
    const page = await context.newPage()
    await page.goto(addressOf(http, view, lang))
    await untilThere(page)
    await sleep(DRAWN_MS)
    await page.screenshot({ path: join(images, `${name}.png`) })
    await context.close()
  }
}
