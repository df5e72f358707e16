import { intensityRows, type RowLayout, row } from './row.ts'

const A21 = { hkex: ['A2.1'], gri: ['302-1'] }

export const energyRows: readonly RowLayout[] = [
  row(
    'energy',
    'Comprehensive energy consumption',
    '综合能源消耗量',
    { ...A21, iso: ['ISO 50001'] },
    {
      en: 'Electricity, heat and fuels as calorific value, by GB/T 2589-2020; 1 MWh is 3.6 GJ',
      zh: '电力、热力及燃料按热值折算，依据 GB/T 2589-2020；1 兆瓦时 = 3.6 吉焦',
    },
  ),
  row('energy-direct', 'Direct energy consumption', '直接能源消耗量', A21, {
    en: 'Natural gas, diesel and petrol burnt on site, by heat values of GB/T 2589-2020',
    zh: '现场燃烧的天然气、柴油及汽油，热值依据 GB/T 2589-2020',
  }),
  row('energy-indirect', 'Indirect energy consumption', '间接能源消耗量', A21, {
    en: 'Electricity and heat that were purchased, as delivered',
    zh: '外购电力及热力，按交付量计',
  }),
  row('energy-renewable', 'Renewable energy', '可再生能源', A21, {
    en: 'Own renewable generation that was used on site, and renewable electricity under contracts and certificates',
    zh: '自发自用的可再生能源，以及通过合同和证书取得的可再生电力',
  }),
  row(
    'energy-tce',
    'Comprehensive energy consumption, in coal equivalent',
    '综合能源消耗量（折标准煤）',
    A21,
    {
      en: 'By the conversion to standard coal of GB/T 2589-2020, electricity at its calorific value',
      zh: '按 GB/T 2589-2020 折标准煤系数计算，电力按当量值',
    },
  ),
  ...intensityRows('energy', {
    en: 'Energy',
    zh: '能源消耗量',
    standards: { hkex: ['A2.1'], gri: ['302-3'], iso: ['ISO 50006'] },
  }),
]
