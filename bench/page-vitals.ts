import { setTimeout as sleep } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import type { Browser, CDPSession } from 'playwright-core'

/** What a reader waits for, and what moves under their eyes; milliseconds from the request on, `cls` a share. */
export interface Vitals {
  /** First contentful paint. */
  readonly fcp: number
  /** Largest contentful paint. */
  readonly lcp: number
  /** Total blocking time: what tasks after the first paint took beyond 50 ms. */
  readonly tbt: number
  /** All layout shifts together, which is never less than the worst window of them. */
  readonly cls: number
  /** All scripts that were loaded, gzipped, in kB of 1,000 bytes. */
  readonly scriptKb: number
}

export interface Screen {
  readonly name: string
  readonly width: number
  readonly height: number
}

/** After all is there, so long nothing more may happen. */
const QUIET_MS = 800
const LOOK_MS = 100
const WAIT_MS = 30_000

/** Nothing of the view waits any more. */
const THERE = `
  document.querySelector('main') !== null &&
  document.querySelector('main .skeleton, main[aria-busy="true"]') === null
`

/** Runs in the page before anything else of it. */
const WATCH = `
  window.seen = { lcp: 0, cls: 0, fcp: 0, tasks: [], shifts: [] }
  const watch = (type, take) =>
    new PerformanceObserver((list) => list.getEntries().forEach(take)).observe({ type, buffered: true })
  watch('paint', (one) => { if (one.name === 'first-contentful-paint') seen.fcp = one.startTime })
  watch('largest-contentful-paint', (one) => { seen.lcp = one.startTime })
  watch('longtask', (one) => seen.tasks.push([one.startTime, one.duration]))
  watch('layout-shift', (one) => {
    if (one.hadRecentInput) return
    seen.cls += one.value
    seen.shifts.push([Math.round(one.startTime), one.value, one.sources.map(({ node }) => node?.className || node?.nodeName).join(' ')])
  })
`

interface Seen {
  readonly fcp: number
  readonly lcp: number
  readonly cls: number
  readonly tasks: readonly (readonly [start: number, duration: number])[]
  /** When, how much, and what was moved. */
  readonly shifts: readonly (readonly [start: number, value: number, what: string])[]
}

/** Loads an address once with nothing in the cache. `say` hears of each layout shift. */
export async function measureLoad(
  browser: Browser,
  url: string,
  { width, height }: Screen,
  say: (text: string) => void = () => {},
): Promise<Vitals> {
  const context = await browser.newContext({ viewport: { width, height }, isMobile: width < 600 })
  try {
    const page = await context.newPage()
    await page.addInitScript(WATCH)
    const scripts: Promise<Buffer>[] = []
    page.on('response', (response) => {
      if (response.request().resourceType() === 'script') scripts.push(response.body())
    })
    const session = await context.newCDPSession(page)
    await page.goto(url)
    await waitForAll(session, url)
    await sleep(QUIET_MS)
    const { fcp, lcp, cls, tasks, shifts } = await ask<Seen>(session, 'window.seen')
    for (const [start, value, what] of shifts) say(`shift of ${value.toFixed(4)} at ${start} ms: ${what}`)
    const sizes = (await Promise.all(scripts)).map((body) => gzipSync(body, { level: 9 }).length)
    const tbt = tasks.reduce(
      (sum, [start, duration]) => sum + (start >= fcp ? Math.max(0, duration - 50) : 0),
      0,
    )
    return { fcp, lcp, tbt, cls, scriptKb: sizes.reduce((sum, size) => sum + size, 0) / 1000 }
  } finally {
    await context.close()
  }
}

async function waitForAll(session: CDPSession, url: string): Promise<void> {
  const until = Date.now() + WAIT_MS
  while (!(await ask<boolean>(session, THERE))) {
    if (Date.now() > until) throw new Error(`${url}: something still waits after ${WAIT_MS / 1000} s`)
    await sleep(LOOK_MS)
  }
}

/** A locator of the driver would put a script of its own into the page, whose tasks would be counted as the page's. */
async function ask<T>(session: CDPSession, expression: string): Promise<T> {
  const { result } = await session.send('Runtime.evaluate', { expression, returnByValue: true })
  return result.value as T
}
