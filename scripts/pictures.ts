/*
 * Takes the pictures in docs/images from a running wattwell: the page on a desk and on a phone. Those of
 * mending are taken over invented figures.
 *
 *   npm run pictures [http://127.0.0.1:8080]      without an address it starts the demo itself
 *   npm run pictures mending                      only those of mending
 */
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { chromium } from 'playwright-core'
import { chromiumArguments, chromiumPath } from '../tests/support/chromium.ts'
import { type Program, startProgram } from '../tests/support/program.ts'
import { takeMending } from './mending-pictures.ts'

const views = [
  { name: 'page', width: 1280, height: 1010, colorScheme: 'light', lang: 'en' },
  { name: 'page-dark', width: 1280, height: 1010, colorScheme: 'dark', lang: 'en' },
  { name: 'page-phone', width: 360, height: 780, colorScheme: 'light', lang: 'zh' },
  {
    name: 'report',
    width: 1280,
    height: 1010,
    colorScheme: 'light',
    lang: 'en',
    path: `reports/${new Date().getFullYear() - 1}?boundary=own-offices&lang=en`,
    ready: '.bar-chart >> nth=4',
  },
  {
    name: 'target',
    width: 1280,
    height: 1180,
    colorScheme: 'light',
    lang: 'en',
    path: '?target=energy-per-employee-2026&lang=en',
    ready: '.drivers li >> nth=2',
  },
  {
    name: 'lineage',
    width: 1280,
    height: 1010,
    colorScheme: 'light',
    lang: 'en',
    path: `?lineage=energy-per-employee&scope=boundary:own-offices&period=${new Date().getFullYear() - 1}&at=numerator,energy-indirect,electricity-bought-energy,site:science-park,park-e-in&lang=en`,
    ready: '.line >> nth=12',
  },
] as const

const folder = await mkdtemp(join(tmpdir(), 'wattwell-pictures-'))
let program: Program | undefined
try {
  let url = process.argv[2]
  if (url === undefined) {
    program = await startProgram(folder, { WATTWELL_CONFIG: new URL('../config', import.meta.url).pathname })
    await historyTold(program)
    url = program.http
  }
  await take(url === 'mending' ? undefined : url)
} finally {
  await program?.end('SIGTERM')
  await rm(folder, { recursive: true, force: true })
}

/** Waits until no target lacks data and nothing waits to be rolled up. */
async function historyTold(running: Program): Promise<void> {
  for (;;) {
    await sleep(1000)
    const { rows } = await running.get('/targets')
    if (rows.every((row: { verdict: string }) => row.verdict !== 'insufficient-data')) break
  }
  await sleep(5000)
  await running.settled()
}

async function take(url: string | undefined): Promise<void> {
  const images = new URL('../docs/images/', import.meta.url).pathname
  await mkdir(images, { recursive: true })
  const browser = await chromium.launch({ executablePath: chromiumPath, args: chromiumArguments })
  await takeMending(browser, images)
  for (const { name, lang, width, height, colorScheme, ...at } of url === undefined ? [] : views) {
    const page = await browser.newPage({ viewport: { width, height }, colorScheme })
    await page.goto(`${url}/${'path' in at ? at.path : `?lang=${lang}`}`)
    await page
      .locator('ready' in at ? at.ready : 'article.target')
      .first()
      .waitFor()
    await sleep(1500)
    await page.screenshot({ path: join(images, `${name}.png`) })
    await page.close()
  }
  await browser.close()
}
