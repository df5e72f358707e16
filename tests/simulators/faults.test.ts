import fc from 'fast-check'
import { expect, test } from 'vitest'
import { DAY_MS, QUARTER_MS } from '../../core/calendar.ts'
import type { Meter, Site } from '../../core/organisation.ts'
import { conversion } from '../../core/quantity.ts'
import { HOUR_MS } from '../../core/window.ts'
import { Arrivals } from '../../simulators/arrivals.ts'
import { type Fault, type FaultRates, faultNames, faultRatesOf } from '../../simulators/fault-rates.ts'
import { FaultyMeter, type SentReading } from '../../simulators/faults.ts'
import { organisationOf, SEED } from './support/demo.ts'

const START = Date.UTC(2026, 0, 1)
const DAYS = 200
/** A register goes up by this in a quarter hour, in thousandths. */
const STEP = 1250

const { sites } = organisationOf({
  meters: [
    {
      id: 'register',
      utility: 'electricity',
      role: 'import',
      register: { unit: 'kWh', digits: 7, multiplier: 10 },
      limitPerHour: 100,
    },
    { id: 'gauge', utility: 'electricity', role: 'import', gauge: { unit: 'kW' }, limitPerHour: 100 },
  ],
})
const [register, gauge] = (sites[0] as Site).meters as [Meter, Meter]

/** What is sent of a register that counts evenly, or of a gauge that always shows 50. */
function sent(rates: FaultRates, meter = register, days = DAYS, seed = SEED) {
  const faulty = new FaultyMeter(meter, seed, rates)
  const readings: SentReading[] = []
  for (let q = 0; q <= days * 96; q += 1) {
    readings.push(...faulty.take({ at: START + q * QUARTER_MS, thousandths: truly(meter, q) }))
  }
  return { readings, occurrences: faulty.occurrences }
}

function truly(meter: Meter, q: number): number {
  return meter === gauge ? 50_000 : 4_000_000 + q * STEP
}

function of(readings: readonly SentReading[]) {
  return readings.map(({ at, value }) => ({ at, value }))
}

const clean = sent({}).readings

test('without faults every reading is sent as it is, once and at once', () => {
  expect(clean).toHaveLength(DAYS * 96 + 1)
  for (const [q, { at, value, unit, arrival }] of clean.entries()) {
    expect({ at, value, unit, arrivesAt: arrival.at }).toEqual({
      at: START + q * QUARTER_MS,
      value: (4_000_000 + q * STEP) / 1000,
      unit: undefined,
      arrivesAt: at,
    })
  }
})

const everything = Object.fromEntries(faultNames.map((fault) => [fault, 0.03])) as FaultRates
const rates = fc.record(
  Object.fromEntries(faultNames.map((fault) => [fault, fc.constantFrom(0, 0.01, 0.05)])),
) as fc.Arbitrary<FaultRates>

test('the same seed and rates give the same faults, another seed others', () => {
  fc.assert(
    fc.property(rates, fc.string(), (some, seed) => {
      expect(sent(some, register, 10, seed)).toEqual(sent(some, register, 10, seed))
    }),
    { numRuns: 20 },
  )
  expect(sent(everything, register, 10)).not.toEqual(sent(everything, register, 10, 'another'))
})

test('a reading in between changes nothing of the others', () => {
  fc.assert(
    fc.property(rates, (some) => {
      const often = new FaultyMeter(register, SEED, some)
      const readings: SentReading[] = []
      for (let minute = 0; minute <= 5 * 1440; minute += 5) {
        const thousandths = 4_000_000 + Math.floor((minute * STEP) / 15)
        const taken = often.take({ at: START + minute * 60_000, thousandths })
        if (minute % 15 === 0) readings.push(...taken)
      }
      expect({ readings, occurrences: often.occurrences }).toEqual(sent(some, register, 5))
    }),
    { numRuns: 25 },
  )
})

/** The share of the readings that a fault changed, lost or moved. */
function struck(fault: Fault, rate: number, meter = register): number {
  const { readings } = sent({ [fault]: rate }, meter)
  const usual = new Map(sent({}, meter).readings.map((reading) => [reading.at, JSON.stringify(reading)]))
  const untouched = readings.filter((reading) => usual.get(reading.at) === JSON.stringify(reading))
  const once = new Set(untouched.map(({ at }) => at)).size
  const twice = readings.length - new Set(readings.map(({ at }) => at)).size
  return 1 - (once - twice) / usual.size
}

test.each<[Fault, number]>([
  ['dropouts', 0.05],
  ['outages', 0.05],
  ['late', 0.1],
  ['shuffled', 0.1],
  ['stuck', 0.05],
  ['spikes', 0.02],
  ['units', 0.1],
  ['unstated-units', 0.02],
])('%s strike about the share of the readings that their rate says', (fault, rate) => {
  const share = struck(fault, rate)
  expect(share).toBeGreaterThan(rate * 0.6)
  expect(share).toBeLessThan(rate * 1.4)
})

test('a reading that is sent twice says the same, an hour later at most', () => {
  const { readings } = sent({ duplicates: 0.1 })
  const again = readings.filter((reading, i) => reading.at === readings[i - 1]?.at)
  expect(again.length / clean.length).toBeGreaterThan(0.08)
  expect(again.length / clean.length).toBeLessThan(0.12)
  for (const { at, value, arrival } of again) {
    expect(value).toBe((4_000_000 + ((at - START) / QUARTER_MS) * STEP) / 1000)
    expect(arrival.at - at).toBeLessThan(HOUR_MS)
  }
})

test('dropouts leave at most two hours between readings, outages up to three days', () => {
  const longest = (some: FaultRates) => {
    const { readings } = sent(some)
    return Math.max(...readings.slice(1).map(({ at }, i) => at - (readings[i] as SentReading).at))
  }
  // Two stretches may lie side by side.
  expect(longest({ dropouts: 0.05 })).toBeLessThanOrEqual(15 * QUARTER_MS)
  expect(longest({ dropouts: 0.05 })).toBeGreaterThan(QUARTER_MS)
  expect(longest({ outages: 0.05 })).toBeGreaterThan(2 * HOUR_MS)
  expect(longest({ outages: 0.05 })).toBeLessThanOrEqual(6 * DAY_MS)
})

test('late readings come minutes to days after their instant, and in order of arrival', () => {
  const { readings } = sent({ late: 0.2, shuffled: 0.2 })
  const arrivals = new Arrivals()
  arrivals.add(readings)
  const first = arrivals.before(START + 100 * DAY_MS)
  const rest = arrivals.before(Number.POSITIVE_INFINITY)
  expect(of([...first, ...rest]).toSorted((a, b) => a.at - b.at)).toEqual(of(clean))
  const instants = [...first, ...rest].map(({ arrival }) => arrival.at)
  expect(instants).toEqual(instants.toSorted((a, b) => a - b))
  const delays = readings.map(({ at, arrival }) => arrival.at - at)
  expect(Math.min(...delays)).toBe(0)
  expect(Math.max(...delays)).toBeGreaterThan(DAY_MS)
  expect(Math.max(...delays)).toBeLessThan(6 * DAY_MS)
})

test('a stuck face stands still, never goes back, and catches up with the truth', () => {
  const { readings } = sent({ stuck: 0.05 })
  let still = 0
  for (const [q, { value }] of readings.entries()) {
    const right = (4_000_000 + q * STEP) / 1000
    expect(value).toBeLessThanOrEqual(right)
    if (q > 0) expect(value).toBeGreaterThanOrEqual(readings[q - 1]?.value as number)
    if (value < right) still += 1
  }
  expect(still).toBeGreaterThan(0)
  expect(readings.filter(({ value }, q) => value === (4_000_000 + q * STEP) / 1000).length).toBeGreaterThan(
    still,
  )
})

test('a spike is zero or more than the limit allows, and the next readings are right', () => {
  for (const meter of [register, gauge]) {
    const { readings } = sent({ spikes: 0.01 }, meter)
    const wrong = readings.flatMap(({ value }, q) => (value === truly(meter, q) / 1000 ? [] : [q]))
    expect(wrong.length).toBeGreaterThan(20)
    for (const q of wrong) {
      const off = (readings[q]?.value as number) - truly(meter, q) / 1000
      if (readings[q]?.value !== 0) expect(off * (meter.register?.multiplier ?? 1)).toBeGreaterThan(100)
      // Three at most, and perhaps three of the next slot.
      expect([1, 2, 3, 4, 5, 6].some((n) => !wrong.includes(q + n))).toBe(true)
    }
  }
})

test('a reset register counts on from nothing', () => {
  const { readings, occurrences } = sent({ resets: 0.02 })
  const falls = readings.flatMap(({ value }, q) => (value < (readings[q - 1]?.value ?? 0) ? [q] : []))
  expect(falls.length).toBeGreaterThan(0)
  expect(falls.length).toBeLessThan(12)
  for (const q of falls) expect([0, STEP / 1000]).toContain(readings[q]?.value)
  expect(occurrences).toEqual([])
})

test('a register near the end of its digits rolls over once, in its first days', () => {
  const { readings } = sent({ rollovers: 1 }, { ...register, limitPerHour: 60 })
  const falls = readings.flatMap(({ value }, q) => (value < (readings[q - 1]?.value ?? 0) ? [q] : []))
  expect(falls).toHaveLength(1)
  const q = falls[0] as number
  const modulus = 10 ** 7
  expect(readings[q]?.value).toBeCloseTo((readings[q - 1]?.value as number) + STEP / 1000 - modulus, 3)
  for (const { value } of readings) expect(value).toBeLessThan(modulus)
})

test('a replacement is on record with faces that make the sum whole', () => {
  const { readings, occurrences } = sent({ replacements: 0.02 })
  expect(occurrences.length).toBeGreaterThan(0)
  let used = 0
  let multiplier = 10
  let from = readings[0]?.value as number
  for (const occurrence of occurrences) {
    if (occurrence.kind !== 'replacement') throw new Error(occurrence.kind)
    used += ((occurrence.closing as number) - from) * multiplier
    from = occurrence.opening as number
    multiplier = occurrence.multiplier as number
    expect(readings.find(({ at }) => at === occurrence.at)?.value).toBe(from)
  }
  used += ((readings.at(-1)?.value as number) - from) * multiplier
  // A face has three decimals.
  const truth = (DAYS * 96 * STEP * 10) / 1000
  expect(Math.abs(used - truth)).toBeLessThan(0.03 * (occurrences.length + 1))
})

test('gauges are neither reset nor replaced', () => {
  const { readings, occurrences } = sent({ resets: 0.5, replacements: 0.5, rollovers: 1 }, gauge, 30)
  expect(occurrences).toEqual([])
  expect(readings.every(({ value }) => value === 50)).toBe(true)
})

test('a clock strays by two minutes at most and never runs back', () => {
  const { readings } = sent({ 'clock-drift': 1 })
  const off = readings.map(({ at }, q) => at - (START + q * QUARTER_MS))
  expect(Math.max(...off.map(Math.abs))).toBeLessThanOrEqual(120_000)
  expect(Math.max(...off.map(Math.abs))).toBeGreaterThan(5000)
  for (const [q, { at }] of readings.entries())
    if (q > 0) expect(at).toBeGreaterThan(readings[q - 1]?.at as number)
})

test('another unit is worth the same where it is stated, and another number where it is not', () => {
  const stated = sent({ units: 1 }).readings
  expect(new Set(stated.map(({ unit }) => unit)).size).toBeGreaterThan(3)
  for (const [q, { value, unit }] of stated.entries()) {
    const inKwh = value * (conversion(unit as string, 'kWh') as number)
    expect(inKwh).toBeCloseTo((4_000_000 + q * STEP) / 1000, 5)
  }
  const unstated = sent({ 'unstated-units': 0.05 }).readings
  const wrong = unstated.filter(({ value }, q) => value !== (4_000_000 + q * STEP) / 1000)
  expect(wrong.length).toBeGreaterThan(0)
  expect(unstated.every(({ unit }) => unit === undefined)).toBe(true)
})

test('rates are read by name and refused with what is accepted', () => {
  expect(faultRatesOf(['spikes=0.001', 'dropouts = 1e-2'])).toEqual({ spikes: 0.001, dropouts: 0.01 })
  expect(() => faultRatesOf(['gremlins=1'])).toThrow(/"gremlins".*dropouts, outages/)
  expect(() => faultRatesOf(['spikes=0.5'])).toThrow(/spikes=0.5 is not accepted.*0 to 0.05/)
  expect(() => faultRatesOf(['late'])).toThrow(/late=/)
  expect(() => faultRatesOf(['late=-1'])).toThrow(/late=-1/)
})
