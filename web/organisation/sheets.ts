import type { EntryRow, FactorSeriesRow, SiteRow, SitesAnswer, TargetRow } from '../answers.ts'
import type { Step } from './course.tsx'

/** What is shown as lines of a CSV: unrounded, with the ids that the API goes by. */
type Line = readonly (string | number)[]

/** A line for every dated value that is stated of a site. */
export function siteLines(sites: readonly SiteRow[]): Line[] {
  const lines = sites.flatMap(({ id, name, kind, zone, grid, areas, stated }): Line[] => {
    const head = [id, name.en, name.zh, kind, zone, grid ?? '']
    return [
      ...areas.flatMap((area) =>
        area.floorArea.map(({ from, m2 }) => [...head, 'floor-area', area.id, from, '', m2, 'm2']),
      ),
      ...stated.employees.flatMap(({ from, fullTime, total }) => [
        ...(fullTime === null ? [] : [[...head, 'employees-full-time', '', from, '', fullTime, 'person']]),
        ...(total === null ? [] : [[...head, 'employees-total', '', from, '', total, 'person']]),
      ]),
      ...stated.revenue.map(({ from, to, millions }) => [
        ...head,
        'revenue',
        '',
        from,
        to,
        millions,
        'million',
      ]),
    ]
  })
  return [
    ['site', 'name_en', 'name_zh', 'kind', 'zone', 'grid', 'what', 'area', 'from', 'to', 'value', 'unit'],
    ...lines,
  ]
}

export function boundaryLines(boundaries: SitesAnswer['boundaries']): Line[] {
  return [
    ['boundary', 'name_en', 'name_zh', 'site'],
    ...boundaries.flatMap(({ id, name, sites }) => sites.map((site) => [id, name.en, name.zh, site])),
  ]
}

export function targetLines(targets: readonly TargetRow[]): Line[] {
  return [
    ['target', 'name_en', 'name_zh', 'indicator', 'scope', 'kind', 'from', 'by', 'limit', 'unit'].concat(
      'baseline',
      'baseline_year',
      'proxy',
      'baseline_source',
      'source',
    ),
    // A ratio is read without a unit; a file has that of the API.
    ...targets.map(
      ({ id, name, indicator, scope, kind, from, by, limit, unit, baselineStated, baselineOf, source }) => [
        ...[id, name.en, name.zh, indicator, scope, kind, from ?? '', by ?? '', limit ?? '', unit || '1'],
        ...[baselineStated ?? '', baselineOf?.year ?? '', baselineOf?.proxy ? 'true' : ''],
        ...[baselineOf?.source ?? '', source ?? ''],
      ],
    ),
  ]
}

/** A line for every value of each series. */
export function factorLines(rows: readonly FactorSeriesRow[]): Line[] {
  return [
    [
      ...['kind', 'of', 'place', 'value', 'unit', 'from', 'to', 'counts_today', 'carried_forward_since'],
      ...['stated_in', 'source', 'edition', 'published', 'applies_to'],
    ],
    ...rows.flatMap(({ kind, of, place, now, values }) =>
      values.map((one) => [
        ...[kind, of, place, one.value, one.unit, one.from, one.to ?? ''],
        ...[one.now ? 'true' : '', one.now && now?.carriedForward ? now.since : ''],
        ...[one.own ? 'factors.yaml' : 'wattwell', one.source, one.edition ?? '', one.published],
        one.usedBy.join(' '),
      ]),
    ),
  ]
}

export function entryLines(rows: readonly EntryRow[]): Line[] {
  return [
    ['scope', 'quantity', 'kind', 'item', 'period', 'value', 'unit', 'source', 'note', 'by', 'entered_at'],
    ...rows.map((row) => [
      ...[row.scope, row.quantity, row.kind, row.item, row.period, row.value ?? '', row.unit],
      ...[row.source, row.note, row.by, row.enteredAt],
    ]),
  ]
}

/** The floor area of all areas together, by its days of change; from where all of them are known. */
export function areaSteps({ areas }: SiteRow): Step[] {
  const days = [...new Set(areas.flatMap(({ floorArea }) => floorArea.map(({ from }) => from)))].sort()
  return days.flatMap((from) => {
    const now = areas.map(({ floorArea }) => floorArea.findLast((one) => one.from <= from)?.m2)
    const known = now.flatMap((m2) => m2 ?? [])
    return known.length < areas.length ? [] : [{ from, value: known.reduce((all, m2) => all + m2, 0) }]
  })
}
