/** What a unit measures. Energy over time is power, volume over time is flow. */
export type Dimension = 'energy' | 'volume' | 'mass' | 'power' | 'flow' | 'temperature'

interface Unit {
  readonly dimension: Dimension
  /** Multiply by this to get kWh, m3, t, kW, m3/h or degC. */
  readonly toBase: number
}

const KWH_PER_MJ = 1 / 3.6

const UNITS: Readonly<Record<string, Unit>> = {
  Wh: { dimension: 'energy', toBase: 0.001 },
  kWh: { dimension: 'energy', toBase: 1 },
  MWh: { dimension: 'energy', toBase: 1000 },
  GWh: { dimension: 'energy', toBase: 1_000_000 },
  kJ: { dimension: 'energy', toBase: KWH_PER_MJ / 1000 },
  MJ: { dimension: 'energy', toBase: KWH_PER_MJ },
  GJ: { dimension: 'energy', toBase: 1000 / 3.6 },
  TJ: { dimension: 'energy', toBase: 1_000_000 / 3.6 },
  L: { dimension: 'volume', toBase: 0.001 },
  m3: { dimension: 'volume', toBase: 1 },
  kg: { dimension: 'mass', toBase: 0.001 },
  t: { dimension: 'mass', toBase: 1 },
  W: { dimension: 'power', toBase: 0.001 },
  kW: { dimension: 'power', toBase: 1 },
  MW: { dimension: 'power', toBase: 1000 },
  'MJ/h': { dimension: 'power', toBase: KWH_PER_MJ },
  'GJ/h': { dimension: 'power', toBase: 1000 / 3.6 },
  'L/s': { dimension: 'flow', toBase: 3.6 },
  'L/min': { dimension: 'flow', toBase: 0.06 },
  'L/h': { dimension: 'flow', toBase: 0.001 },
  'm3/s': { dimension: 'flow', toBase: 3600 },
  'm3/h': { dimension: 'flow', toBase: 1 },
  // The only one of temperature: to kelvin or degF no factor leads, since their zeros differ.
  degC: { dimension: 'temperature', toBase: 1 },
}

/** Spellings that devices send for the same unit. */
const ALIASES: Readonly<Record<string, string>> = {
  'm³': 'm3',
  'm³/h': 'm3/h',
  'm³/s': 'm3/s',
  l: 'L',
  'l/s': 'L/s',
  'l/min': 'L/min',
  'l/h': 'L/h',
  kwh: 'kWh',
  KWH: 'kWh',
  mwh: 'MWh',
  '°C': 'degC',
  '℃': 'degC',
}

/** The symbols a person may write, for error messages and the schema. */
export const unitSymbols: readonly string[] = Object.keys(UNITS)

/** The canonical spelling of a unit, or undefined where it is unknown. */
export function unitNamed(symbol: string): string | undefined {
  if (Object.hasOwn(UNITS, symbol)) return symbol
  return Object.hasOwn(ALIASES, symbol) ? ALIASES[symbol] : undefined
}

/** The dimension of a known unit. Throws on a symbol that `unitNamed` does not know. */
export function dimensionOf(symbol: string): Dimension {
  return known(symbol).dimension
}

/** The factor from one unit to another, or undefined where they measure different things. */
export function conversion(from: string, to: string): number | undefined {
  if (from === to) return 1
  const a = known(from)
  const b = known(to)
  return a.dimension === b.dimension ? a.toBase / b.toBase : undefined
}

/** The unit that a gauge's unit becomes when integrated over hours: kW → kWh, m3/h → m3. */
export function integralUnit(symbol: string): 'kWh' | 'm3' {
  return dimensionOf(symbol) === 'power' ? 'kWh' : 'm3'
}

/** The unit of so much an hour, the other way round: kWh → kW, m3 → m3/h. */
export function perHour(unit: string): string {
  return unit.endsWith('Wh') ? unit.slice(0, -1) : `${unit}/h`
}

function known(symbol: string): Unit {
  const unit = UNITS[unitNamed(symbol) ?? '']
  if (unit === undefined) throw new RangeError(`unknown unit "${symbol}"`)
  return unit
}
