import type { Lang, Text } from './text.ts'

/** How units are written in a report; what is not here is written as it is. */
const units: Readonly<Record<string, Text>> = {
  '%': { en: '%', zh: '%' },
  MWh: { en: 'MWh', zh: '兆瓦时' },
  kWh: { en: 'kWh', zh: '千瓦时' },
  tce: { en: 'tce', zh: '吨标准煤' },
  tCO2e: { en: 'tCO₂e', zh: '吨二氧化碳当量' },
  kgCO2e: { en: 'kgCO₂e', zh: '千克二氧化碳当量' },
  kgCO2: { en: 'kgCO₂', zh: '千克二氧化碳' },
  t: { en: 't', zh: '吨' },
  kg: { en: 'kg', zh: '公斤' },
  L: { en: 'L', zh: '升' },
  m2: { en: 'm²', zh: '平方米' },
  m3: { en: 'm³', zh: '立方米' },
  person: { en: 'person', zh: '人' },
  'RMB million': { en: 'RMB million', zh: '百万元人民币' },
}

/** A unit such as `tCO2e/person` in a language; a plain ratio has none. */
export function unitText(unit: string, lang: Lang): string {
  if (unit === '1') return ''
  return unit
    .split('/')
    .map((part) => units[part]?.[lang] ?? part)
    .join('/')
}
