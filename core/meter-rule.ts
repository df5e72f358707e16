import { type Calendar, type LocalDay, localDay } from './calendar.ts'
import { durationMs, type Meter } from './organisation.ts'
import { conversion, integralUnit, perHour } from './quantity.ts'

/** How a meter's readings become consumption: what it needs of the meter, in one unit. */
export interface MeterRule {
  readonly kind: 'register' | 'gauge'
  /** The unit that faces, power or flow are converted to. */
  readonly readingUnit: string
  /** The unit of readings that state none: the meter's own. */
  readonly ownUnit: string
  /** The unit of the consumption; of a sensor that of its mean. */
  readonly unit: string
  /** Consumption per unit of difference of the face. 1 for a gauge. */
  readonly multiplier: number
  /** Two readings further apart than this are not joined. Infinite for a register. */
  readonly reachMs: number
  /** The face at which a register begins again at zero; null where its digits are not stated. */
  readonly modulus: number | null
  /** The physical maximum in units of consumption per hour; infinite where not stated. */
  readonly limitPerHour: number
  /** A load that never is zero, in units of consumption per hour; 0 where not stated. */
  readonly minimumPerHour: number
  /** A gauge can't show less than this; null where less is power or flow that runs back. */
  readonly lowest: number | null
  /** A span comes to its mean: what is kept is the mean times hours, which sums. */
  readonly isMean: boolean
  /** When the meter was in use, epoch milliseconds; what it sends outside is no consumption of its site. */
  readonly usedFrom: number
  readonly usedTo: number
}

/**
 * What air can be, degC: records are -89.2 and 56.7 (World Meteorological Organization, archive of extremes). A sensor that
 * has come loose says -127, 85 or 999.
 */
const OUTDOORS = { lowest: -90, limitPerHour: 60 }

/** Rules that were made before: they are asked for with every figure. */
const made = new WeakMap<Meter, { readonly calendar: Calendar; readonly rule: MeterRule | undefined }>()

/** The rule of a meter at a site with this calendar, or undefined for a virtual one, which has no readings. */
export function ruleOf(meter: Meter, calendar: Calendar): MeterRule | undefined {
  const known = made.get(meter)
  if (known?.calendar === calendar) return known.rule
  const rule = makeRule(meter, calendar)
  made.set(meter, { calendar, rule })
  return rule
}

function makeRule(meter: Meter, calendar: Calendar): MeterRule | undefined {
  const day = (date: string) => calendar.startOfDay(localDay(date) as LocalDay)
  const common = {
    limitPerHour: meter.limitPerHour ?? Number.POSITIVE_INFINITY,
    minimumPerHour: meter.minimumPerHour ?? 0,
    lowest: null,
    isMean: false,
    usedFrom: meter.from === undefined ? Number.NEGATIVE_INFINITY : day(meter.from),
    usedTo: meter.to === undefined ? Number.POSITIVE_INFINITY : day(meter.to),
  }
  if (meter.register !== undefined) {
    const { unit, multiplier, digits } = meter.register
    return {
      ...common,
      kind: 'register',
      readingUnit: unit,
      ownUnit: unit,
      unit,
      multiplier,
      reachMs: Number.POSITIVE_INFINITY,
      modulus: digits === undefined ? null : 10 ** digits,
    }
  }
  if (meter.gauge !== undefined) {
    const { unit, maxGap } = meter.gauge
    if (meter.role === 'sensor') {
      return {
        ...common,
        ...OUTDOORS,
        isMean: true,
        kind: 'gauge',
        readingUnit: unit,
        ownUnit: unit,
        unit,
        multiplier: 1,
        reachMs: durationMs(maxGap) as number,
        modulus: null,
      }
    }
    const unitOfSum = integralUnit(unit)
    const readingUnit = perHour(unitOfSum)
    const factor = conversion(unit, readingUnit) as number
    return {
      ...common,
      // Of a gauge they are stated in its own unit, which is one per hour already.
      limitPerHour: common.limitPerHour * factor,
      minimumPerHour: common.minimumPerHour * factor,
      kind: 'gauge',
      readingUnit,
      ownUnit: unit,
      unit: unitOfSum,
      multiplier: 1,
      reachMs: durationMs(maxGap) as number,
      modulus: null,
    }
  }
  return undefined
}
