import type { Measurand, Meter, OrganisationFile, Site } from './organisation.ts'
import { type Dimension, dimensionOf } from './quantity.ts'
import { consumptionDimension, partsOf } from './virtual-meter.ts'

/** Something that no schema can say: a name that points nowhere, a unit that does not fit. */
export interface Finding {
  /** Where in the file, as keys and indices. */
  readonly path: readonly (string | number)[]
  readonly message: string
}

const REGISTER_DIMENSIONS: Readonly<Record<Measurand, readonly Dimension[]>> = {
  electricity: ['energy'],
  heat: ['energy'],
  'natural-gas': ['volume', 'energy'],
  diesel: ['volume', 'mass', 'energy'],
  petrol: ['volume', 'mass', 'energy'],
  'chilled-water': ['energy'],
  'tap-water': ['volume'],
  'reclaimed-water': ['volume'],
  rainwater: ['volume'],
  wastewater: ['volume'],
  'outdoor-temperature': [],
}

/** What is wrong across the fields of an organisation that its schema takes. Empty where nothing is. */
export function checkOrganisation(file: OrganisationFile): Finding[] {
  const findings: Finding[] = []
  unique(file.sites, ['sites'], 'site', findings)
  unique(file.boundaries, ['boundaries'], 'boundary', findings)
  const meterIds = new Map<string, string>()
  for (const [s, site] of file.sites.entries()) {
    unique(site.areas, ['sites', s, 'areas'], 'area', findings)
    if (site.freeCooling !== undefined && site.kind !== 'data-center') {
      findings.push({
        path: ['sites', s, 'freeCooling'],
        message: `only of a data-center; "${site.id}" is of the kind ${site.kind}`,
      })
    }
    for (const [m, meter] of site.meters.entries()) {
      const path = ['sites', s, 'meters', m]
      const elsewhere = meterIds.get(meter.id)
      if (elsewhere !== undefined) {
        findings.push({
          path: [...path, 'id'],
          message: `meter "${meter.id}" stands twice, also at site "${elsewhere}"`,
        })
      }
      meterIds.set(meter.id, site.id)
      findings.push(...checkMeter(meter, site).map((f) => ({ ...f, path: [...path, ...f.path] })))
    }
  }
  const sites = new Set(file.sites.map((site) => site.id))
  for (const [b, boundary] of file.boundaries.entries()) {
    if (boundary.sites === 'all') continue
    for (const [i, id] of boundary.sites.entries()) {
      if (sites.has(id)) continue
      findings.push({
        path: ['boundaries', b, 'sites', i],
        message: `no site "${id}"; there are ${[...sites].join(', ')}`,
      })
    }
  }
  return findings
}

function checkMeter(meter: Meter, site: Site): Finding[] {
  if (meter.role === 'sensor' || meter.utility === 'outdoor-temperature') return checkSensor(meter, site)
  const findings: Finding[] = []
  const kinds = (['register', 'gauge', 'formula'] as const).filter((kind) => meter[kind] !== undefined)
  if (meter.role === 'virtual' ? kinds.join() !== 'formula' : kinds.length !== 1 || kinds[0] === 'formula') {
    findings.push({
      path: [],
      message: `meter "${meter.id}" needs ${meter.role === 'virtual' ? 'a formula and nothing else' : 'either a register or a gauge'}`,
    })
  }
  if (meter.register !== undefined) {
    const accepted = REGISTER_DIMENSIONS[meter.utility]
    if (!accepted.includes(dimensionOf(meter.register.unit))) {
      findings.push({
        path: ['register', 'unit'],
        message: `${meter.register.unit} does not measure ${meter.utility}; a unit of ${accepted.join(' or ')} does`,
      })
    }
  }
  if (meter.gauge !== undefined) {
    const accepted = REGISTER_DIMENSIONS[meter.utility].includes('energy') ? ['power'] : []
    if (REGISTER_DIMENSIONS[meter.utility].includes('volume')) accepted.push('flow')
    if (!accepted.includes(dimensionOf(meter.gauge.unit))) {
      findings.push({
        path: ['gauge', 'unit'],
        message: `${meter.gauge.unit} is no gauge of ${meter.utility}; a unit of ${accepted.join(' or ')} is`,
      })
    }
  }
  const { limitPerHour: most, minimumPerHour: least } = meter
  if (most !== undefined && least !== undefined && least >= most) {
    findings.push({
      path: ['minimumPerHour'],
      message: `${least} is no less than the limitPerHour of ${most}`,
    })
  }
  findings.push(...checkPlace(meter, site))
  if (meter.parent !== undefined) findings.push(...checkParent(meter, site))
  if (meter.role === 'virtual') findings.push(...checkVirtual(meter, site))
  return findings
}

function checkPlace({ from, to, area }: Meter, site: Site): Finding[] {
  const findings: Finding[] = []
  if (from !== undefined && to !== undefined && to <= from) {
    findings.push({ path: ['to'], message: `${to} does not come after ${from}` })
  }
  if (area !== undefined && !site.areas.some(({ id }) => id === area)) {
    findings.push({ path: ['area'], message: `no area "${area}" at site "${site.id}"` })
  }
  return findings
}

/** What only a meter has: a sensor supplies nothing and hangs on nothing, and what it can show is known. */
const OF_NO_SENSOR = [
  'register',
  'formula',
  'parent',
  'use',
  'renewable',
  'limitPerHour',
  'minimumPerHour',
] as const

function checkSensor(meter: Meter, site: Site): Finding[] {
  if (meter.role !== 'sensor') {
    return [{ path: ['role'], message: `${meter.role} is no role of ${meter.utility}; sensor is` }]
  }
  if (meter.utility !== 'outdoor-temperature') {
    return [
      {
        path: ['utility'],
        message: `a sensor does not measure ${meter.utility}; outdoor-temperature it does`,
      },
    ]
  }
  const findings: Finding[] = OF_NO_SENSOR.filter((key) => meter[key] !== undefined).map((key) => ({
    path: [key],
    message: 'not of a sensor',
  }))
  if (meter.gauge === undefined) {
    findings.push({ path: [], message: `sensor "${meter.id}" needs a gauge, in degC` })
  } else if (dimensionOf(meter.gauge.unit) !== 'temperature') {
    findings.push({ path: ['gauge', 'unit'], message: `${meter.gauge.unit} is no temperature; degC is` })
  }
  const first = site.meters.find(({ role }) => role === 'sensor')
  if (first !== meter) {
    findings.push({
      path: ['role'],
      message: `site "${site.id}" has "${first?.id}" already; a site has one sensor of outdoor temperature`,
    })
  }
  return [...findings, ...checkPlace(meter, site)]
}

function checkVirtual(meter: Meter, site: Site): Finding[] {
  const findings: Finding[] = (['parent', 'from', 'to'] as const)
    .filter((key) => meter[key] !== undefined)
    .map((key) => ({ path: [key], message: `not of a virtual meter; state it of the meters in its formula` }))
  if (meter.formula === undefined) return findings
  const found = partsOf(meter, site)
  const refuse = (message: string) => [...findings, { path: ['formula'], message }]
  if ('fault' in found) {
    const { fault } = found
    const at = fault.position === undefined ? '' : `position ${fault.position}: `
    return refuse(`${fault.meter === meter.id ? '' : `in "${fault.meter}": `}${at}${fault.message}`)
  }
  const accepted = REGISTER_DIMENSIONS[meter.utility]
  const [first] = found.parts
  for (const part of found.parts) {
    const dimension = consumptionDimension(part.meter)
    // A part that is neither register nor gauge, or whose unit does not fit, is refused where it stands.
    if (dimension === undefined || first === undefined) return findings
    const { id } = part.meter
    if (!accepted.includes(dimension)) {
      return refuse(
        `"${id}" measures ${dimension}, which is no amount of ${meter.utility}; ${accepted.join(' or ')} is`,
      )
    }
    const whole = consumptionDimension(first.meter)
    if (dimension !== whole) {
      return refuse(
        `"${first.meter.id}" measures ${whole} and "${id}" ${dimension}; all of a formula have to measure the same`,
      )
    }
  }
  return findings
}

function checkParent(meter: Meter, site: Site): Finding[] {
  const seen = new Set<string>([meter.id])
  for (let id = meter.parent; id !== undefined; ) {
    const parent = site.meters.find((other) => other.id === id)
    if (parent === undefined) return [{ path: ['parent'], message: `no meter "${id}" at site "${site.id}"` }]
    if (parent.utility !== meter.utility) {
      return [
        { path: ['parent'], message: `"${id}" measures ${parent.utility}, "${meter.id}" ${meter.utility}` },
      ]
    }
    if (parent.role === 'virtual' || parent.role === 'export') {
      return [
        {
          path: ['parent'],
          message: `nothing hangs on "${id}", which is ${parent.role}; meters hang on an import, a generation or a submeter`,
        },
      ]
    }
    if (seen.has(id)) return [{ path: ['parent'], message: `"${id}" hangs on itself` }]
    seen.add(id)
    id = parent.parent
  }
  return []
}

function unique(
  list: readonly { id: string }[],
  path: Finding['path'],
  what: string,
  findings: Finding[],
): void {
  const seen = new Set<string>()
  for (const [i, { id }] of list.entries()) {
    if (seen.has(id)) findings.push({ path: [...path, i, 'id'], message: `${what} "${id}" stands twice` })
    seen.add(id)
  }
}
