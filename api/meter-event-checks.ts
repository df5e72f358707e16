import type { z } from 'zod'
import type { MeterEvent, MeterEventKind, Occurrence } from '../core/meter-event.ts'
import { type MeterRule, ruleOf } from '../core/meter-rule.ts'
import type { MeterEntry } from '../core/organisation-index.ts'
import { keptSpans, OLDEST_YEAR, yearsText } from '../core/retention.ts'
import { HOUR_MS } from '../core/window.ts'
import { type Context, rfc3339 } from './context.ts'
import { instantOf } from './instant.ts'
import { Problem } from './problems.ts'
import type { newMeterEvent } from './schemas.ts'

type Body = z.infer<typeof newMeterEvent>
const fields = ['closing', 'opening', 'multiplier', 'to', 'value'] as const
type Field = (typeof fields)[number]

/** What the kinds need, and what they take besides. */
const kinds: Readonly<Record<MeterEventKind, { needs: readonly Field[]; takes: readonly Field[] }>> = {
  replacement: { needs: [], takes: ['closing', 'opening', 'multiplier', 'to'] },
  reset: { needs: [], takes: ['closing', 'opening'] },
  rollover: { needs: [], takes: [] },
  multiplier: { needs: ['multiplier'], takes: [] },
  correction: { needs: ['to', 'value'], takes: [] },
  exclude: { needs: [], takes: ['to'] },
}
const kindsOfGauge: readonly MeterEventKind[] = ['correction', 'exclude']

/** The clock of whoever declares something may be ahead by so much. */
const GRACE_MS = 10 * 60_000
const TIMES = ['RFC 3339 with a zone', 'epoch milliseconds']

/** What a body declares. Throws a Problem that names the field and what is accepted. */
export async function checkedOccurrence(
  body: Body,
  context: Context,
  events: readonly MeterEvent[],
): Promise<Occurrence> {
  const { entry, rule } = meterNamed(body.meter, context)
  checkFields(body, rule)
  const now = context.clock()
  const at = checkedInstant('at', body.at, now)
  const to = body.to === undefined ? undefined : checkedInstant('to', body.to, now)
  if (to !== undefined && to <= at)
    throw Problem.badField('to', `"${body.to}" does not come after "${body.at}".`)
  checkFaces(body, rule)
  await checkKept(at, to ?? at, entry, context)
  const { meter, kind, closing, opening, multiplier, value } = body
  const stated = { closing, opening, multiplier, to, value }
  const known = Object.entries(stated).filter(([, one]) => one !== undefined)
  const occurrence = { meter, at, kind, ...Object.fromEntries(known) } as Occurrence
  if (occurrence.kind === 'correction') checkCorrection(occurrence, rule, events)
  if (occurrence.kind === 'exclude' && to === undefined) await checkReadingAt(meter, at, context)
  return occurrence
}

function meterNamed(id: string, { organisation }: Context): { entry: MeterEntry; rule: MeterRule } {
  const entry = organisation.meters.get(id)
  if (entry === undefined) throw Problem.notFound('meter', id, [...organisation.meters.keys()])
  const rule = ruleOf(entry.meter, entry.calendar)
  if (rule === undefined)
    throw Problem.badField('meter', `"${id}" is virtual: it has no readings, and nothing happens to it.`, [
      'a meter of its formula',
    ])
  return { entry, rule }
}

function checkFields(body: Body, rule: MeterRule): void {
  const { kind } = body
  if (rule.kind === 'gauge' && !kindsOfGauge.includes(kind))
    throw Problem.badField('kind', `A gauge has no face, so it has no ${kind}.`, kindsOfGauge)
  if (rule.isMean && kind !== 'exclude')
    throw Problem.badField('kind', 'A sensor has no consumption to correct.', ['exclude'])
  if (kind === 'rollover' && rule.modulus === null)
    throw Problem.badField('kind', 'A rollover needs the "digits" of the register in organisation.yaml.')
  const { needs, takes } = kinds[kind]
  for (const field of needs) {
    if (body[field] === undefined) throw Problem.badField(field, `The kind "${kind}" needs it.`)
  }
  const accepted = [...needs, ...takes]
  for (const field of fields) {
    if (body[field] !== undefined && !accepted.includes(field))
      throw Problem.badField(field, `The kind "${kind}" does not take it.`, [...accepted, 'by', 'note'])
  }
}

function checkedInstant(field: 'at' | 'to', stated: string | number, now: number): number {
  const instant = typeof stated === 'number' ? stated : instantOf(stated)
  if (instant === undefined || !Number.isInteger(instant))
    throw Problem.badField(field, `"${stated}" is no time.`, TIMES)
  if (instant < Date.UTC(OLDEST_YEAR, 0, 1))
    throw Problem.badField(field, `"${stated}" lies before ${OLDEST_YEAR}.`, TIMES)
  if (instant > now + GRACE_MS)
    throw Problem.badField(field, `"${stated}" lies in the future.`, [`up to ${rfc3339(now)}`])
  return instant
}

function checkFaces(body: Body, { modulus, readingUnit }: MeterRule): void {
  const most = modulus ?? Number.POSITIVE_INFINITY
  for (const field of ['closing', 'opening'] as const) {
    const face = body[field]
    if (face === undefined || (face >= 0 && face < most)) continue
    const digits = modulus === null ? '' : ` and below ${modulus}, as its digits have it`
    throw Problem.badField(field, `${face} is no face of this meter.`, [`${readingUnit} from 0${digits}`])
  }
}

/** Years whose readings are gone cannot be reckoned anew. */
async function checkKept(at: number, to: number, { calendar }: MeterEntry, context: Context): Promise<void> {
  const years = await context.forgottenYears()
  if (keptSpans(years, calendar).some(({ start, end }) => start <= at && at < end && to <= end)) return
  throw Problem.badField(
    'at',
    `It reaches into a year whose readings are forgotten (${yearsText(years)}); the figures of such a year stay as they are.`,
  )
}

function checkCorrection(
  { meter, at, to, value }: Extract<Occurrence, { kind: 'correction' }>,
  { limitPerHour, unit }: MeterRule,
  events: readonly MeterEvent[],
): void {
  const most = (limitPerHour * (to - at)) / HOUR_MS
  if (value > most)
    throw Problem.badField(
      'value',
      `${value} ${unit} is more than its limitPerHour of ${limitPerHour} ${unit} lets through in that time.`,
      [`0 to ${most} ${unit}`],
    )
  const standing = events.find(
    ({ occurrence, reversed }) =>
      reversed === null &&
      occurrence.kind === 'correction' &&
      occurrence.meter === meter &&
      occurrence.at < to &&
      occurrence.to > at,
  )
  if (standing?.occurrence.kind !== 'correction') return
  const span = `${rfc3339(standing.occurrence.at)} to ${rfc3339(standing.occurrence.to)}`
  throw Problem.conflict(
    'overlap',
    'Two corrections overlap',
    'at',
    `Correction "${standing.id}" is in force from ${span}. Take it back first.`,
  )
}

async function checkReadingAt(meter: string, at: number, { store }: Context): Promise<void> {
  if ((await store.readings(meter, at, at + 1, 1)).at.length > 0) return
  const nearest = [await store.readingBefore(meter, at), await store.readingFrom(meter, at)]
  const known = nearest.flatMap((instant) => (instant === null ? [] : [rfc3339(instant)]))
  throw Problem.badField(
    'at',
    `"${meter}" has no reading at ${rfc3339(at)}; state "to" to exclude a span.`,
    known.length > 0 ? known : undefined,
  )
}
