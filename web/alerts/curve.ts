import type { AlertAnswer, ConsumptionRow } from '../answers.ts'
import type { Lines } from '../plot/lines.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
/** Beyond this hours are too many to be told apart. */
const MOST_HOURS = 14 * DAY_MS

/** What is drawn around an alert. */
export interface Curve {
  readonly unit: string
  readonly lines: Lines
}

/** What to ask the consumption for, so that some of the time before is seen too; undefined where there is none to ask. */
export function consumptionAround(alert: AlertAnswer, now: number): string | undefined {
  const [kind] = alert.subject.split(':')
  if (kind !== 'meter' && (alert.utility === null || (kind !== 'site' && kind !== 'area'))) return undefined
  const since = Date.parse(alert.since)
  const end = alert.resolvedAt === null ? now : Math.min(Date.parse(alert.resolvedAt) + 12 * HOUR_MS, now)
  const from = since - Math.min(Math.max(end - since, 2 * DAY_MS), 14 * DAY_MS)
  const grain = end - from > MOST_HOURS ? 'day' : 'hour'
  const hour = (at: number) => new Date(Math.floor(at / HOUR_MS) * HOUR_MS).toISOString()
  const asked = new URLSearchParams({ scope: alert.subject, grain, from: hour(from), to: hour(end) })
  if (alert.utility !== null && kind !== 'meter') asked.set('utility', alert.utility)
  return `consumption?${asked}`
}

/** The course that the rule saw, within the consumption around it where both are of one kind. */
export function curveOf(
  { kind, course, since, resolvedAt, limit: stated, unit }: AlertAnswer,
  rows: readonly ConsumptionRow[],
  zone: string,
  now: number,
): Curve | undefined {
  // A band has another limit at every hour: its edge.
  const limit = kind === 'consumption-band' ? null : stated
  const shaded = {
    from: Date.parse(since) / 1000,
    to: (resolvedAt === null ? now : Date.parse(resolvedAt)) / 1000,
  }
  const [first] = rows
  const stepMs = first === undefined ? 0 : Date.parse(first.end) - Date.parse(first.start)
  const fits = course !== null && first?.unit === course.unit && stepMs === course.stepMs
  if (course !== null && !fits) {
    const at = course.values.map((_, i) => (Date.parse(course.from) + i * course.stepMs) / 1000)
    const band =
      course.low === undefined && course.high === undefined
        ? undefined
        : closed({ low: course.low ?? at.map(() => 0), high: course.high ?? at.map(() => null) })
    return {
      unit: course.unit,
      lines: {
        at: past(at, course.stepMs / 1000),
        lines: [{ values: held(course.values), look: 'actual', stepped: true }],
        ...(band !== undefined && { band }),
        shaded,
        ...(unit === course.unit && { limit }),
        zone,
      },
    }
  }
  if (first === undefined) return undefined
  const at = rows.map((row) => Date.parse(row.start) / 1000)
  const from = course === null ? 0 : Date.parse(course.from) / 1000
  const inBand = (list: readonly (number | null)[] | undefined) =>
    at.map((place) => list?.[Math.round((place - from) / (stepMs / 1000))] ?? null)
  return {
    unit: first.unit,
    lines: {
      at: past(at, stepMs / 1000),
      lines: [{ values: held(rows.map((row) => row.value)), look: 'actual', stepped: true }],
      ...(course?.high !== undefined && {
        band: closed({
          low: course.low === undefined ? at.map(() => 0) : inBand(course.low),
          high: inBand(course.high),
        }),
      }),
      shaded,
      ...(unit === first.unit && { limit }),
      zone,
    },
  }
}

/** The end of the last step, so that it is drawn to its end. */
function past(at: readonly number[], step: number): number[] {
  const last = at.at(-1)
  return last === undefined ? [] : [...at, last + step]
}

function held(values: readonly (number | null)[]): (number | null)[] {
  return [...values, values.at(-1) ?? null]
}

function closed({ low, high }: { low: readonly (number | null)[]; high: readonly (number | null)[] }) {
  return { low: held(low), high: held(high), stepped: true }
}
