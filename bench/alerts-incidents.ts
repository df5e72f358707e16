import { DAY_MS, QUARTER_MS } from '../core/calendar.ts'
import { HOUR_MS } from '../core/window.ts'
import type { Disturbance } from '../simulators/conditions.ts'
import type { Draw } from './alerts-draw.ts'
import type { LineFault } from './alerts-faults.ts'
import type { Incident } from './alerts-plan.ts'
import type { UsualYear } from './alerts-usual-year.ts'

/** The span that incidents are chosen in, and what some of them are measured by. */
export interface Ground {
  readonly usual: UsualYear
  readonly draw: Draw
  readonly start: number
  readonly end: number
  readonly contractKw: (meter: string) => number
  readonly pueLimit: number
  /** Sites with a target. */
  readonly aims: readonly string[]
}

/** The twelve kinds of incident, each at a time, place and size that the seed chooses. */
export function chooseIncidents(ground: Ground): Incident[] {
  return [
    leak(ground, 'leak', 0.4, 0.9),
    leak(ground, 'small leak', 0.26, 0.36),
    silentMeter(ground),
    stuckMeter(ground),
    baseLoad(ground),
    pueDrift(ground),
    missedTarget(ground),
    peak(ground),
    theft(ground),
    clock(ground),
    resets(ground),
    outOfHours(ground),
  ]
}

const percentOf = (share: number) => `${Math.round(share * 100)} %`

/** At a full hour at least `lead` days after the beginning and `rest` days before the end. */
function instant({ draw, start, end }: Ground, lead: number, rest: number): number {
  const at = draw.between(
    start + lead * DAY_MS,
    Math.max(start + lead * DAY_MS + HOUR_MS, end - rest * DAY_MS),
  )
  return Math.floor(at / HOUR_MS) * HOUR_MS
}

function of(
  { usual }: Ground,
  meter: string,
  from: number,
  to: number,
): Pick<Incident, 'site' | 'subjects' | 'from' | 'to'> {
  return { site: usual.entry(meter).site.id, subjects: usual.above(meter), from, to }
}

function more(
  { usual }: Ground,
  meter: string,
  from: number,
  to: number,
  amount: (at: number) => number,
): Disturbance {
  const toLoad = usual.toLoad(meter)
  return { meter, from, to, change: (load, at) => load + amount(at) * toLoad }
}

function electric(ground: Ground, uses?: readonly string[]): string {
  const { usual, draw } = ground
  const carries = (id: string) => usual.meters(({ meter }) => meter.parent === id).length > 0
  return draw.one(
    usual.meters(
      ({ meter }) =>
        meter.utility === 'electricity' &&
        meter.role === 'submeter' &&
        !carries(meter.id) &&
        meter.id !== 'park-e-main' &&
        (uses === undefined || uses.includes(meter.use ?? '')),
    ),
  )
}

function leak(ground: Ground, name: string, least: number, most: number): Incident {
  const { usual, draw } = ground
  const meter = draw.one(
    usual.meters(({ meter: { utility, role } }) => utility === 'tap-water' && role === 'import'),
  )
  const from = instant(ground, 3, 22)
  const to = from + draw.whole(10, 20) * DAY_MS
  const share = draw.between(least, most)
  const amount = usual.mean(meter, from) * share
  return {
    ...of(ground, meter, from, to),
    name,
    kinds: ['night-flow', 'consumption-band'],
    withinMs: 5 * DAY_MS,
    size: `${percentOf(share)} of the mean flow`,
    disturbances: [more(ground, meter, from, to, () => amount)],
  }
}

function line(meter: string, from: number, to: number, fault: object): { faults: LineFault[] } {
  return { faults: [{ meter, from, to, ...fault } as LineFault] }
}

function silentMeter(ground: Ground): Incident {
  const meter = ground.draw.one(ground.usual.meters(() => true))
  const from = instant(ground, 3, 5)
  const hours = ground.draw.whole(8, 72)
  const to = from + hours * HOUR_MS
  return {
    ...of(ground, meter, from, to),
    name: 'silent meter',
    kinds: ['meter-silent'],
    withinMs: 8 * HOUR_MS,
    size: `${hours} h`,
    ...line(meter, from, to, { kind: 'silent' }),
  }
}

function stuckMeter(ground: Ground): Incident {
  const { usual, draw } = ground
  const meter = draw.one(
    usual.meters(
      ({ meter: { utility, role, register } }) =>
        utility === 'electricity' && (role === 'submeter' || role === 'import') && register !== undefined,
    ),
  )
  const from = instant(ground, 3, 6)
  const hours = draw.whole(24, 96)
  const to = from + hours * HOUR_MS
  return {
    ...of(ground, meter, from, to),
    name: 'stuck meter',
    kinds: ['meter-stuck'],
    withinMs: 12 * HOUR_MS,
    size: `${hours} h`,
    ...line(meter, from, to, { kind: 'stuck' }),
  }
}

function baseLoad(ground: Ground): Incident {
  const { usual, draw } = ground
  const meter = electric(ground, ['it', 'lighting', 'hvac', 'process', 'canteen', 'other'])
  const from = instant(ground, 3, 22)
  const to = from + draw.whole(14, 21) * DAY_MS
  const share = draw.between(0.4, 0.9)
  const amount = Math.max(usual.base(meter, from) * share, usual.mean(meter, from) * 0.05)
  return {
    ...of(ground, meter, from, to),
    name: 'base load up',
    kinds: ['base-load', 'consumption-band'],
    withinMs: 5 * DAY_MS,
    size: `${percentOf(share)} of the base`,
    disturbances: [more(ground, meter, from, to, () => amount)],
  }
}

function pueDrift(ground: Ground): Incident {
  const { usual, draw, pueLimit } = ground
  const from = instant(ground, 3, 24)
  const ramp = 8 * DAY_MS
  const to = from + 20 * DAY_MS
  const over = draw.between(1.05, 1.14)
  const it = usual.mean('dc-e-it', from)
  const now = usual.mean('dc-e-in', from) / it
  const amount = Math.max(0, pueLimit * over - now) * it
  return {
    ...of(ground, 'dc-e-cooling', from, to),
    name: 'PUE drift',
    kinds: ['indicator-limit'],
    withinMs: 13 * DAY_MS,
    size: `to ${(pueLimit * over).toFixed(2)} in 8 days`,
    disturbances: [more(ground, 'dc-e-cooling', from, to, (at) => amount * Math.min(1, (at - from) / ramp))],
  }
}

function missedTarget(ground: Ground): Incident {
  const { usual, draw, start, end, aims } = ground
  const site = draw.one(aims)
  const meter = draw.one(
    usual.meters((entry) => {
      const { utility, role, use } = entry.meter
      return (
        entry.site.id === site &&
        utility === 'electricity' &&
        role === 'submeter' &&
        ['it', 'hvac', 'process', 'lighting'].includes(use ?? '')
      )
    }),
  )
  const from = Math.floor(draw.between(start + 40 * DAY_MS, start + 0.45 * (end - start)) / HOUR_MS) * HOUR_MS
  const supply = usual.meters(
    (one) => one.site.id === site && one.meter.utility === 'electricity' && one.meter.role === 'import',
  )[0] as string
  const share = draw.between(0.3, 0.4)
  const amount = usual.mean(supply, from) * share
  return {
    ...of(ground, meter, from, end),
    subjects: [...usual.above(meter), `target:${site}`],
    name: 'missed target',
    kinds: ['target-verdict'],
    withinMs: 95 * DAY_MS,
    size: `${percentOf(share)} of the site's electricity more`,
    disturbances: [more(ground, meter, from, end, () => amount)],
  }
}

function peak(ground: Ground): Incident {
  const { usual, draw, contractKw } = ground
  const meter = draw.one(
    usual.meters(({ meter: { utility, role } }) => utility === 'electricity' && role === 'import'),
  )
  const { calendar } = usual.entry(meter)
  let day = calendar.dayAt(instant(ground, 5, 6))
  while ((((day + 3) % 7) + 7) % 7 > 4) day += 1
  const from = calendar.hourOf(day, draw.whole(9, 16))
  const to = from + 3 * HOUR_MS
  const over = draw.between(1.06, 1.25)
  const target = contractKw(meter) * over
  const load = usual.meters(
    (one) =>
      one.site.id === usual.entry(meter).site.id &&
      one.meter.utility === 'electricity' &&
      one.meter.role === 'submeter',
  )
  const on = draw.one(load.filter((id) => !usual.meters((one) => one.meter.parent === id).length))
  return {
    ...of(ground, on, from, to),
    name: 'peak over contract',
    kinds: ['peak-demand'],
    withinMs: 6 * HOUR_MS,
    size: `${percentOf(over)} of the contract`,
    disturbances: [more(ground, on, from, to, (at) => Math.max(0, target - usual.hour(meter, at)))],
  }
}

function theft(ground: Ground): Incident {
  const { usual, draw } = ground
  const carriers = usual.meters(
    ({ meter }) =>
      meter.utility === 'electricity' && usual.meters((one) => one.meter.parent === meter.id).length > 0,
  )
  const meter = draw.one(carriers)
  const from = instant(ground, 3, 22)
  const to = from + draw.whole(14, 21) * DAY_MS
  const share = draw.between(0.05, 0.1)
  const amount = usual.mean(meter, from) * share
  return {
    ...of(ground, meter, from, to),
    name: 'unmetered draw',
    kinds: ['unmetered-remainder'],
    withinMs: 6 * DAY_MS,
    size: `${percentOf(share)} of the flow`,
    disturbances: [more(ground, meter, from, to, () => amount)],
  }
}

function clock(ground: Ground): Incident {
  const { draw, usual } = ground
  const meter = draw.one(usual.meters(() => true))
  const from = instant(ground, 3, 12)
  const to = from + draw.whole(2, 9) * DAY_MS
  const minutes = draw.whole(13, 55) * draw.one([1, -1])
  return {
    ...of(ground, meter, from, to),
    name: 'clock off',
    kinds: ['clock-off'],
    withinMs: 8 * HOUR_MS,
    size: `${minutes} min`,
    ...line(meter, from, to, { kind: 'clock', ms: minutes * 60_000 }),
  }
}

function resets(ground: Ground): Incident {
  const { draw, usual } = ground
  const meter = draw.one(
    usual.meters(
      ({ meter: { register, role, utility } }) =>
        register !== undefined &&
        role !== 'export' &&
        ['electricity', 'tap-water', 'natural-gas'].includes(utility),
    ),
  )
  const from = instant(ground, 3, 12)
  const count = draw.whole(4, 7)
  const faults = Array.from({ length: count }, (_, k): LineFault => {
    const at = Math.floor((from + (k + draw.between(0, 0.8)) * DAY_MS) / QUARTER_MS) * QUARTER_MS
    return { meter, from: at, to: at + QUARTER_MS, kind: 'reset' }
  })
  return {
    ...of(ground, meter, from, from + count * DAY_MS),
    name: 'repeated resets',
    kinds: ['meter-resets'],
    withinMs: 5 * DAY_MS,
    size: `${count} in ${count} days`,
    faults,
  }
}

function outOfHours(ground: Ground): Incident {
  const { draw, usual } = ground
  const meter = electric(ground, ['lighting', 'hvac', 'canteen', 'it'])
  const { calendar } = usual.entry(meter)
  let day = calendar.dayAt(instant(ground, 6, 8))
  const weekend = draw.between(0, 1) < 0.5
  while (weekend && (((day + 3) % 7) + 7) % 7 !== 5) day += 1
  const from = calendar.hourOf(day, weekend ? 9 : 22)
  const to = from + (weekend ? 32 : 8) * HOUR_MS
  const share = draw.between(0.8, 1.4)
  const amount = usual.mean(meter, from) * share
  return {
    ...of(ground, meter, from, to),
    name: weekend ? 'on over the weekend' : 'on by night',
    kinds: ['consumption-band'],
    withinMs: 9 * HOUR_MS,
    size: `${percentOf(share)} of the mean hour`,
    disturbances: [more(ground, meter, from, to, () => amount)],
  }
}
