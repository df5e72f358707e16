import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { z } from 'zod'
import { isMaterial, percentOf, type Values } from '../../core/restatement.ts'
import type { Kept, LedgerRow } from '../../reports/ledger.ts'
import type { PublishedFigure } from '../../reports/publication.ts'
import { type Context, rfc3339 } from '../context.ts'
import { Problem } from '../problems.ts'
import { publishable } from '../publishable.ts'
import { newPublication, page, publicationAnswer, publicationRow, restatementRow } from '../schemas.ts'
import type { App } from '../typed.ts'

const ZIP = 'application/zip'

export function publicationsRoutes(app: App, context: Context): void {
  const { publications } = context

  async function named(id: string): Promise<Kept> {
    const all = await publications.all()
    const kept = all.find(({ publication }) => publication.id === id)
    if (kept !== undefined) return kept
    throw Problem.notFound(
      'publication',
      id,
      all.map(({ publication }) => publication.id),
    )
  }

  app.post(
    '/publications',
    {
      schema: {
        tags: ['publications'],
        summary: 'Freeze the figures of a boundary and a year, with all that they rest on',
        description: 'Appended, never changed and never deleted. What changes later shows as a restatement.',
        body: newPublication,
        response: { 201: publicationRow },
      },
    },
    async ({ body }, reply) => {
      const place = await publishable(body, context)
      const running = place.boundary.sites.some(
        ({ calendar }) => place.year.spanAt(calendar).end > context.clock(),
      )
      const { by, note } = body
      const kept = await publications.publish(place, { by, note, interim: running })
      return reply.code(201).send(rowOf(kept, []))
    },
  )
  app.get(
    '/publications',
    {
      schema: {
        tags: ['publications'],
        summary: 'What was published, oldest first, with what was restated since',
        response: {
          200: page(publicationRow).extend({
            damaged: z
              .array(z.object({ id: z.string(), reason: z.string() }))
              .describe('Files that cannot be read: restore them from a backup'),
          }),
        },
      },
    },
    async () => {
      await publications.look()
      const all = await publications.all()
      const rows = await Promise.all(all.map(async (kept) => rowOf(kept, await publications.ledger(kept))))
      const damaged = [...publications.damaged].map(([id, reason]) => ({ id, reason }))
      return { rows, next: null, damaged }
    },
  )
  app.get(
    '/publications/:id',
    {
      schema: {
        tags: ['publications'],
        summary: 'The figures as published, beside the same as known today',
        params: z.object({ id: z.string() }),
        response: { 200: publicationAnswer },
      },
    },
    async ({ params }) => {
      const kept = await named(params.id)
      await publications.look()
      const today = await publications.today(kept)
      return {
        ...rowOf(kept, await publications.ledger(kept)),
        rows: kept.figures.map((one) => besideToday(one, today)),
      }
    },
  )
  app.get(
    '/publications/:id/bundle',
    {
      schema: {
        tags: ['publications'],
        summary: 'The publication as a ZIP file that "wattwell verify" recomputes',
        params: z.object({ id: z.string() }),
        response: { 200: { description: 'The file', content: { [ZIP]: { schema: z.any() } } } },
      },
    },
    async ({ params }, reply) => {
      const { publication } = await named(params.id)
      const path = publications.bundlePath(publication.id)
      const { size } = await stat(path)
      return reply
        .type(ZIP)
        .header('content-disposition', `attachment; filename="${publication.id}.zip"`)
        .header('content-length', size)
        .send(createReadStream(path))
    },
  )
  app.get(
    '/restatements',
    {
      schema: {
        tags: ['publications'],
        summary: 'The ledger of restatements: cause, old, new and percent of each figure',
        querystring: z.object({ publication: z.string().optional().describe('All where left out') }),
        response: { 200: page(restatementRow) },
      },
    },
    async ({ query }) => {
      const wanted =
        query.publication === undefined ? await publications.all() : [await named(query.publication)]
      await publications.look()
      const ledgers = await Promise.all(wanted.map((kept) => publications.ledger(kept)))
      return { rows: ledgers.flat().map(restatement), next: null }
    },
  )
}

function rowOf({ publication, hash, figures }: Kept, ledger: readonly LedgerRow[]) {
  const { id, year, boundary, at, by, note, interim, version } = publication
  return {
    id,
    year,
    boundary,
    at: rfc3339(at),
    by,
    note,
    ...(interim && { interim: true as const }),
    version,
    hash,
    figures: figures.length,
    undefined: figures.flatMap(({ indicator, value, reason }) =>
      value === null ? [{ indicator, reason: reason ?? '' }] : [],
    ),
    restatements: ledger.map(restatement),
  }
}

function restatement({ superseded, detail, figures, ...row }: LedgerRow) {
  return {
    ...row,
    detail: [...detail],
    figures: [...figures],
    ...(superseded && { superseded: true as const }),
  }
}

function besideToday({ value, reason, notes, factors, ...figure }: PublishedFigure, today: Values) {
  const now = today.get(figure.indicator) ?? null
  return {
    ...figure,
    asPublished: value,
    asKnownToday: now,
    difference: value === null || now === null ? null : now - value,
    percent: percentOf(value, now),
    material: isMaterial(value, now),
    notes: [...notes],
    factors: [...factors],
    ...(reason !== null && { reason }),
  }
}
