import { type Calendar, Calendars } from './calendar.ts'
import type { Area, Boundary, Measurand, Meter, OrganisationFile, Site } from './organisation.ts'
import { checkedPartsOf } from './virtual-meter.ts'

/** A site with its calendar. */
export interface SiteEntry {
  readonly site: Site
  readonly calendar: Calendar
}

/** A meter with the site that it stands at. */
export interface MeterEntry extends SiteEntry {
  readonly meter: Meter
}

/** What a figure is asked for. A boundary speaks in the organisation's zone, all else in the site's. */
export type Scope =
  | { readonly kind: 'meter'; readonly id: string; readonly entry: MeterEntry }
  | { readonly kind: 'area'; readonly id: string; readonly entry: SiteEntry; readonly area: Area }
  | { readonly kind: 'site'; readonly id: string; readonly entry: SiteEntry }
  | {
      readonly kind: 'boundary'
      readonly id: string
      readonly boundary: Boundary
      readonly sites: readonly SiteEntry[]
    }

/** A meter with the factor by which it enters a scope's consumption. */
export interface CountedMeter extends MeterEntry {
  readonly weight: number
}

/** An organisation with its parts found by name. */
export class Organisation {
  readonly file: OrganisationFile
  readonly calendar: Calendar
  readonly sites: ReadonlyMap<string, SiteEntry>
  readonly meters: ReadonlyMap<string, MeterEntry>

  constructor(file: OrganisationFile) {
    const calendars = new Calendars()
    this.file = file
    this.calendar = calendars.of(file.organisation.zone)
    this.sites = new Map(file.sites.map((site) => [site.id, { site, calendar: calendars.of(site.zone) }]))
    this.meters = new Map(
      [...this.sites.values()].flatMap((entry) =>
        entry.site.meters.map((meter) => [meter.id, { ...entry, meter }] as const),
      ),
    )
  }

  /** The scope of a text such as `site:science-park`, or undefined where there is none. */
  scope(text: string): Scope | undefined {
    const colon = text.indexOf(':')
    const kind = text.slice(0, colon)
    const name = text.slice(colon + 1)
    if (kind === 'meter') {
      const entry = this.meters.get(name)
      return entry && { kind, id: text, entry }
    }
    if (kind === 'site') {
      const entry = this.sites.get(name)
      return entry && { kind, id: text, entry }
    }
    if (kind === 'area') {
      const [siteId = '', areaId = ''] = name.split('/')
      const entry = this.sites.get(siteId)
      const area = entry?.site.areas.find((candidate) => candidate.id === areaId)
      return entry && area && { kind, id: text, entry, area }
    }
    if (kind === 'boundary') {
      const boundary = this.file.boundaries.find((candidate) => candidate.id === name)
      return boundary && { kind, id: text, boundary, sites: this.#sitesOf(boundary) }
    }
    return undefined
  }

  /** Every scope that there is, for the message that lists them. */
  scopes(): string[] {
    return [
      ...this.file.boundaries.map((boundary) => `boundary:${boundary.id}`),
      ...[...this.sites.values()].flatMap(({ site }) => [
        `site:${site.id}`,
        ...site.areas.map((area) => `area:${site.id}/${area.id}`),
      ]),
      ...[...this.meters.keys()].map((id) => `meter:${id}`),
    ]
  }

  #sitesOf(boundary: Boundary): SiteEntry[] {
    const all = [...this.sites.values()]
    const { sites } = boundary
    return sites === 'all' ? all : all.filter(({ site }) => sites.includes(site.id))
  }
}

/** What a scope is called after. */
export function namedOf(scope: Scope): Meter | Area | Site | Boundary {
  if (scope.kind === 'meter') return scope.entry.meter
  if (scope.kind === 'site') return scope.entry.site
  return scope.kind === 'area' ? scope.area : scope.boundary
}

/** The calendar that a scope's bare dates are in. */
export function calendarOf(scope: Scope, organisation: Organisation): Calendar {
  return scope.kind === 'boundary' ? organisation.calendar : scope.entry.calendar
}

/** The sites that a scope lies in. */
export function sitesOf(scope: Scope): readonly SiteEntry[] {
  return scope.kind === 'boundary' ? scope.sites : [scope.entry]
}

/**
 * The meters that make up a scope's consumption of some utilities. A site's is imports and generation
 * less exports; submeters and virtual meters never enter it. An area's is that of its meters, without
 * those that hang on another meter of the same area. A meter's is its own, a virtual one's that of the
 * meters in its formula.
 */
export function countedMeters(scope: Scope, utilities: readonly Measurand[]): CountedMeter[] {
  const wanted = (meter: Meter) => utilities.includes(meter.utility)
  if (scope.kind === 'meter') return wanted(scope.entry.meter) ? partsOfMeter(scope.entry) : []
  if (scope.kind === 'area') {
    const inside = scope.entry.site.meters.filter(
      (meter) => meter.area === scope.area.id && meter.role !== 'virtual',
    )
    return inside
      .filter((meter) => wanted(meter) && !hangsOnOneOf(meter, inside, scope.entry.site))
      .map((meter) => ({ ...scope.entry, meter, weight: weightOf(meter) }))
  }
  return sitesOf(scope).flatMap((entry) =>
    entry.site.meters
      .filter((meter) => wanted(meter) && ['import', 'generation', 'export'].includes(meter.role))
      .map((meter) => ({ ...entry, meter, weight: weightOf(meter) })),
  )
}

/** A meter by itself, or the parts of a virtual one. */
export function partsOfMeter(entry: MeterEntry): CountedMeter[] {
  if (entry.meter.role !== 'virtual') return [{ ...entry, weight: 1 }]
  return checkedPartsOf(entry.meter, entry.site).map((part) => ({ ...entry, ...part }))
}

/** Whether one of `others` stands anywhere above a meter. */
function hangsOnOneOf(meter: Meter, others: readonly Meter[], site: Site): boolean {
  const parent = site.meters.find((candidate) => candidate.id === meter.parent)
  return parent !== undefined && (others.includes(parent) || hangsOnOneOf(parent, others, site))
}

function weightOf(meter: Meter): number {
  return meter.role === 'export' ? -1 : 1
}
