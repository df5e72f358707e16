/** Which family of colours and which outline an indicator or a utility has. */
export type Family = 'energy' | 'water'

export function familyOf(indicatorOrUtility: string): Family {
  return indicatorOrUtility.includes('water') ? 'water' : 'energy'
}
