import type { Course, Pause } from '../alert.ts'
import type { Rule } from '../alert-rules.ts'
import { DAY_MS } from '../calendar.ts'
import { METERED } from '../hour-series.ts'
import type { Observation } from '../observation.ts'
import { isPlanned, outagesOf } from '../pause.ts'
import { median } from '../robust.ts'
import { HOUR_MS } from '../window.ts'
import type { Price } from './excess.ts'
import { Peers } from './peers.ts'
import { meanOf, type Usual, usualAt } from './usual.ts'
import { amountText, called, percent, round, type Watched, type WatchedZone } from './watched.ts'

/** Of the middle to either side. */
const SPREADS = 4
/** Below the usual it takes more: holidays and mild days are low. */
const LOW_SHARE = 0.5
/** An hour must lie so far beyond all like hours before it. */
const RECORD = 1.1
/** Of the meter's mean hour: less is not worth a word. */
const LEAST_OF_MEAN = 0.1
const LIKE_HOURS = 4
/** Another kind of day fits the site's meters so much better that it is one, as a weekend that is worked. */
const FITS_BETTER = 0.6
const FAR_OFF = 0.7
/** The meter's own level of late: over two days, without the last hours. */
const OWN_HOURS = 60
const NOT_THE_LAST = 12
const COURSE_HOURS = 72
/** What a meter did of late is known of it: only so many times as much is worth another word. */
const KNOWN_FOR_MS = 14 * DAY_MS
const KNOWN_MORE = 1.5

const KINDS = [0, 1, 2] as const
const kindNames = { en: ['a workday', 'a Saturday', 'a Sunday'], zh: ['工作日', '周六', '周日'] }

interface Judged extends Watched {
  readonly value: number
  readonly mean: number
  readonly usual: readonly Usual[]
}

/** What one zone remembers between hours: how each site's days fit the kinds of day, and how meters strayed of late. */
export class BandMemory {
  readonly fits = new Map<string, { day: number; cost: [number, number, number] }>()
  readonly strayed = new Map<string, number[]>()
  /** By meter: the hours that it was out of its band, and how far. */
  readonly out = new Map<string, { at: number; beyond: number }[]>()

  /** Whether a meter went about as far to the same side of late, for long enough to be told; remembers this hour. */
  isKnown(meter: string, at: number, beyond: number, forMs: number): boolean {
    const late = (this.out.get(meter) ?? []).filter((hour) => hour.at >= at - KNOWN_FOR_MS)
    this.out.set(meter, [...late, { at, beyond }])
    // What goes on is told as one: the hours of the last day are of the same.
    const alike = late.filter((hour) => hour.at <= at - DAY_MS && isAlike(beyond, hour.beyond))
    return alike.length * HOUR_MS >= Math.max(HOUR_MS, forMs)
  }
}

function isAlike(beyond: number, before: number): boolean {
  return Math.sign(before) === Math.sign(beyond) && beyond / before <= KNOWN_MORE
}

/**
 * Consumption out of its band for the hour of the clock and the kind of day: by more than `above` (a share) and four
 * spreads from the middle of the six weeks before, and beyond everything in them. What the site's other meters, or
 * those of the same use elsewhere, do at the same time, or the meter itself does at all hours for days, is weather
 * or a holiday: such an hour is neither out nor in; nor is one that is out as far as another day was of late, as when a
 * season begins. Generation and rain go by the sky and have no band.
 */
export function bands(
  rule: Rule,
  zone: WatchedZone,
  { at, pauses, price }: { at: number; pauses: readonly Pause[]; price: Price },
  memory: BandMemory,
): Observation[] {
  const { clock } = zone
  const i = clock.day.length - 1
  const judged = zone.meters
    .filter(({ entry: { meter } }) => meter.role === 'import' || meter.role === 'submeter')
    .filter(({ entry: { meter } }) => meter.utility !== 'rainwater')
    .map((one): Judged => {
      const { values, marks } = one.series
      return {
        ...one,
        value: marks[i] === METERED ? (values[i] as number) : Number.NaN,
        mean: meanOf(one.series),
        usual: KINDS.map((kind) => usualAt(one.series, clock, i, kind)),
      }
    })
  const today = { day: clock.day[i] as number, kind: clock.kind[i] as number }
  const kindAt = kindsOf(judged, today, memory)
  const ratios = new Map(judged.map((one) => [one, ratioOf(one, one.usual[kindAt(one)] as Usual)]))
  const peers = new Peers(judged.map((one) => ({ entry: one.entry, ratio: ratios.get(one) as number })))
  return judged.map((one) => {
    const kind = kindAt(one)
    const usual = one.usual[kind] as Usual
    const { entry, value, mean, rule: own } = one
    const ratio = ratios.get(one) as number
    const strayed = memory.strayed.get(entry.meter.id) ?? []
    if (!Number.isNaN(ratio)) memory.strayed.set(entry.meter.id, [...strayed.slice(-OWN_HOURS), ratio])
    const known = !Number.isNaN(ratio) && usual.count >= LIKE_HOURS && mean > 0
    const planned = isPlanned(outagesOf(pauses, entry.site.id, entry.meter.id), at - HOUR_MS, at)
    const least = mean * LEAST_OF_MEAN
    const share = rule.above as number
    const width = (middle: number, side: number) =>
      Math.max(SPREADS * usual.spread, side * Math.max(0, middle)) + least
    const commons = [1, ...peers.ratiosFor(entry), levelOf(strayed)]
    const high = (common: number) => {
      const middle = (usual.middle + least) * common - least
      return middle + width(middle, share)
    }
    const low = (common: number) => {
      const middle = (usual.middle + least) * common - least
      return middle - width(middle, LOW_SHARE)
    }
    const lowest = Math.min(...one.usual.map((of) => of.lowest))
    const plainHigh = value > high(1)
    const plainLow = value < low(1)
    const outHigh = commons.every((common) => value > high(common)) && value > usual.highest * RECORD
    const outLow = commons.every((common) => value < low(common)) && value * RECORD < lowest
    const nearly = value > usual.middle + width(usual.middle, rule.clear) || plainLow
    const isOut = known && !planned && (outHigh || outLow)
    const isNew = isOut && !memory.isKnown(entry.meter.id, at, value - usual.middle, rule.forMs)
    const seen =
      !known || planned ? 'unknown' : isNew ? 'breach' : isOut || plainHigh || nearly ? 'between' : 'clear'
    const name = called(entry)
    const limit = plainLow ? low(1) : high(1)
    const less = value < usual.middle
    // Of what usually rests there is no share.
    const apart = usual.middle > least ? percent(Math.abs(value / usual.middle - 1)) : undefined
    return {
      subject: `meter:${entry.meter.id}`,
      site: entry.site.id,
      utility: entry.meter.utility,
      seen,
      at,
      since: at - HOUR_MS,
      value: known ? value : null,
      limit: known ? limit : null,
      unit: own.unit,
      summary: {
        en: `${name.en} used ${amountText(value, own.unit, 'en')} in an hour; at this hour of ${kindNames.en[kind]} ${round(usual.middle)} is usual, at ${plainLow ? 'least' : 'most'} ${round(limit)}${apart === undefined ? '' : ` (${apart} ${less ? 'less' : 'more'} than usual)`}.`,
        zh: `${name.zh}该小时用量 ${amountText(value, own.unit, 'zh')}；${kindNames.zh[kind]}同一时段通常为 ${round(usual.middle)}，${plainLow ? '下限' : '上限'} ${round(limit)}${apart === undefined ? '' : `（比通常${less ? '低' : '高'} ${apart}）`}。`,
      },
      advice: plainLow
        ? {
            en: 'Less than ever at this hour: a part that is off, or a supply that is missing. Ask on site.',
            zh: '低于同时段历史水平：可能有设备停运或供应中断，请现场核实。',
          }
        : {
            en: 'More than ever at this hour: look for what runs outside its hours, by the submeters below it first.',
            zh: '高于同时段历史水平：请先从下级表计查找非工作时段运行的设备。',
          },
      cost: known && value > usual.middle ? price(entry, value - usual.middle, own.unit, at) : {},
      ...(seen === 'breach' && { course: courseOf(one, zone, usual, width(usual.middle, share), own.unit) }),
    }
  })
}

function ratioOf({ value, mean }: Judged, { middle }: Usual): number {
  const least = mean * LEAST_OF_MEAN
  return (value + least) / (middle + least)
}

/** The kind of day that a site's meters run as: the calendar's, unless another fits most of them much better. */
function kindsOf(judged: readonly Judged[], today: { day: number; kind: number }, memory: BandMemory) {
  const bySite = new Map<string, Judged[]>()
  for (const one of judged) bySite.set(one.entry.site.id, [...(bySite.get(one.entry.site.id) ?? []), one])
  const kinds = new Map<string, number>()
  for (const [site, meters] of bySite) {
    const before = memory.fits.get(site)
    const cost: [number, number, number] = before?.day === today.day ? before.cost : [0, 0, 0]
    for (const kind of KINDS) {
      const offs = meters
        .map((one) => Math.abs(Math.log(ratioOf(one, one.usual[kind] as Usual))))
        .filter((off) => !Number.isNaN(off))
      if (offs.length > 0)
        cost[kind] += offs.reduce((sum, off) => sum + Math.min(FAR_OFF, off), 0) / offs.length
    }
    memory.fits.set(site, { day: today.day, cost })
    const own = cost[today.kind as 0 | 1 | 2]
    const best = KINDS.reduce<number>(
      (least, kind) => (cost[kind] < (cost[least as 0 | 1 | 2] ?? 0) ? kind : least),
      today.kind,
    )
    kinds.set(site, (cost[best as 0 | 1 | 2] ?? 0) < FITS_BETTER * own ? best : today.kind)
  }
  return ({ entry }: Judged) => kinds.get(entry.site.id) ?? today.kind
}

function levelOf(strayed: readonly number[]): number {
  const late = strayed.slice(0, -NOT_THE_LAST)
  return late.length < NOT_THE_LAST ? 1 : median(late)
}

/** The last three days, with the band of each hour as far as the last one tells it. */
function courseOf(one: Judged, zone: WatchedZone, usual: Usual, width: number, unit: string): Course {
  const { series } = one
  const length = series.values.length
  const from = length - COURSE_HOURS
  const hours = Array.from({ length: COURSE_HOURS }, (_, k) => from + k)
  const of = (i: number) => usualAt(series, zone.clock, i, zone.clock.kind[i] as number)
  const shown = (value: number) => (Number.isFinite(value) ? Number(value.toPrecision(5)) : null)
  const middles = hours.map((i) => (i === length - 1 ? usual : of(i)).middle)
  return {
    unit,
    from: series.first + from * HOUR_MS,
    stepMs: HOUR_MS,
    values: hours.map((i) => shown(series.values[i] as number)),
    low: middles.map((middle) => shown(Math.max(0, middle - width))),
    high: middles.map((middle) => shown(middle + width)),
  }
}
