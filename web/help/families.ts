import type { IndicatorRow } from '../answers.ts'

/** What indicators are listed under. */
export const families = ['energy', 'emissions', 'water', 'centres', 'materials', 'savings'] as const
export type Family = (typeof families)[number]

export function familyOfIndicator({
  id,
  dataCentresOnly,
}: Pick<IndicatorRow, 'id' | 'dataCentresOnly'>): Family {
  if (dataCentresOnly) return 'centres'
  if (id.endsWith('-saved')) return 'savings'
  if (id.startsWith('ghg')) return 'emissions'
  if (id.includes('water')) return 'water'
  return /^(energy|renewable|pv)/.test(id) ? 'energy' : 'materials'
}
