import { quantityName } from '../core/quantity-names.ts'
import { partsIn, type Quantity } from '../core/source.ts'

/** Words in both languages. */
export interface Words {
  readonly en: string
  readonly zh: string
}

type Pair = readonly [en: string, zh: string]

const FUEL_BY: Readonly<Record<string, Pair>> = {
  energy: ['by the heat value', '按热值折算'],
  coal: ['by the coal equivalent', '按折标准煤系数折算'],
  co2: ['by heat value and emission factor', '按热值与排放因子折算'],
}
const CARRIER_BY: Readonly<Record<string, Pair>> = {
  '': ['in MWh', '以 MWh 计'],
  energy: ['in MWh', '以 MWh 计'],
  coal: ['by the coal equivalent', '按折标准煤系数折算'],
  co2: ['by the emission factor', '按排放因子折算'],
}
const FUELS: Readonly<Record<string, Pair>> = {
  'natural-gas': ['natural gas', '天然气'],
  diesel: ['diesel', '柴油'],
  petrol: ['petrol', '汽油'],
}
const CARRIERS: Readonly<Record<string, Pair>> = {
  electricity: ['electricity', '电力'],
  heat: ['heat', '热力'],
}

/** Of quantities that meters give, or a rule of its own: what no structure tells. */
const plain: Readonly<Record<string, Pair>> = {
  'pv-self-consumed': [
    'Renewable generation of electricity less what the site feeds out.',
    '可再生发电量减去场所的上网电量。',
  ],
  'heat-renewable': ['Heat that renewable meters show.', '标记为可再生的热力计量值。'],
  'it-energy': [
    'Electricity meters of the use it, virtual ones by their parts; each counts once, and none that hangs on another.',
    '用途为 it 的电表用量，虚拟表按其组成计；每只表只计一次，下级表不重复计入。',
  ],
  'electricity-co2': [
    'Bought electricity, or electricity as entered, × the emission factor of the grid that the site hangs on.',
    '外购电量（或录入的电量）× 场所所在电网的排放因子。',
  ],
  'heat-co2': [
    'Bought heat, or heat as entered, × its emission factor.',
    '外购热量（或录入的热量）× 热力排放因子。',
  ],
  'tap-water': [
    'Water meters of the supply, or tap water as entered; 1 m³ counts as 1 t.',
    '自来水总表用量，或录入值；1 m³ 按 1 t 计。',
  ],
  'reclaimed-water': [
    'Meters of reclaimed water, or as entered; 1 m³ counts as 1 t.',
    '中水总表用量，或录入值；1 m³ 按 1 t 计。',
  ],
  'water-discharge': [
    'Meters of waste water, whatever their role: what any of them shows has left.',
    '污水表的计量值，不论其角色，均视为已排出。',
  ],
  'ghg-scope2-market': [
    'Bought electricity that no contract and no certificate covers × the residual mix (the average of the grid where none is listed), and bought heat × its factor. What is covered counts as zero; no more is covered than was bought.',
    '未被绿电合同或证书覆盖的外购电量 × 剩余电力组合因子（未列出时用电网平均因子），加上外购热力 × 其因子。已覆盖部分按零计，覆盖量不超过外购量。',
  ],
  'electricity-green': [
    'What contracts and certificates cover of the electricity that was bought, and no more than that.',
    '绿电合同与证书所覆盖的外购电量，且不超过外购量。',
  ],
}

const ENTERED: Pair = ['What is entered for the period.', '该时段的录入值。']
const TALLY: Pair = ['All events entered in the period, added up.', '时段内录入的各次事件之和。']
const GAS: Pair = [
  'What got out, as entered by mass, × its warming potential; or as entered in CO₂e.',
  '录入的逸散质量 × 全球变暖潜势，或直接以 CO₂e 录入。',
]

/** How a quantity is made: a sum by its parts, else by what its meters or entries are. */
export function quantityWords(quantity: Quantity): Words | undefined {
  const { id, source } = quantity
  const own = Object.hasOwn(plain, id) ? plain[id] : undefined
  if (own !== undefined) return asWords(own)
  if (source.kind === 'sum') return sumWords(source)
  if (source.kind === 'entered') return asWords(source.gas ? GAS : source.tally ? TALLY : ENTERED)
  return carrierWords(id)
}

function sumWords({ parts, zeroBeside }: Extract<Quantity['source'], { kind: 'sum' }>): Words {
  const inLang = (lang: 'en' | 'zh') =>
    parts
      .map(({ quantity: { id }, weight }, i) => {
        const operator = weight < 0 ? '− ' : i > 0 ? '+ ' : ''
        return operator + (quantityName(id)?.[lang] ?? id)
      })
      .join(' ')
  const none = zeroBeside !== undefined
  return {
    en: `${inLang('en')}.${none ? ' 0 where a scope has none of these while its energy is known.' : ''}`,
    zh: `${inLang('zh')}。${none ? '若均无而能耗已知，则为 0。' : ''}`,
  }
}

function carrierWords(id: string): Words | undefined {
  const [, base = '', suffix = ''] = /^(.*?)(?:-(energy|coal|co2))?$/.exec(id) ?? []
  const fuel = Object.hasOwn(FUELS, base) ? FUELS[base] : undefined
  const fuelBy = FUEL_BY[suffix]
  if (fuel !== undefined && fuelBy !== undefined)
    return {
      en: `Meters of ${fuel[0]}, or ${fuel[0]} as entered, ${fuelBy[0]}; by density between litres and kilograms.`,
      zh: `${fuel[1]}计量值或录入值，${fuelBy[1]}；体积与质量之间按密度换算。`,
    }
  const [, of = '', from = ''] = /^(.*)-(bought|own)$/.exec(base) ?? []
  const carrier = Object.hasOwn(CARRIERS, of) ? CARRIERS[of] : undefined
  const by = CARRIER_BY[suffix]
  if (carrier === undefined || by === undefined) return undefined
  if (from === 'bought')
    return {
      en: `Import meters of ${carrier[0]}, or ${carrier[0]} as entered from invoices, ${by[0]}.`,
      zh: `${carrier[1]}进线表计量值，或按发票录入的值，${by[1]}。`,
    }
  // Of all electricity that was used, what it was made from makes no difference.
  const anyFuel = suffix === ''
  return {
    en: `Own generation of ${carrier[0]} less what is fed out, ${by[0]}${anyFuel ? ', from whatever it was made' : '; what is made from a fuel that is metered or entered is in the fuel already, and left out'}.`,
    zh: `自产${carrier[1]}减去外送量，${by[1]}${anyFuel ? '，不论由何种能源产生' : '；由已计量或录入的燃料产生的部分已计入燃料，不再计入'}。`,
  }
}

/** Whether a factor stands between what was metered or entered and the quantity. */
export function isByFactor(quantity: Quantity): boolean {
  const { id, unit, source } = quantity
  const fuel = Object.keys(FUELS).some((one) => id.startsWith(`${one}-`))
  const here = source.kind === 'meters' && (fuel || unit === 'tCO2e' || unit === 'tce')
  return here || (source.kind === 'entered' && source.gas === true) || partsIn(quantity).some(isByFactor)
}

function asWords([en, zh]: Pair): Words {
  return { en, zh }
}
