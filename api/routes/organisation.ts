import type { z } from 'zod'
import { commonUnit } from '../../core/common-unit.ts'
import { inForce } from '../../core/dated.ts'
import { ruleOf } from '../../core/meter-rule.ts'
import { meterState } from '../../core/meter-state.ts'
import { readingUnitOf, utilities } from '../../core/organisation.ts'
import {
  countedMeters,
  type MeterEntry,
  partsOfMeter,
  type SiteEntry,
} from '../../core/organisation-index.ts'
import type { LastReading } from '../../store/store.ts'
import { type Context, rfc3339 } from '../context.ts'
import { bothNames } from '../names.ts'
import { meterRow, page, sitesAnswer } from '../schemas.ts'
import type { App } from '../typed.ts'

export function organisationRoutes(app: App, context: Context): void {
  const { organisation, store, clock, configReadAt } = context
  app.get(
    '/sites',
    {
      schema: {
        tags: ['organisation'],
        summary: 'The organisation: sites, areas, boundaries',
        response: { 200: sitesAnswer },
      },
    },
    async () => {
      const { organisation: head, boundaries } = organisation.file
      return {
        organisation: {
          id: head.id,
          name: bothNames(head),
          zone: head.zone,
          currency: head.currency ?? null,
          readAt: rfc3339(configReadAt),
        },
        rows: [...organisation.sites.values()].map((entry) => siteOf(entry, clock())),
        boundaries: boundaries.map((boundary) => ({
          id: boundary.id,
          name: bothNames(boundary),
          scope: `boundary:${boundary.id}`,
          sites: boundary.sites === 'all' ? [...organisation.sites.keys()] : boundary.sites,
        })),
      }
    },
  )
  app.get(
    '/meters',
    {
      schema: {
        tags: ['organisation'],
        summary: 'Every meter with its last reading and state',
        response: { 200: page(meterRow) },
      },
    },
    async () => {
      const last = await store.lastReadings()
      const rows = [...organisation.meters.values()].map((entry) =>
        meterOf(entry, last.get(entry.meter.id), clock()),
      )
      return { rows, next: null }
    },
  )
}

function siteOf(entry: SiteEntry, now: number) {
  const { site, calendar } = entry
  const employees = inForce(site.employees, calendar, now)
  const areas = site.areas.map((area) => ({
    id: area.id,
    name: bothNames(area),
    scope: `area:${site.id}/${area.id}`,
    floorAreaM2: inForce(area.floorArea, calendar, now)?.m2 ?? null,
    floorArea: area.floorArea.map(({ from, m2 }) => ({ from, m2 })),
  }))
  const known = areas.length > 0 && areas.every((area) => area.floorAreaM2 !== null)
  return {
    id: site.id,
    name: bothNames(site),
    kind: site.kind,
    zone: site.zone,
    grid: site.grid ?? null,
    pueCategory: site.pueCategory ?? null,
    areas,
    employees:
      employees === undefined
        ? null
        : { fullTime: employees.fullTime ?? null, total: employees.total ?? null },
    floorAreaM2: known ? areas.reduce((sum, area) => sum + (area.floorAreaM2 as number), 0) : null,
    utilities: utilities.filter(
      (utility) => countedMeters({ kind: 'site', id: site.id, entry }, [utility]).length > 0,
    ),
    stated: {
      employees: site.employees.map(({ from, fullTime, total }) => ({
        from,
        fullTime: fullTime ?? null,
        total: total ?? null,
      })),
      revenue: [...site.revenue],
    },
    meters: site.meters.map((meter) => meter.id),
  }
}

function meterOf(entry: MeterEntry, last: LastReading | undefined, now: number): z.infer<typeof meterRow> {
  const { site, meter, calendar } = entry
  const rule = ruleOf(meter, calendar)
  const readingUnit = readingUnitOf(meter) ?? null
  return {
    id: meter.id,
    name: bothNames(meter),
    site: site.id,
    area: meter.area ?? null,
    utility: meter.utility,
    role: meter.role,
    use: meter.use ?? null,
    parent: meter.parent ?? null,
    unit: commonUnit(partsOfMeter(entry)).unit,
    readingUnit,
    topic: rule === undefined ? null : `facility/${site.id}/${meter.id}/reading`,
    kind: rule?.kind ?? 'virtual',
    digits: meter.register?.digits ?? null,
    multiplier: meter.register?.multiplier ?? null,
    maxGap: meter.gauge?.maxGap ?? null,
    formula: meter.formula ?? null,
    limitPerHour: meter.limitPerHour ?? null,
    minimumPerHour: meter.minimumPerHour ?? null,
    from: meter.from ?? null,
    to: meter.to ?? null,
    state: rule === undefined ? 'computed' : meterState(last?.at, now),
    last:
      last === undefined
        ? null
        : {
            at: rfc3339(last.at),
            value: last.value,
            unit: last.unit === '' ? (readingUnit ?? '') : last.unit,
            receivedAt: rfc3339(last.receivedAt),
          },
  }
}
