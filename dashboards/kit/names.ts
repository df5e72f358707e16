import { MappingType, type ValueMapping } from '@grafana/grafana-foundation-sdk/dashboard'
import { indicators } from '../../core/indicator.ts'
import { dimensionOf } from '../../core/quantity.ts'
import { indicatorName } from '../../core/quantity-names.ts'
import { utilityNames } from '../../core/utility-names.ts'
import type { Language, Said } from './language.ts'
import { steps } from './panel.ts'
import { consumptionUnits } from './units.ts'

export const useNames: Readonly<Record<string, Said>> = {
  it: { en: 'IT equipment', zh: 'IT 设备' },
  cooling: { en: 'Cooling', zh: '制冷' },
  ups: { en: 'UPS', zh: '不间断电源' },
  lighting: { en: 'Lighting', zh: '照明' },
  hvac: { en: 'Heating, ventilation, air conditioning', zh: '暖通空调' },
  process: { en: 'Process', zh: '生产工艺' },
  canteen: { en: 'Canteen', zh: '食堂' },
  'domestic-hot-water': { en: 'Hot water', zh: '生活热水' },
  'ev-charging': { en: 'Vehicle charging', zh: '充电桩' },
  other: { en: 'Other', zh: '其他' },
}

export const roleNames: Readonly<Record<string, Said>> = {
  import: { en: 'supply', zh: '购入' },
  export: { en: 'fed out', zh: '送出' },
  generation: { en: 'own generation', zh: '自产' },
  submeter: { en: 'submeter', zh: '分表' },
  virtual: { en: 'virtual', zh: '虚拟表' },
  sensor: { en: 'sensor', zh: '传感器' },
}

export const indicatorNames: Readonly<Record<string, Said>> = Object.fromEntries(
  [...indicators.values()].map((indicator) => [indicator.id, indicatorName(indicator)]),
)

/** Of some indicators, the names of series that are called `$tag_indicator ($tag_unit)`. */
export function seriesOfIndicators(...ids: readonly string[]): Readonly<Record<string, Said>> {
  return Object.fromEntries(
    ids.map((id) => {
      const { unit } = indicators.get(id) ?? {}
      return [`${id} (${unit})`, indicatorNames[id] ?? { en: id, zh: id }]
    }),
  )
}

const WATERS = ['tap-water', 'reclaimed-water', 'rainwater', 'wastewater']
const FUELS = ['natural-gas', 'diesel', 'petrol']

/** Of all utilities, the names of series that are called `$tag_utility ($tag_unit)`. */
export const seriesOfUtilities: Readonly<Record<string, Said>> = Object.fromEntries(
  Object.entries(utilityNames).flatMap(([utility, said]) =>
    consumptionUnits
      .filter(
        (unit) => WATERS.includes(utility) === (dimensionOf(unit) === 'volume') || FUELS.includes(utility),
      )
      .map((unit) => [`${utility} (${unit})`, said]),
  ),
)

/** Words for the values of a tag in a table, or the numbers that stand for something. */
export function words(lang: Language, names: Readonly<Record<string, Said>>): ValueMapping[] {
  return [
    {
      type: MappingType.ValueToText,
      options: Object.fromEntries(
        Object.entries(names).map(([value, said], index) => [value, { text: said[lang], index }]),
      ),
    },
  ]
}

const verdictLooks = {
  '0': [{ en: 'on track', zh: '达标' }, 'green'],
  '1': [{ en: 'at risk', zh: '有风险' }, 'yellow'],
  '2': [{ en: 'off track', zh: '未达标' }, 'red'],
  '3': [{ en: 'insufficient data', zh: '数据不足' }, 'blue'],
} as const satisfies Record<string, readonly [Said, string]>

const qualityLooks = {
  '0': [{ en: 'measured', zh: '实测' }, 'green'],
  '1': [{ en: 'interpolated', zh: '插值' }, 'light-green'],
  '2': [{ en: 'edited', zh: '修正' }, 'blue'],
  '3': [{ en: 'estimated', zh: '估算' }, 'yellow'],
  '4': [{ en: 'suspect', zh: '可疑' }, 'orange'],
  '5': [{ en: 'missing', zh: '缺失' }, 'red'],
} as const satisfies Record<string, readonly [Said, string]>

export function verdictWords(lang: Language): ValueMapping[] {
  return coloured(lang, verdictLooks)
}

export function qualityWords(lang: Language): ValueMapping[] {
  return coloured(lang, qualityLooks)
}

/** The colours of verdicts by number. */
export const verdictSteps = () => steps(['green', null], ['yellow', 1], ['red', 2], ['blue', 3])
/** The colours of qualities by number. */
export const qualitySteps = () =>
  steps(['green', null], ['light-green', 1], ['blue', 2], ['yellow', 3], ['orange', 4], ['red', 5])

/** Words with colours of their own. */
export function coloured(
  lang: Language,
  looks: Readonly<Record<string, readonly [Said, string]>>,
): ValueMapping[] {
  return [
    {
      type: MappingType.ValueToText,
      options: Object.fromEntries(
        Object.entries(looks).map(([value, [said, color]], index) => [
          value,
          { text: said[lang], color, index },
        ]),
      ),
    },
  ]
}
