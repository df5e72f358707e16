import type { Denominator, Indicator } from './indicator.ts'

interface Names {
  readonly en: string
  readonly zh: string
}

const plain: Readonly<Record<string, readonly [en: string, zh: string]>> = {
  energy: ['Comprehensive energy consumption', '综合能源消耗量'],
  'energy-direct': ['Direct energy: fuels burnt', '直接能源：燃料燃烧'],
  'energy-indirect': ['Indirect energy: electricity and heat', '间接能源：电力与热力'],
  'energy-carriers': ['All carriers of energy', '全部能源品种'],
  'energy-tce': ['Energy in coal equivalent', '综合能耗（标准煤）'],
  'energy-direct-tce': ['Direct energy in coal equivalent', '直接能源（标准煤）'],
  'energy-indirect-tce': ['Indirect energy in coal equivalent', '间接能源（标准煤）'],
  'energy-renewable': ['Renewable energy', '可再生能源'],
  'energy-indirect-renewable': ['Renewable part of indirect energy', '间接能源中的可再生能源'],
  'renewable-electricity': ['Renewable electricity', '可再生电力'],
  'electricity-green': ['Electricity under contracts and certificates', '合同与证书覆盖的电力'],
  'green-contract': ['Contract for renewable electricity', '绿电合同'],
  'green-certificate': ['Certificate of renewable electricity', '绿色电力证书'],
  'electricity-used': ['Electricity used', '用电量'],
  'pv-self-consumed': ['Own solar power used on site', '光伏自用电量'],
  'heat-renewable': ['Renewable heat', '可再生热力'],
  'it-energy': ['IT equipment', 'IT 设备用电'],
  ghg: ['Greenhouse gases, scopes 1 and 2', '温室气体排放（范围一与范围二）'],
  'ghg-scope1': ['Scope 1: direct emissions', '范围一：直接排放'],
  'ghg-scope2': ['Scope 2, location-based', '范围二（基于位置）'],
  'ghg-scope2-market': ['Scope 2, market-based', '范围二（基于市场）'],
  'fuel-co2': ['Emissions of fuels', '燃料燃烧排放'],
  'bought-co2': ['Emissions of bought electricity and heat', '外购电力与热力排放'],
  'energy-co2': ['Emissions of energy', '能源排放'],
  refrigerant: ['Refrigerant losses', '制冷剂逸散'],
  extinguisher: ['Extinguisher losses', '灭火剂逸散'],
  sewage: ['Gases of sewage', '污水处理排放'],
  'water-withdrawal': ['Water withdrawal', '取水量'],
  'tap-water': ['Tap water', '自来水'],
  'reclaimed-water': ['Reclaimed water', '中水'],
  'water-discharge': ['Water discharge', '排水量'],
  'water-consumption': ['Water consumption', '耗水量'],
  'waste-nonhazardous': ['Non-hazardous waste', '无害废弃物'],
  'waste-hazardous': ['Hazardous waste', '有害废弃物'],
  packaging: ['Packaging', '包装材料'],
  'air-pollutants': ['Air pollutants', '大气污染物'],
  'e-waste': ['Electronic waste taken back', '电子废弃物回收'],
  'recycled-material': ['Recycled material', '再生材料'],
  'energy-saved': ['Energy saved by measures', '节能量'],
  'water-saved': ['Water saved by measures', '节水量'],
  'employees-fulltime-yearend': ['Full-time employees, at the end', '期末全职员工'],
  'employees-fulltime-average': ['Full-time employees, average', '平均全职员工'],
  'floor-area': ['Floor area', '建筑面积'],
  revenue: ['Revenue', '营业收入'],
}

const carriers: Readonly<Record<string, readonly [en: string, zh: string]>> = {
  'natural-gas': ['Natural gas', '天然气'],
  diesel: ['Diesel', '柴油'],
  petrol: ['Petrol', '汽油'],
  'electricity-bought': ['Electricity from the grid', '外购电力'],
  'electricity-own': ['Own electricity used on site', '自发自用电力'],
  'electricity-residual': ['Electricity at the residual mix', '剩余电力组合'],
  electricity: ['Electricity', '电力'],
  'heat-bought': ['Heat from outside', '外购热力'],
  'heat-own': ['Own heat used on site', '自产自用热力'],
  heat: ['Heat', '热力'],
}

const suffixes: Readonly<Record<string, readonly [en: string, zh: string]>> = {
  '': ['', ''],
  energy: [', as energy', '（折能量）'],
  coal: [', in coal equivalent', '（折标准煤）'],
  co2: [', emissions', '（排放）'],
}

/** What a quantity is called, also one that is no indicator; undefined of one that has no name. */
export function quantityName(id: string): Names | undefined {
  const own = Object.hasOwn(plain, id) ? plain[id] : undefined
  if (own !== undefined) return { en: own[0], zh: own[1] }
  const [, base = '', suffix = ''] = /^(.*?)(?:-(energy|coal|co2))?$/.exec(id) ?? []
  const carrier = Object.hasOwn(carriers, base) ? carriers[base] : undefined
  const as = suffixes[suffix]
  return carrier && as && { en: carrier[0] + as[0], zh: carrier[1] + as[1] }
}

const ratios: Readonly<Record<string, readonly [en: string, zh: string]>> = {
  'reclaimed-water-share': ['Share of reclaimed water', '中水占比'],
  'renewable-share': ['Share of renewable electricity', '可再生电力占比'],
  'pv-share': ['Share of solar power used on site', '光伏自用占比'],
  pue: ['Power usage effectiveness (PUE)', '电能利用效率（PUE）'],
  wue: ['Water usage effectiveness (WUE)', '水资源利用效率（WUE）'],
  cue: ['Carbon usage effectiveness (CUE)', '碳利用效率（CUE）'],
  ref: ['Renewable energy factor (REF)', '可再生能源利用率（REF）'],
}

const per: Readonly<Record<Denominator, (of: Names) => Names>> = {
  employees: ({ en, zh }) => ({ en: `${en} per employee`, zh: `人均${zh}` }),
  'employees-average': ({ en, zh }) => ({
    en: `${en} per employee (average headcount)`,
    zh: `人均${zh}（按平均人数）`,
  }),
  'floor-area': ({ en, zh }) => ({ en: `${en} per floor area`, zh: `单位面积${zh}` }),
  revenue: ({ en, zh }) => ({ en: `${en} per RMB million of revenue`, zh: `每百万元营收${zh}` }),
}

/** What an indicator is called: its quantity, and what that is divided by. */
export function indicatorName({ id, numerator, denominator }: Indicator): Names {
  const ratio = Object.hasOwn(ratios, id) ? ratios[id] : undefined
  if (ratio !== undefined) return { en: ratio[0], zh: ratio[1] }
  const of = quantityName(numerator.id) ?? { en: id, zh: id }
  return typeof denominator === 'string' ? per[denominator](of) : of
}
