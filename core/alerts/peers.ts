import type { MeterEntry } from '../organisation-index.ts'
import { median } from '../robust.ts'

/** Where so many are together one more or less does not move their median. */
const MANY = 30
/** Fewer tell nothing of what they have in common. */
const LEAST = 2

/** A meter with how far it strays from its own usual: 1 is not at all. */
export interface Straying {
  readonly entry: MeterEntry
  readonly ratio: number
}

/** What meters stray by together: those of a site, and those of one use of a utility at other sites. */
export class Peers {
  readonly #bySite = new Map<string, Straying[]>()
  readonly #byUse = new Map<string, Straying[]>()
  readonly #known = new Map<string, number | undefined>()

  constructor(all: readonly Straying[]) {
    for (const one of all) {
      if (!Number.isFinite(one.ratio)) continue
      add(this.#bySite, one.entry.site.id, one)
      add(this.#byUse, useOf(one.entry), one)
    }
  }

  /** The median of the others at its site, and of those of its use elsewhere, where there are enough. */
  ratiosFor({ meter, site }: MeterEntry): number[] {
    const here = this.#bySite.get(site.id) ?? []
    const others = here.length > MANY ? here : here.filter(({ entry }) => entry.meter.id !== meter.id)
    const common = here.length > MANY ? this.#once(site.id, () => middle(others)) : middle(others)
    const use = useOf({ meter })
    const alike = this.#once(`${site.id}|${use}`, () =>
      middle((this.#byUse.get(use) ?? []).filter(({ entry }) => entry.site.id !== site.id)),
    )
    return [common, alike].filter((ratio) => ratio !== undefined)
  }

  #once(key: string, find: () => number | undefined): number | undefined {
    if (!this.#known.has(key)) this.#known.set(key, find())
    return this.#known.get(key)
  }
}

function middle(list: readonly Straying[]): number | undefined {
  return list.length < LEAST ? undefined : median(list.map(({ ratio }) => ratio))
}

function useOf({ meter }: Pick<MeterEntry, 'meter'>): string {
  return `${meter.utility}|${meter.use ?? ''}`
}

function add(map: Map<string, Straying[]>, key: string, one: Straying): void {
  const list = map.get(key)
  if (list === undefined) map.set(key, [one])
  else list.push(one)
}
