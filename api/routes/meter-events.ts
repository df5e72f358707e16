import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { touchedByOccurrence } from '../../core/event-window.ts'
import { eventsOf, type JournalRecord, type MeterEvent, type Occurrence } from '../../core/meter-event.ts'
import type { Window } from '../../core/window.ts'
import { type Context, pageOf, rfc3339 } from '../context.ts'
import { checkedOccurrence } from '../meter-event-checks.ts'
import { Problem } from '../problems.ts'
import { meterEventRow, newMeterEvent, page } from '../schemas.ts'
import { turns } from '../turns.ts'
import type { App } from '../typed.ts'

export function meterEventsRoutes(app: App, context: Context): void {
  const { store, organisation, clock, wake } = context
  // What is checked against the journal must still hold when it is appended.
  const inTurn = turns()

  /** The window of an occurrence, beside what else is in force of its meter. */
  async function windowOf(occurrence: Occurrence, events: readonly MeterEvent[]): Promise<Window> {
    const others = events.filter(
      (event) =>
        event.reversed === null &&
        event.occurrence !== occurrence &&
        event.occurrence.meter === occurrence.meter,
    )
    const newest = (await store.lastReadings()).get(occurrence.meter)?.at
    return touchedByOccurrence(
      occurrence,
      others.map((event) => event.occurrence),
      newest,
    )
  }

  /** Appends a record and has its hours reckoned anew. */
  async function append(
    record: JournalRecord,
    occurrence: Occurrence,
    events: readonly MeterEvent[],
  ): Promise<void> {
    const window = await windowOf(occurrence, events)
    await store.addToJournal(record, [window])
    wake()
    // Newer readings that came meanwhile may have been reckoned without it.
    const grown = await windowOf(occurrence, events)
    if (grown.to === window.to) return
    await store.touch([grown])
    wake()
  }

  app.post(
    '/meter-events',
    {
      schema: {
        tags: ['meter events'],
        summary: 'Declare what happened to a meter, or decide about its readings; appended to the journal',
        description:
          'The figures that hang on it are reckoned anew at once. Nothing is changed in the readings, and nothing in the journal: an event is taken back with DELETE, and declared again with another POST.',
        body: newMeterEvent,
        response: { 201: meterEventRow },
      },
    },
    ({ body }, reply) =>
      inTurn(async () => {
        const events = eventsOf(await store.journal())
        const occurrence = await checkedOccurrence(body, context, events)
        const event = { id: randomUUID(), occurrence, by: body.by, note: body.note, enteredAt: clock() }
        await append(event, occurrence, events)
        return reply.code(201).send(rowOf({ ...event, reversed: null }))
      }),
  )
  app.get(
    '/meter-events',
    {
      schema: {
        tags: ['meter events'],
        summary: 'The journal of meter events, newest entry first; those that were taken back as well',
        querystring: z.object({
          meter: z.string().optional(),
          limit: z.coerce.number().int().min(1).max(10_000).default(1000),
          after: z.string().optional(),
        }),
        response: { 200: page(meterEventRow) },
      },
    },
    async ({ query: { meter, limit, after } }) => {
      const all = eventsOf(await store.journal()).reverse()
      const ofMeter = meter === undefined ? all : all.filter(({ occurrence }) => occurrence.meter === meter)
      // A meter that was taken out of the configuration keeps its journal.
      if (meter !== undefined && ofMeter.length === 0 && !organisation.meters.has(meter))
        throw Problem.notFound('meter', meter, [...organisation.meters.keys()])
      const { rows, next } = pageOf(ofMeter, ({ id }) => id, limit, after)
      return { rows: rows.map(rowOf), next }
    },
  )
  app.delete(
    '/meter-events/:id',
    {
      schema: {
        tags: ['meter events'],
        summary: 'Take an event back: a reversal is appended, and nothing is deleted',
        params: z.object({ id: z.string() }),
        querystring: z.strictObject({
          by: z.string().max(200).default('').describe('Who says so'),
          note: z.string().max(2000).default(''),
        }),
        response: { 200: meterEventRow },
      },
    },
    ({ params, query: { by, note } }) =>
      inTurn(async () => {
        const events = eventsOf(await store.journal())
        const event = events.find(({ id }) => id === params.id)
        if (event === undefined) {
          const inForce = events.filter(({ reversed }) => reversed === null)
          throw Problem.notFound(
            'event',
            params.id,
            inForce.map(({ id }) => id),
          )
        }
        if (event.reversed !== null) throw takenBack(event.id, event.reversed.enteredAt)
        const reversed = { by, note, enteredAt: clock() }
        await append({ id: randomUUID(), reverses: event.id, ...reversed }, event.occurrence, events)
        return rowOf({ ...event, reversed })
      }),
  )
}

function takenBack(id: string, at: number): Problem {
  return Problem.conflict(
    'taken-back',
    'It is taken back already',
    'id',
    `Event "${id}" was taken back at ${rfc3339(at)}. To put it in force again, declare it again.`,
  )
}

function rowOf({ id, occurrence, by, note, enteredAt, reversed }: MeterEvent): z.infer<typeof meterEventRow> {
  const { at, ...declared } = occurrence
  const { to, ...stated } = { to: undefined, ...declared }
  return {
    id,
    ...stated,
    at: rfc3339(at),
    ...(to !== undefined && { to: rfc3339(to) }),
    by,
    note,
    enteredAt: rfc3339(enteredAt),
    reversed: reversed && { by: reversed.by, note: reversed.note, at: rfc3339(reversed.enteredAt) },
  }
}
