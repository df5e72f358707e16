import type { MeterRow, Utility } from '../answers.ts'

/** A meter with how deep it hangs beneath those that its sites count. */
export interface TreeMeter {
  readonly meter: MeterRow
  readonly depth: number
}

const COUNTED = ['import', 'generation', 'export']

/**
 * The meters that a figure is made of, each followed by the submeters beneath it. Submeters that hang on
 * nothing come after them, with what hangs on those: they don't enter the figure, but explain it.
 */
export function meterTree(all: readonly MeterRow[], sites: readonly string[], utility: Utility): TreeMeter[] {
  const own = all.filter(
    (one) => sites.includes(one.site) && one.utility === utility && one.role !== 'virtual',
  )
  const ids = new Set(own.map((one) => one.id))
  const tree: TreeMeter[] = []

  function hang(meter: MeterRow, depth: number) {
    tree.push({ meter, depth })
    for (const child of own) if (child.parent === meter.id) hang(child, depth + 1)
  }

  for (const site of sites) {
    const here = own.filter((one) => one.site === site)
    const counted = here.filter((one) => COUNTED.includes(one.role))
    for (const meter of counted) hang(meter, 0)
    // Indented it would seem to hang on the last of several.
    const depth = counted.length === 1 ? 1 : 0
    for (const meter of here) {
      if (meter.role === 'submeter' && (meter.parent === null || !ids.has(meter.parent))) hang(meter, depth)
    }
  }
  return tree
}
