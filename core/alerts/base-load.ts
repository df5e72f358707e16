import type { Pause } from '../alert.ts'
import { against, type Rule } from '../alert-rules.ts'
import type { LocalDay } from '../calendar.ts'
import { dayBase } from '../day-base.ts'
import { METERED } from '../hour-series.ts'
import type { Observation } from '../observation.ts'
import { isPlanned, outagesOf } from '../pause.ts'
import { perHour } from '../quantity.ts'
import { median, spread } from '../robust.ts'
import { HOUR_MS } from '../window.ts'
import type { Price } from './excess.ts'
import { Peers } from './peers.ts'
import { amountText, called, percent, round, type Watched, type WatchedZone } from './watched.ts'

/** It must be up on each of so many days. */
export const DAYS = 3
/** What is usual is asked of so many days before those. */
const BEFORE = 21
/** And of so many at least. */
const LEAST = 10
const SPREADS = 4

/** A day's base of a meter, per hour in its unit; NaN where too little of it was metered. */
export function basesOf({ series }: Watched, { clock }: WatchedZone, last: LocalDay, days: number): number[] {
  const hours = Array.from({ length: days }, (): number[] => [])
  for (let i = 0; i < series.values.length; i += 1) {
    const back = last - (clock.day[i] as number)
    if (back < 0 || back >= days || series.marks[i] !== METERED) continue
    hours[back]?.push(series.values[i] as number)
  }
  return hours.map(dayBase)
}

interface Base {
  readonly watched: Watched
  /** The least of the last days, what was usual before them, how far that strays, and its highest. */
  readonly now: number
  readonly usual: number
  readonly spread: number
  readonly highest: number
}

/**
 * Base load that is up: on each of the last three days the least that a meter of electricity or gas ran at lay more
 * than `above` (a share) over what was usual in the three weeks before, and above all of those. What most meters of
 * the site, or most of the same use elsewhere, do as well is weather or a holiday and no fault of one of them.
 */
export function baseLoads(
  rule: Rule,
  zone: WatchedZone,
  day: LocalDay,
  { at, pauses, price }: { at: number; pauses: readonly Pause[]; price: Price },
): Observation[] {
  const bases = zone.meters
    .filter(({ entry: { meter } }) => ['electricity', 'natural-gas'].includes(meter.utility))
    .filter(({ entry: { meter } }) => meter.role === 'import' || meter.role === 'submeter')
    .map((watched): Base => {
      const list = basesOf(watched, zone, day, DAYS + BEFORE)
      const late = list.slice(0, DAYS)
      const known = list.slice(DAYS).filter((base) => !Number.isNaN(base))
      const usual = known.length < LEAST ? Number.NaN : median(known)
      const now = late.some(Number.isNaN) ? Number.NaN : Math.min(...late)
      return { watched, now, usual, spread: spread(known, usual), highest: Math.max(...known) }
    })
  const peers = new Peers(
    bases.map(({ watched, now, usual }) => ({
      entry: watched.entry,
      ratio: usual > 0 ? now / usual : Number.NaN,
    })),
  )
  return bases.map((base) => {
    const { watched, now, usual } = base
    const { entry, rule: own } = watched
    const common = Math.max(1, ...peers.ratiosFor(entry))
    const rise = now / usual / common - 1
    const planned = isPlanned(outagesOf(pauses, entry.site.id, entry.meter.id), at - DAYS * 24 * HOUR_MS, at)
    const known = Number.isFinite(rise) && usual > 0 && !planned
    const judged = known ? against(rise, rule) : 'unknown'
    const record = now > base.highest * 1.03 && now > (usual + SPREADS * base.spread) * common
    const name = called(entry)
    const unit = perHour(own.unit)
    const excess = (now - usual * common) * DAYS * 24
    return {
      subject: `meter:${entry.meter.id}`,
      site: entry.site.id,
      utility: entry.meter.utility,
      seen: judged === 'breach' && !record ? 'between' : judged,
      at,
      since: at - DAYS * 24 * HOUR_MS,
      value: Number.isNaN(now) ? null : now,
      limit: known ? usual * common * (1 + (rule.above as number)) : null,
      unit,
      summary: {
        en: `${name.en} never ran below ${amountText(now, unit, 'en')} in the last ${DAYS} days; ${round(usual)} was usual (${percent(rise)} more).`,
        zh: `${name.zh}近 ${DAYS} 天最低负荷为 ${amountText(now, unit, 'zh')}，平时为 ${round(usual)}（高出 ${percent(rise)}）。`,
      },
      advice: {
        en: 'Look for what runs by night since then: a device that no longer switches off, a changed timer, a new load.',
        zh: '请查找此后夜间持续运行的设备：未关停的设备、被改动的定时或新增负荷。',
      },
      cost: known && rise > 0 ? price(entry, excess, own.unit, at) : {},
    }
  })
}
