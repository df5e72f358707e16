import { conversion, unitNamed } from './quantity.ts'

/** A factor's unit: how much of something there is in one unit of something else. */
export interface FactorUnit {
  readonly top: { readonly measure: TopMeasure; readonly toBase: number }
  /** A unit of energy, volume or mass. */
  readonly bottom: string
}

/** What a factor gives: greenhouse gas in t, coal equivalent in t, heat in MWh, mass in t. */
type TopMeasure = 'gas' | 'coal' | 'energy' | 'mass'

const GAS = /^(g|kg|t)CO2e?$/
const COAL = /^(kg|t)ce$/
const TONNES: Readonly<Record<string, number>> = { g: 1e-6, kg: 1e-3, t: 1 }

/** Reads a unit such as `kgCO2e/kWh`, `MJ/m3`, `kgce/kg` or `kg/L`; undefined where it is none. */
export function factorUnit(text: string): FactorUnit | undefined {
  const [over = '', under = '', more] = text.split('/')
  const bottom = unitNamed(under)
  if (more !== undefined || bottom === undefined) return undefined
  const gas = GAS.exec(over)
  if (gas !== null) return { top: { measure: 'gas', toBase: TONNES[gas[1] as string] as number }, bottom }
  const coal = COAL.exec(over)
  if (coal !== null) return { top: { measure: 'coal', toBase: TONNES[coal[1] as string] as number }, bottom }
  const top = unitNamed(over)
  if (top === undefined) return undefined
  const energy = conversion(top, 'MWh')
  if (energy !== undefined) return { top: { measure: 'energy', toBase: energy }, bottom }
  const mass = conversion(top, 't')
  return mass === undefined ? undefined : { top: { measure: 'mass', toBase: mass }, bottom }
}
