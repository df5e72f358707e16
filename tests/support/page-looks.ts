import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** Everything that WCAG 2 asks for at levels A and AA, and what is good practice besides. */
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice']

interface Violation {
  readonly id: string
  readonly nodes: readonly { readonly target: readonly string[]; readonly html: string }[]
}

/** What keeps people out, a line a place: the rule, and where it is broken. */
export async function axeFinds(page: Page): Promise<string[]> {
  await page.evaluate(axe)
  const options = { runOnly: TAGS, resultTypes: ['violations'] }
  const found = await page.evaluate<Violation[]>(
    `axe.run(document, ${JSON.stringify(options)}).then(({ violations }) =>
      violations.map(({ id, nodes }) => ({ id, nodes: nodes.map(({ target, html }) => ({ target, html })) })))`,
  )
  return found.flatMap(({ id, nodes }) =>
    nodes.map(({ target, html }) => `${id}: ${target.join(' ')} ${html.slice(0, 120)}`),
  )
}

/** Waits until a view has its figures: nothing of it waits any more, and nothing stirs. */
export async function untilThere(page: Page): Promise<void> {
  await page.locator('main').first().waitFor({ state: 'attached' })
  await page
    .locator('main .skeleton, main .skeleton-text, main[aria-busy="true"], main [aria-busy="true"]')
    .first()
    .waitFor({ state: 'detached' })
  // Drawings come with a script of their own.
  await page.waitForTimeout(150)
}

/** What is broken at this width: a page that scrolls sideways, what is cut off, and what lies upon another. */
export function brokenLayout(page: Page): Promise<string[]> {
  return page.evaluate<string[]>(`(${String(lookAtLayout)})()`)
}

/** Runs in the page. */
function lookAtLayout(): string[] {
  // biome-ignore lint/suspicious/noExplicitAny: the types of the page are not those of the tests
  const { document, innerWidth, getComputedStyle } = globalThis as any
  const found: string[] = []
  const { scrollWidth } = document.documentElement
  if (scrollWidth > innerWidth) found.push(`it scrolls sideways: ${scrollWidth} of ${innerWidth}`)
  // biome-ignore lint/suspicious/noExplicitAny: as above
  type Element = any
  const nameOf = (one: Element) =>
    `${one.localName}.${String(one.className?.baseVal ?? one.className).replaceAll(' ', '.')} "${(one.textContent ?? '').trim().slice(0, 40)}"`
  const boxOf = (one: Element) => one.getBoundingClientRect()
  const hidden = (one: Element) => one.closest('.unseen, .skip, [popover], dialog, svg') !== null
  /** What scrolls by itself may be wider than it shows. */
  const scrolls = (one: Element): boolean => {
    for (let up = one.parentElement; up !== null && up !== document.body; up = up.parentElement)
      if (['auto', 'scroll'].includes(getComputedStyle(up).overflowX)) return true
    return false
  }
  const all = (selector: string): Element[] =>
    [...document.querySelectorAll(selector)].filter((one) => {
      const { width, height } = boxOf(one)
      return width > 1 && height > 1 && !hidden(one)
    })
  for (const one of all('.card, h1, h2, h3, p, dt, dd, a, button, select, input, figure, table')) {
    const { left, right } = boxOf(one)
    if ((left < -1 || right > innerWidth + 1) && !scrolls(one))
      found.push(`it is cut off: ${nameOf(one)} from ${left.toFixed(0)} to ${right.toFixed(0)}`)
  }
  for (const one of all('h1, h2, h3, button, a.quiet-button, .verdict, .value')) {
    if (
      one.scrollWidth > one.clientWidth + 2 &&
      getComputedStyle(one).overflowX !== 'visible' &&
      one.clientWidth > 0
    )
      found.push(`its text is cut off: ${nameOf(one)}`)
  }
  const inPlace = (one: Element) => one.closest('header.header, main, aside, footer') !== null
  for (const selector of ['.card', 'button, a, select, input', 'h1, h2, h3']) {
    const placed = all(selector)
      .filter((one) => inPlace(one) && !scrolls(one) && getComputedStyle(one).display !== 'inline')
      .map((one) => ({ one, box: boxOf(one) }))
      .toSorted((a, b) => a.box.top - b.box.top)
    for (const [i, a] of placed.entries()) {
      for (const b of placed.slice(i + 1)) {
        if (b.box.top > a.box.bottom - 2) break
        const wide = Math.min(a.box.right, b.box.right) - Math.max(a.box.left, b.box.left)
        const high = Math.min(a.box.bottom, b.box.bottom) - b.box.top
        if (wide > 2 && high > 2 && !a.one.contains(b.one) && !b.one.contains(a.one))
          found.push(`one lies upon another: ${nameOf(a.one)} and ${nameOf(b.one)}`)
      }
    }
  }
  return [...new Set(found)]
}
