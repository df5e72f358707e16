import { Calendars } from '../../core/calendar.ts'
import { type Issue, issue } from '../../core/issue.ts'
import { type Meter, type OrganisationFile, readingUnitOf } from '../../core/organisation.ts'
import { conversion, unitNamed, unitSymbols } from '../../core/quantity.ts'
import type { KeepRule } from '../../core/retention.ts'
import { type SpoolMeter, spoolMeter } from '../frame-builder.ts'
import { shown } from './got.ts'
import { KeptYears } from './kept-years.ts'

/** A meter as its topic finds it. */
export interface MeterEntry {
  readonly meter: SpoolMeter
  /** Of its register or gauge; empty where it has neither and takes no readings. */
  readonly unit: string
  /** Null where readings are kept for ever. */
  readonly kept: KeptYears | null
  /** Spellings that were sent and are right, and what they stand for. */
  readonly units: Map<string, string>
}

export function metersByTopic(
  organisation: OrganisationFile,
  keep: KeepRule,
): ReadonlyMap<string, MeterEntry> {
  const entries = new Map<string, MeterEntry>()
  const calendars = new Calendars()
  for (const site of organisation.sites) {
    const kept = keep.years === null ? null : new KeptYears(keep, calendars.of(site.zone))
    for (const meter of site.meters) {
      entries.set(`facility/${site.id}/${meter.id}/reading`, entryOf(meter, kept))
    }
  }
  return entries
}

function entryOf(meter: Meter, kept: KeptYears | null): MeterEntry {
  const unit = meter.role === 'virtual' ? '' : (readingUnitOf(meter) ?? '')
  return { meter: spoolMeter(meter.id), unit, kept, units: new Map([['', '']]) }
}

/** The canonical unit of a reading, empty where it came with none, or why it cannot be taken. */
export function unitOf(unit: unknown, entry: MeterEntry): string | Issue {
  if (unit === undefined || unit === null) return ''
  if (typeof unit !== 'string') {
    return issue('unknown-unit', `the unit is ${shown(unit)}; send a text such as "${entry.unit}"`)
  }
  const known = entry.units.get(unit)
  if (known !== undefined) return known
  const named = unitNamed(unit)
  if (named === undefined) {
    const got = shown(unit)
    return issue('unknown-unit', `the unit ${got} is not known; known are ${unitSymbols.join(', ')}`)
  }
  if (conversion(named, entry.unit) === undefined) {
    return issue(
      'unit-does-not-convert',
      `${named} does not convert to ${entry.unit}, which ${entry.meter.name} counts in`,
    )
  }
  // Only what is right is remembered, so that a device cannot fill this with what it makes up.
  entry.units.set(unit, named)
  return named
}

const NATIVE = /^facility\/([^/]+)\/([^/]+)\/reading$/

/** Why a topic under `facility/` is nobody's. */
export function unknownTopic(topic: string, organisation: OrganisationFile): Issue {
  const [, siteId, meterId] = NATIVE.exec(topic) ?? []
  if (siteId === undefined || meterId === undefined) {
    return issue('unknown-topic', 'not a topic for readings; they go to facility/<site>/<meter>/reading')
  }
  const site = organisation.sites.find((other) => other.id === siteId)
  if (site === undefined)
    return issue('unknown-meter', `there is no site "${siteId.slice(0, 80)}" in organisation.yaml`)
  const home = organisation.sites.find((other) => other.meters.some((meter) => meter.id === meterId))
  const hint = home === undefined ? '' : `; a meter of that name is at ${home.id}`
  return issue(
    'unknown-meter',
    `${siteId} has no meter "${meterId.slice(0, 80)}" in organisation.yaml${hint}`,
  )
}
