import { setTimeout as sleep } from 'node:timers/promises'
import type { Page, Response } from 'playwright-core'
import type { Json } from './json.ts'

/** A figure as it stands on the page. */
export interface Shown {
  /** As it is read. */
  readonly text: string
  /** As it is known, unrounded. */
  readonly value: number
  /** Its unit, where that stands elsewhere. */
  readonly unit: string | null
  /** What it says it is, where it leads to what it is made of. */
  readonly of: { readonly indicator: string; readonly scope: string; readonly period: string } | null
  /** The target that it belongs to, on a card or on the target's own page. */
  readonly target: string | null
  /** It stands for a projection or limit, not for what is known of the year so far. */
  readonly standing: boolean
  /** The page itself has added it up. */
  readonly sum: boolean
}

/** Every figure in the view that is read with a value behind it. */
export function shownFigures(page: Page): Promise<Shown[]> {
  return page.evaluate<Shown[]>(`[...document.querySelectorAll('main data')].map((one) => {
    const link = one.closest('a.figure-link')
    const asked = link === null ? null : new URL(link.href).searchParams
    const card = one.closest('.target, .target-view')
    const titled = card?.querySelector('h2 a')?.href ?? (card === null ? null : location.href)
    return {
      text: one.textContent,
      value: one.value === '' ? NaN : Number(one.value),
      unit: one.dataset.unit ?? null,
      of: asked === null || asked.get('at') !== null ? null
        : { indicator: asked.get('lineage'), scope: asked.get('scope'), period: asked.get('period') },
      target: titled === null ? null : new URL(titled).searchParams.get('target'),
      standing: one.closest('.target .standing, .target-view .standing') !== null,
      sum: one.closest('[data-sum]') !== null,
    }
  })`)
}

/** So long after the page has drawn an answer the driver may still tell of it. */
const BEHIND_MS = 500
/** A number with a unit of what is metered, emitted or saved; its name alone is no figure. */
const AMOUNT = /[\d.]\s?(kWh|MWh|GWh|GJ|tCO₂e|kgCO₂e|m³|tce)\b/

/** Amounts in words that have no value behind them, and so cannot be compared with anything. */
export async function bareAmounts(page: Page): Promise<string[]> {
  const texts = await page.evaluate<string[]>(`(() => {
    const found = []
    const aside = 'data, svg, [popover], .legend, select, .rule'
    const walk = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT)
    for (let node = walk.nextNode(); node !== null; node = walk.nextNode()) {
      const host = node.parentElement
      if (host.closest(aside) !== null) continue
      const alone = host.cloneNode(true)
      for (const one of alone.querySelectorAll(aside)) one.remove()
      found.push(alone.textContent.trim())
    }
    return found
  })()`)
  return [...new Set(texts.filter((text) => AMOUNT.test(text)))]
}

/** Whether what is read is what is known, rounded to the digits that are shown. */
export function readsAs({ text, value, unit }: Shown): boolean {
  const [, digits = '', sign = ''] = /([\d,]+(?:\.\d+)?)\s?(%?)/.exec(text) ?? []
  if (digits === '') return false
  const percent = sign === '%' || unit === '%'
  const decimals = (digits.split('.')[1] ?? '').length
  const read = Number(digits.replaceAll(',', '')) / (percent ? 100 : 1)
  const half = (0.5 / 10 ** decimals / (percent ? 100 : 1)) * (1 + 1e-9)
  return Math.abs(read - Math.abs(value)) <= half + Math.abs(value) * 1e-12
}

/** Gathers every number and sentence that the API answers with while a page is used. */
export class Answered {
  readonly #said = new Set<number | string>()
  readonly #waiting = new Set<Promise<void>>()

  constructor(page: Page) {
    page.on('response', (response) => {
      if (!response.url().includes('/api/v1/') || response.url().endsWith('/stream')) return
      const reading = this.#read(response).finally(() => this.#waiting.delete(reading))
      this.#waiting.add(reading)
    })
  }

  async has(said: number | string): Promise<boolean> {
    await Promise.all(this.#waiting)
    if (this.#said.has(said)) return true
    await sleep(BEHIND_MS)
    await Promise.all(this.#waiting)
    return this.#said.has(said)
  }

  async #read(response: Response): Promise<void> {
    // What was asked for by a view that was left meanwhile has no answer.
    const answer = await response.json().catch(() => null)
    this.#gather(answer)
  }

  #gather(part: Json): void {
    if (typeof part === 'number' || typeof part === 'string') this.#said.add(part)
    else if (part !== null && typeof part === 'object')
      for (const one of Object.values(part)) this.#gather(one)
  }
}
