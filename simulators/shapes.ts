import type { Driver } from './drivers.ts'

/**
 * How a year's amount is shared among the drivers: a third of `it` goes with people, the rest is always
 * there. The shares of a shape make 1.
 */
export const shapes = {
  it: { base: 0.72, people: 0.28 },
  racks: { base: 0.7, shift: 0.3 },
  lighting: { base: 0.06, dark: 0.94 },
  hvac: { base: 0.2, people: 0.32, cooling: 0.36, heating: 0.12 },
  ventilation: { base: 0.34, people: 0.5, cooling: 0.16 },
  cleanRoom: { base: 0.62, shift: 0.14, cooling: 0.24 },
  chillers: { base: 0.28, chiller: 0.72 },
  process: { base: 0.08, shift: 0.92 },
  darkLine: { base: 0.2, shift: 0.8 },
  compressors: { base: 0.22, shift: 0.78 },
  canteen: { base: 0.12, meals: 0.88 },
  charging: { charging: 1 },
  always: { base: 1 },
  office: { base: 0.35, people: 0.25, dark: 0.16, cooling: 0.2, heating: 0.04 },
  sun: { sun: 1 },
  heating: { heating: 1 },
  gasProcess: { base: 0.1, shift: 0.74, heating: 0.16 },
  oxidiser: { base: 0.16, shift: 0.84 },
  generator: { base: 0.4, cooling: 0.6 },
  domesticWater: { base: 0.05, people: 0.6, meals: 0.22, cooling: 0.13 },
  hotWater: { base: 0.08, people: 0.5, meals: 0.42 },
  processWater: { base: 0.1, shift: 0.66, cooling: 0.24 },
  towerWater: { base: 0.1, chiller: 0.9 },
  greyWater: { base: 0.04, people: 0.62, garden: 0.34 },
  rain: { rain: 1 },
} as const satisfies Record<string, Partial<Record<Driver, number>>>

export type Shape = keyof typeof shapes

/**
 * What a meter uses in a year, in kWh of electricity or chilled water, GJ of heat, m3 of gas or water,
 * kg of diesel or petrol.
 */
export interface Load {
  readonly perYear: number
  readonly shape: Shape
}
