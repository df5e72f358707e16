/*
 * How soon each view of the page is there over the running demo, in Chromium with nothing in its cache, on a
 * desk and on a phone: against what a reader should be asked to wait at most.
 *
 *   npm run bench -- page
 *   node dist/bench/page.js [http://127.0.0.1:8080] [overview,site,…]      of a wattwell that runs already
 */
import { chromium } from 'playwright-core'
import { chromiumArguments, chromiumPath } from '../tests/support/chromium.ts'
import { addressOf, demoViews } from '../tests/support/views.ts'
import { startDemo } from './demo.ts'
import { median, print, withFolder } from './measure.ts'
import { measureLoad, type Screen, type Vitals } from './page-vitals.ts'

const ROUNDS = 7
const screens: readonly Screen[] = [
  { name: 'desk', width: 1280, height: 900 },
  { name: 'phone', width: 390, height: 844 },
]

interface Budget {
  readonly of: keyof Vitals
  readonly figure: string
  readonly most: number
  readonly unit: string
}

const budgets: readonly Budget[] = [
  { of: 'fcp', figure: 'first contentful paint', most: 1000, unit: 'ms' },
  { of: 'lcp', figure: 'largest contentful paint', most: 1000, unit: 'ms' },
  { of: 'tbt', figure: 'total blocking time', most: 100, unit: 'ms' },
  { of: 'cls', figure: 'cumulative layout shift', most: 0.05, unit: '1' },
  { of: 'scriptKb', figure: 'script, gzipped', most: 150, unit: 'kB' },
]

const [url, only] = process.argv.slice(2)
const views = demoViews.filter(({ name }) => only === undefined || only.split(',').includes(name))

if (url === undefined) {
  await withFolder(async (folder) => {
    const demo = await startDemo(folder)
    try {
      await measure(demo.http)
    } finally {
      await demo.stop()
    }
  })
} else await measure(url)

async function measure(http: string): Promise<void> {
  const browser = await chromium.launch({ executablePath: chromiumPath, args: chromiumArguments })
  try {
    for (const view of views) {
      for (const screen of screens) {
        const say = (text: string) => process.stderr.write(`${view.name}, ${screen.name}: ${text}\n`)
        const rounds: Vitals[] = []
        for (let round = 0; round < ROUNDS; round += 1)
          rounds.push(
            await measureLoad(browser, addressOf(http, view), screen, round === 0 ? say : undefined),
          )
        for (const { of, figure, most, unit } of budgets) {
          const value = median(rounds.map((one) => one[of]))
          const against = `at most ${most}${unit === '1' ? '' : ` ${unit}`}`
          print('page', `${view.name}, ${screen.name}: ${figure}`, value, unit, against, value / most)
        }
      }
    }
  } finally {
    await browser.close()
  }
}
