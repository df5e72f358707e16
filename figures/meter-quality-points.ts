import { commonUnit } from '../core/common-unit.ts'
import { type CountedMeter, partsOfMeter, type SiteEntry } from '../core/organisation-index.ts'
import { qualities } from '../core/quality.ts'
import { estimatedShare, type LocalPeriod, type Lookup, usage } from '../core/usage.ts'
import type { FigurePoint } from '../store/store.ts'
import { known } from './known.ts'
import { tagsByGrain } from './tags-by-grain.ts'

/** The meters of a site that are read themselves. */
export function readMeters({ site, ...entry }: SiteEntry): CountedMeter[] {
  return site.meters.flatMap((meter) =>
    meter.role === 'virtual' ? [] : partsOfMeter({ ...entry, site, meter }),
  )
}

/** How well each meter of a site knows days or months, as `/consumption` gives it; the amounts are in `consumption`. */
export function meterQualityPoints(
  site: SiteEntry,
  periods: readonly LocalPeriod[],
  lookup: Lookup,
  now: number,
): FigurePoint[] {
  return readMeters(site).flatMap((counted) => {
    const { factor } = commonUnit([counted])
    const { id, utility } = counted.meter
    const tagsOf = tagsByGrain({ meter: id, site: site.site.id, utility })
    return periods.map((period): FigurePoint => {
      const { value, coverage, estimated, quality } = usage([counted], period, lookup, now, factor)
      return {
        measurement: 'meter_quality',
        tags: tagsOf(period.grain),
        fields: {
          coverage,
          estimated: estimatedShare(value, estimated),
          quality: qualities.indexOf(quality),
          known: known(value),
        },
        at: period.spanAt(site.calendar).start,
      }
    })
  })
}
