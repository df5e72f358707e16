import type { Cost } from '../core/alert.ts'
import { unitText } from '../core/unit-text.ts'

type Lang = 'en' | 'zh'

const LOCALES = { en: 'en-GB', zh: 'zh-CN' } as const

/** An instant by a zone's clocks. */
export function timeText(at: number, zone: string, lang: Lang): string {
  return new Intl.DateTimeFormat(LOCALES[lang], {
    timeZone: zone,
    dateStyle: 'medium',
    timeStyle: 'short',
    hourCycle: 'h23',
  }).format(at)
}

/** Three figures that count. */
export function figureText(value: number, lang: Lang): string {
  return new Intl.NumberFormat(LOCALES[lang], { maximumSignificantDigits: 3 }).format(value)
}

/** "1,230 kWh, 0.71 tCO₂e"; null where nothing of it is known. */
export function costText(cost: Cost, lang: Lang): string | null {
  const parts = (['kWh', 'm3', 'tCO2e'] as const)
    .filter((unit) => typeof cost[unit] === 'number')
    .map((unit) => `${figureText(cost[unit] as number, lang)} ${unitText(unit, lang)}`)
  return parts.length === 0 ? null : parts.join(lang === 'zh' ? ',' : ', ')
}
