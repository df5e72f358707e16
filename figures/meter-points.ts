import { ruleOf } from '../core/meter-rule.ts'
import type { Organisation } from '../core/organisation-index.ts'
import type { FigurePoint } from '../store/store.ts'

/** Where a meter's point lies: it says where the meter stands, whenever that is asked. */
const METER_AT = Date.UTC(2020, 0, 1)

/** Where each meter stands and what it measures, so that a query finds the meters of a site. */
export function meterPoints(organisation: Organisation): FigurePoint[] {
  return [...organisation.meters.values()].flatMap(({ site, meter, calendar }) => {
    const unit = ruleOf(meter, calendar)?.unit
    if (unit === undefined) return []
    const tags = { meter: meter.id, site: site.id, utility: meter.utility, role: meter.role, unit }
    return [{ measurement: 'meter', tags, fields: { known: 1 }, at: METER_AT }]
  })
}
