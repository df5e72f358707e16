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
  for (const selector of ['.card', 'button, a, select, input', 'h1, h2, h3']) {
    const ones = all(selector).filter(
      (one) => one.closest('header.header') !== null || one.closest('main, aside, footer') !== null,
    )
    for (const [i, a] of ones.entries()) {
      for (const b of ones.slice(i + 1)) {
        if (a.contains(b) || b.contains(a) || scrolls(a) || scrolls(b)) continue
        if (
          selector !== '.card' &&
          (getComputedStyle(a).display === 'inline' || getComputedStyle(b).display === 'inline')
        )
          continue
        const [one, other] = [boxOf(a), boxOf(b)]
        const wide = Math.min(one.right, other.right) - Math.max(one.left, other.left)
        const high = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top)
        if (wide > 2 && high > 2) found.push(`one lies upon another: ${nameOf(a)} and ${nameOf(b)}`)
      }
    }
  }
  return [...new Set(found)]
}
