import { emissionRows } from './emission-rows.ts'
import { energyRows } from './energy-rows.ts'
import { type RowLayout, row, type SectionLayout } from './row.ts'
import { wasteRows } from './waste-rows.ts'
import { waterRows } from './water-rows.ts'

/** The sections of the annual table; in each what was used comes first, then intensities (DOMAIN, section 6). */
export const layout: readonly SectionLayout[] = [
  { id: 'energy', name: { en: 'Energy', zh: '能源' }, rows: energyRows },
  { id: 'emissions', name: { en: 'Greenhouse gases', zh: '温室气体' }, rows: emissionRows },
  { id: 'water', name: { en: 'Water', zh: '水资源' }, rows: waterRows },
  { id: 'waste', name: { en: 'Waste and materials', zh: '废弃物与材料' }, rows: wasteRows },
  {
    id: 'facilities',
    name: { en: 'Data centres and renewable shares', zh: '数据中心与可再生能源占比' },
    rows: [
      row(
        'pue',
        'Power usage effectiveness (PUE)',
        '电能利用效率（PUE）',
        { iso: ['ISO/IEC 30134-2'] },
        {
          en: 'Energy of the data centre divided by energy of its IT equipment',
          zh: '数据中心总能耗除以 IT 设备能耗',
        },
      ),
      row(
        'wue',
        'Water usage effectiveness (WUE)',
        '水资源利用效率（WUE）',
        { iso: ['ISO/IEC 30134-9'] },
        {
          en: 'Litres of water divided by kWh of IT equipment',
          zh: '用水量（升）除以 IT 设备能耗（千瓦时）',
        },
      ),
      row(
        'cue',
        'Carbon usage effectiveness (CUE)',
        '碳利用效率（CUE）',
        { iso: ['ISO/IEC 30134-8'] },
        {
          en: 'Kilograms of CO₂ divided by kWh of IT equipment',
          zh: '二氧化碳排放量（千克）除以 IT 设备能耗（千瓦时）',
        },
      ),
      row(
        'ref',
        'Renewable energy factor (REF)',
        '可再生能源利用率（REF）',
        { iso: ['ISO/IEC 30134-3'] },
        { en: 'Renewable energy divided by energy of the data centre', zh: '可再生能源量除以数据中心总能耗' },
        'percent',
      ),
      row(
        'renewable-share',
        'Share of renewable electricity',
        '可再生电力占比',
        { gri: ['302-1'] },
        { en: 'Renewable electricity divided by all electricity', zh: '可再生电力除以用电总量' },
        'percent',
      ),
      row(
        'pv-share',
        'Share of solar power used on site',
        '光伏自用占比',
        {},
        {
          en: 'Own solar power used on site divided by import and generation less export',
          zh: '光伏自用电量除以（购入电量 + 发电量 − 上网电量）',
        },
        'percent',
      ),
    ],
  },
  {
    id: 'savings',
    name: { en: 'Savings', zh: '节能节水' },
    rows: [
      row(
        'energy-saved',
        'Energy saved by measures',
        '节能量',
        { hkex: ['A2.3'], gri: ['302-4'] },
        { en: 'Sum of the savings ledger', zh: '节能台账之和' },
      ),
      row(
        'water-saved',
        'Water saved by measures',
        '节水量',
        { hkex: ['A2.4'] },
        { en: 'Sum of the savings ledger', zh: '节水台账之和' },
      ),
    ],
  },
  {
    id: 'denominators',
    name: { en: 'People, floor area, revenue', zh: '人员、面积与营收' },
    rows: [
      divisor(
        'employees',
        'energy-per-employee',
        'person',
        'Full-time employees at year end',
        '年末全职员工人数',
        {
          en: 'As stated for each site, in force at the end of the year',
          zh: '各场所填报，年末有效值',
        },
      ),
      divisor(
        'employees-average',
        'energy-per-employee-average',
        'person',
        'Full-time employees, average',
        '平均全职员工人数',
        { en: 'As stated for each site, weighted by time', zh: '各场所填报，按时间加权' },
      ),
      divisor('floor-area', 'energy-per-area', 'm2', 'Floor area', '建筑面积', {
        en: 'As stated for each area, weighted by time',
        zh: '各区域填报，按时间加权',
      }),
      divisor('revenue', 'energy-per-revenue', 'RMB million', 'Revenue', '营业收入', {
        en: 'As stated for each site and year',
        zh: '各场所按年填报',
      }),
    ],
  },
]

function divisor(
  id: string,
  indicator: string,
  unit: string,
  en: string,
  zh: string,
  method: RowLayout['method'],
): RowLayout {
  return {
    id,
    indicator,
    unit,
    shown: 'denominator',
    name: { en, zh },
    decimals: id === 'employees' ? 0 : 2,
    standards: {},
    method,
  }
}
