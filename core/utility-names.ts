import type { Measurand } from './organisation.ts'

/** What is measured, by name. */
export const utilityNames: Readonly<Record<Measurand, { readonly en: string; readonly zh: string }>> = {
  electricity: { en: 'Electricity', zh: '电力' },
  heat: { en: 'Heat', zh: '热力' },
  'natural-gas': { en: 'Natural gas', zh: '天然气' },
  diesel: { en: 'Diesel', zh: '柴油' },
  petrol: { en: 'Petrol', zh: '汽油' },
  'chilled-water': { en: 'Chilled water', zh: '冷冻水' },
  'tap-water': { en: 'Tap water', zh: '自来水' },
  'reclaimed-water': { en: 'Reclaimed water', zh: '中水' },
  rainwater: { en: 'Rainwater', zh: '雨水' },
  wastewater: { en: 'Wastewater', zh: '污水' },
  'outdoor-temperature': { en: 'Outdoor temperature', zh: '室外温度' },
}
