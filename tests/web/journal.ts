/** A journal of meter events in memory, as refusing as the real one where the page's tests look. */
export interface Journal {
  rows(meter: string): EventRow[]
  declare(body: Record<string, unknown>): Kept
  takeBack(id: string, by: string, note: string): Kept
  excluded(meter: string, at: number): boolean
}

type Kept =
  | { readonly event: EventRow }
  | { readonly errors: readonly { readonly field: string; readonly message: string }[] }

interface EventRow extends Record<string, unknown> {
  readonly id: string
  readonly meter: string
  readonly at: string
  readonly kind: string
  reversed: { by: string; note: string; at: string } | null
}

const NOW = '2026-11-21T02:00:00Z'

const needed: Record<string, readonly string[]> = {
  multiplier: ['multiplier'],
  correction: ['to', 'value'],
}

export function journal(): Journal {
  const all: EventRow[] = []
  return {
    rows: (meter) => all.filter((event) => event.meter === meter),
    declare(body) {
      const errors = Object.entries(body).flatMap(([field, value]) =>
        ['closing', 'opening', 'multiplier', 'value'].includes(field) && typeof value !== 'number'
          ? [{ field, message: `Expected a number, received "${value}"` }]
          : [],
      )
      for (const field of needed[String(body.kind)] ?? []) {
        if (body[field] === undefined) errors.push({ field, message: `A ${body.kind} needs it` })
      }
      if (errors.length > 0) return { errors }
      const { meter, at, kind } = body as { meter: string; at: string; kind: string }
      const id = `event-${all.length + 1}`
      const event: EventRow = { ...body, id, meter, at, kind, enteredAt: NOW, reversed: null }
      all.push(event)
      return { event }
    },
    takeBack(id, by, note) {
      const event = all.find((one) => one.id === id)
      if (event === undefined) return { errors: [{ field: 'id', message: `There is no event "${id}"` }] }
      event.reversed = { by, note, at: NOW }
      return { event }
    },
    excluded: (meter, at) =>
      all.some(
        (event) =>
          event.kind === 'exclude' &&
          event.reversed === null &&
          event.meter === meter &&
          Date.parse(event.at) === at,
      ),
  }
}
