/** Which family of colours and which outline an indicator or a utility has. */
export type Family = 'energy' | 'water'

export function familyOf(indicatorOrUtility: string): Family {
  return indicatorOrUtility.includes('water') ? 'water' : 'energy'
}

/** How many times as much it is: read as a number, where shares are read in per cent. */
export function isRatio(indicator: string): boolean {
  return indicator === 'pue'
}

/** The unit that a figure of it is read with: a ratio has none, where `1` is that of a share. */
export function unitRead(indicator: string, unit: string): string {
  return isRatio(indicator) ? '' : unit
}
