import { z } from 'zod'
import { localDay } from '../../core/calendar.ts'
import type { Facts } from '../../core/facts.ts'
import { indicators } from '../../core/indicator.ts'
import { figure } from '../../core/intensity.ts'
import { calendarOf, type Scope, sitesOf } from '../../core/organisation-index.ts'
import { periodOf } from '../../core/usage.ts'
import { Consumptions } from '../../figures/consumptions.ts'
import { Reckoner } from '../../figures/figure-source.ts'
import { annualReport, type Report } from '../../reports/annual.ts'
import { csvOf } from '../../reports/encode/csv.ts'
import { jsonOf } from '../../reports/encode/json.ts'
import type { PublishedValue, ReportFigure } from '../../reports/figure.ts'
import type { Context } from '../context.ts'
import { bothNames, namesOfScope } from '../names.ts'
import { Problem } from '../problems.ts'
import { reportBoundary } from '../report-boundary.ts'
import { reportAnswer } from '../report-schema.ts'
import type { App } from '../typed.ts'

const CSV = 'text/csv; charset=utf-8'
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
const FIRST_YEAR = 1990

export function reportsRoute(app: App, context: Context): void {
  app.get(
    '/reports/:year',
    {
      schema: {
        tags: ['figures'],
        summary: 'The annual table of a boundary: years side by side, methods, factors and coverage',
        description:
          'JSON has the values unrounded and beside each the text that the table shows; CSV and XLSX have the rounded ones. An undefined figure is empty and comes with its reason.',
        params: z.object({ year: z.coerce.number().int().min(FIRST_YEAR).max(2200) }),
        querystring: z.object({
          format: z.enum(['json', 'csv', 'xlsx']).default('json'),
          lang: z.enum(['en', 'zh']).default('en'),
          boundary: z
            .string()
            .optional()
            .describe('Id of a boundary, or a scope such as `site:park`; the first boundary where left out'),
          years: z.coerce
            .number()
            .int()
            .min(1)
            .max(10)
            .default(3)
            .describe('How many years stand side by side, counted back from `year`'),
        }),
        response: {
          200: {
            description: 'The report',
            content: {
              'application/json': { schema: reportAnswer },
              [CSV]: { schema: z.any() },
              [XLSX]: { schema: z.any() },
            },
          },
        },
      },
    },
    async ({ params: { year }, query }, reply) => {
      const scope = reportBoundary(context.organisation, query.boundary)
      const report = await reportOf(scope, year, query.years, context)
      const name = [
        'wattwell',
        report.organisation.id,
        report.boundary.id.replaceAll(/[:/]/g, '-'),
        `${year}.${query.format}`,
      ].join('-')
      const download = () => reply.header('content-disposition', `attachment; filename="${name}"`)
      if (query.format === 'csv') return download().type(CSV).send(csvOf(report, query.lang))
      if (query.format === 'xlsx') {
        // Loaded when somebody asks: few do, and every start would wait for it.
        const { xlsxOf } = await import('../../reports/encode/xlsx.ts')
        return download()
          .type(XLSX)
          .send(Buffer.from(await xlsxOf(report, query.lang)))
      }
      return reply
        .header('content-disposition', `inline; filename="${name}"`)
        .type('application/json')
        .send(jsonOf(report, query.lang))
    },
  )
}

/** The report as it is seen now. */
async function reportOf(
  scope: Scope,
  year: number,
  count: number,
  { figures, publications, organisation, clock }: Context,
): Promise<Report> {
  const now = clock()
  const running = calendarOf(scope, organisation).yearAt(now)
  if (year > running) {
    throw Problem.badField('year', `${year} has not begun.`, [`years from ${FIRST_YEAR} to ${running}`])
  }
  const years = Array.from({ length: count }, (_, i) => year - count + 1 + i)
  const consumptions = new Consumptions(figures.store)
  const metersOfSites = sitesOf(scope).flatMap((entry) =>
    entry.site.meters.map((meter) => ({ ...entry, meter })),
  )
  // All at once, where they would be asked for one indicator after the other.
  await consumptions.fetch(metersOfSites, years.map(periodOfYear))
  const reckoner = new Reckoner(await figures.plan(), consumptions, now)
  const reckoned = await reckoner.reckon((facts) => figuresOf(scope, years, facts))
  const before = await publishedOf(scope, years, publications)
  return annualReport({
    organisation: { id: organisation.file.organisation.id, name: bothNames(organisation.file.organisation) },
    boundary: { id: scope.kind === 'boundary' ? scope.boundary.id : scope.id, name: namesOfScope(scope) },
    asOf: now,
    years,
    ask: (id, asked) => reckoned.get(`${id} ${asked}`),
    published: (id, asked) => before.get(`${id} ${asked}`),
  })
}

/** What has been published of a boundary, by indicator and year. */
async function publishedOf(
  scope: Scope,
  years: readonly number[],
  publications: Context['publications'],
): Promise<Map<string, PublishedValue>> {
  const found = new Map<string, PublishedValue>()
  if (scope.kind !== 'boundary') return found
  for (const year of years) {
    for (const [id, { value, publication }] of await publications.publishedFigures(scope.boundary.id, year)) {
      if (value !== null) found.set(`${id} ${year}`, { value, publication })
    }
  }
  return found
}

function figuresOf(scope: Scope, years: readonly number[], facts: Facts): Map<string, ReportFigure> {
  const found = new Map<string, ReportFigure>()
  for (const indicator of indicators.values()) {
    for (const year of years) {
      const { above, below, ...seen } = figure(indicator, scope, periodOfYear(year), facts)
      found.set(`${indicator.id} ${year}`, { ...seen, unit: indicator.unit })
    }
  }
  return found
}

function periodOfYear(year: number) {
  return periodOf('year', localDay(`${year}-01-01`) as number)
}
