import { DAY_MS, QUARTER_MS } from '../core/calendar.ts'
import type { MeterEntry } from '../core/organisation-index.ts'
import { HOUR_MS } from '../core/window.ts'
import type { Disturbance } from '../simulators/conditions.ts'
import type { LineFault } from './alerts-faults.ts'
import type { Ground } from './alerts-incidents.ts'
import type { Planted } from './alerts-plan.ts'

/** How many of each of two hundred harmless things happen in a year, beside the holidays of each country. */
const COUNTS = {
  gap: 90,
  late: 40,
  spike: 20,
  reset: 8,
  replacement: 8,
  outage: 14,
  spell: 4,
  evening: 10,
  cleaning: 6,
} as const

type Kind = keyof typeof COUNTS

/** What is harmless: nobody is to hear of any of it. `share` of a year's number. */
export function chooseOddities(ground: Ground, share: number): Planted[] {
  return (Object.keys(COUNTS) as Kind[]).flatMap((kind) =>
    Array.from({ length: Math.round(COUNTS[kind] * share) }, () => ({ ...make[kind](ground), name: kind })),
  )
}

type Made = Omit<Planted, 'name' | 'size' | 'subjects'> & { readonly size?: string }

const make: Readonly<Record<Kind, (ground: Ground) => Planted>> = {
  gap: (g) => onLine(g, { kind: 'silent' }, 0.5, 2.5),
  late: (g) => onLine(g, { kind: 'late' }, 0.5, 2.5),
  spike: (g) => onLine(g, { kind: 'spike', times: 1 + g.draw.between(0.5, 20) }, 0.25, 0.25, register),
  reset: (g) => onLine(g, { kind: 'reset' }, 0.25, 0.25, register),
  replacement(g) {
    const opening = g.draw.whole(0, 200)
    const planted = onLine(g, { kind: 'reset', opening }, 0.25, 0.25, register)
    const meter = planted.faults?.[0]?.meter as string
    return { ...planted, recorded: [{ kind: 'replacement', meter, at: planted.from, opening }] }
  },
  outage(g) {
    const { usual, draw } = g
    const wholeSite = draw.between(0, 1) < 0.3
    const entry = usual.entry(draw.one(usual.meters(({ meter }) => meter.role === 'submeter')))
    const from = at(g)
    const to = from + draw.whole(4, 12) * HOUR_MS
    const meters = wholeSite ? usual.meters(({ site }) => site.id === entry.site.id) : [entry.meter.id]
    const of = wholeSite ? { sites: [entry.site.id] } : { meters }
    return filled({
      site: entry.site.id,
      from,
      to,
      faults: meters.map((meter): LineFault => ({ meter, from, to, kind: 'silent' })),
      disturbances: meters.map((meter): Disturbance => ({ meter, from, to, change: () => 0 })),
      pauses: [
        {
          id: `${entry.site.id} ${from}`,
          kind: 'planned-outage',
          of,
          from,
          to,
          by: 'bench',
          note: '',
          enteredAt: from,
        },
      ],
    })
  },
  spell(g) {
    const from = at(g)
    const to = from + g.draw.whole(3, 6) * DAY_MS
    const times = g.draw.between(1.15, 1.3)
    const zone = g.draw.one(['Asia/Shanghai', 'Europe/Berlin'])
    return scaled(
      g,
      from,
      to,
      times,
      ({ site, meter }) =>
        site.zone === zone && (meter.use === 'hvac' || meter.use === 'cooling' || meter.utility === 'heat'),
    )
  },
  evening(g) {
    const { usual, draw } = g
    const { site, calendar } = usual.entry(
      draw.one(usual.meters((one) => one.site.kind !== 'data-center' && one.meter.use === 'lighting')),
    )
    const from = calendar.hourOf(calendar.dayAt(at(g)), 18)
    const uses = ['lighting', 'hvac', 'canteen', 'it']
    return scaled(
      g,
      from,
      from + 5 * HOUR_MS,
      draw.between(1.3, 1.6),
      (one) => one.site.id === site.id && uses.includes(one.meter.use ?? ''),
    )
  },
  cleaning(g) {
    const { usual, draw } = g
    const id = draw.one(usual.meters(({ meter }) => meter.use === 'lighting'))
    const from = at(g)
    return scaled(g, from, from + 2 * HOUR_MS, draw.between(1.3, 2), ({ meter }) => meter.id === id)
  },
}

const register = ({ meter }: MeterEntry) => meter.register !== undefined

function at({ draw, start, end }: Ground): number {
  return Math.floor(draw.between(start + DAY_MS, end - 7 * DAY_MS) / HOUR_MS) * HOUR_MS
}

function onLine(
  g: Ground,
  fault: object,
  least: number,
  most: number,
  keep: (entry: MeterEntry) => boolean = () => true,
): Planted {
  const meter = g.draw.one(g.usual.meters(keep))
  const from = at(g)
  const to = from + Math.max(1, Math.round((g.draw.between(least, most) * HOUR_MS) / QUARTER_MS)) * QUARTER_MS
  return filled({
    site: g.usual.entry(meter).site.id,
    from,
    to,
    faults: [{ meter, from, to, ...fault } as LineFault],
  })
}

function scaled(
  g: Ground,
  from: number,
  to: number,
  times: number,
  keep: (entry: MeterEntry) => boolean,
): Planted {
  const meters = g.usual.meters(keep)
  return filled({
    site: g.usual.entry(meters[0] as string).site.id,
    from,
    to,
    disturbances: meters.map((meter): Disturbance => ({ meter, from, to, change: (load) => load * times })),
  })
}

function filled(made: Made): Planted {
  return { name: '', size: '', subjects: [], ...made }
}
