const words = {
  en: { degC: '°C' },
  zh: { degC: '°C', person: '人', 'RMB million': '百万元' },
} as const satisfies Record<string, Readonly<Record<string, string>>>

/**
 * A unit as it is read in a sentence: `m3/person` is m³/person, and m³/人 in Chinese. A plain number, unit `1`, has
 * none. Annual reports have words of their own.
 */
export function unitText(unit: string, lang: keyof typeof words): string {
  if (unit === '1') return ''
  const own: Readonly<Record<string, string>> = words[lang]
  return unit
    .split('/')
    .map((part) => own[part] ?? part.replace(/^m2$/, 'm²').replace(/^m3$/, 'm³').replace('CO2', 'CO₂'))
    .join('/')
}
