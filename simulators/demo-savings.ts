import { monthsOf } from './demo-entries.ts'

export interface DemoSaving {
  readonly measure: string
  readonly scope: string
  readonly period: string
  readonly method: 'metered' | 'estimated'
  /** In the unit of what was saved. */
  readonly baseline: Readonly<Record<string, number>>
  readonly energySaved?: { readonly value: number; readonly unit: string }
  readonly waterSaved?: { readonly value: number; readonly unit: string }
  readonly factor?: string
  readonly source: string
}

const mwh = (value: number) => ({ value, unit: 'MWh' })
const m3 = (value: number) => ({ value, unit: 'm3' })

/** m3 a month that this year's measures save. */
const WATER_NOW = { towers: 2330, rain: 720, taps: 1067 } as const

/** The measures that the simulators can leave out (`measures.ts`), and those that save water: these by the month. */
export function demoSavings(lastYear: number, monthsOver: number): DemoSaving[] {
  const common = { period: String(lastYear), source: 'demo: energy office' }
  const metered = (measure: string, site: string, baseline: number, saved: number): DemoSaving => ({
    ...common,
    ...{
      measure,
      scope: `site:${site}`,
      method: 'metered',
      baseline: { energy: baseline },
      energySaved: mwh(saved),
    },
  })
  const water = (
    measure: string,
    site: string,
    baseline: number,
    last: number,
    now: number,
    factor: string,
  ): DemoSaving[] => {
    const of = (period: string, used: number, saved: number): DemoSaving => ({
      ...common,
      ...{ measure, scope: `site:${site}`, method: 'estimated', factor, period },
      ...{ baseline: { water: used }, waterSaved: m3(saved) },
    })
    const thisYear = monthsOf(lastYear + 1, monthsOver)
    return [
      of(String(lastYear), baseline, last),
      ...thisYear.map((period) => of(period, Math.round(baseline / 12), now)),
    ]
  }
  return [
    metered('free cooling', 'own-dc', 6100, 400),
    metered('free cooling towers', 'science-park', 14_900, 270),
    metered('infrared sensors in washrooms', 'science-park', 2900, 380),
    metered('production without light', 'yizhuang', 21_400, 310),
    metered('heat recovered from the oxidiser', 'ev-factory', 96_000, 10_648),
    ...water(
      'reclaimed water for cooling towers',
      'science-park',
      118_000,
      31_500,
      WATER_NOW.towers,
      'towers’ make-up less tap water',
    ),
    ...water('rain for gardens', 'wuhan-hq', 22_000, 9400, WATER_NOW.rain, 'tanks emptied'),
    ...water('sensor taps', 'yizhuang', 61_000, 12_800, WATER_NOW.taps, '2.1 L a wash, 6.1 million washes'),
  ]
}
