import type { z } from 'zod'
import { dateOf, type LocalDay } from '../../core/calendar.ts'
import type { Listed, ListedSeries } from '../../core/factor.ts'
import { factorKey } from '../../core/factor-file.ts'
import { factorsApplied } from '../../core/factors-applied.ts'
import type { Context } from '../context.ts'
import { factorName } from '../factor-names.ts'
import { type factorSeriesRow, factorsAnswer } from '../factor-schema.ts'
import type { App } from '../typed.ts'

export function factorsRoute(app: App, { figures, organisation, clock }: Context): void {
  app.get(
    '/factors',
    {
      schema: {
        tags: ['organisation'],
        summary: 'Every factor that is listed, by what it is of and for where, with those that it applies to',
        response: { 200: factorsAnswer },
      },
    },
    async () => {
      const plan = await figures.plan()
      const applied = factorsApplied(plan)
      const today = organisation.calendar.dayAt(clock())
      return {
        rows: plan.factors.all.map((series) => rowOf(series, today, applied)),
        next: null,
        assessmentReport: plan.factors.own.assessmentReport,
      }
    },
  )
}

type Applied = ReturnType<typeof factorsApplied>

function rowOf(series: ListedSeries, today: LocalDay, applied: Applied): z.infer<typeof factorSeriesRow> {
  const { kind, of, place, listed } = series
  const found = series.at(today)
  const used = 'reason' in found ? undefined : found.use
  const counts = (one: Listed) => one.found === found || one.carried === found
  const values = listed.map((one) => {
    const overruled = isOverruled(one, listed)
    const usedBy = overruled ? [] : [...(applied.get(factorKey(one.factor)) ?? [])].sort()
    return { ...valueRow(one), now: counts(one), overruled, usedBy }
  })
  return {
    key: `${kind}/${of}/${place}`,
    kind,
    of,
    place,
    name: factorName(kind, of),
    now:
      used === undefined
        ? null
        : {
            key: used.key,
            value: used.value,
            unit: used.unit,
            carriedForward: used.carriedForward,
            since: used.carriedForward ? dateOf((listed.find(counts)?.past ?? today) as LocalDay) : used.from,
          },
    ...('reason' in found && { reason: found.reason }),
    usedBy: [...new Set(values.flatMap(({ usedBy }) => usedBy))].sort(),
    values,
  }
}

/** Of two from the same day on the user's own counts; they have the same key. */
function isOverruled({ own, first }: Listed, listed: readonly Listed[]): boolean {
  return !own && listed.some((other) => other.own && other.first <= first && first < other.past)
}

function valueRow({ factor, past, own }: Listed) {
  const { value, unit, from, carryForward, gases = [], source, published, edition } = factor
  return {
    key: factorKey(factor),
    value,
    unit,
    from,
    to: Number.isFinite(past) ? dateOf(past - 1) : null,
    own,
    carryForward,
    gases: [...gases],
    source,
    published,
    edition: edition ?? null,
  }
}
