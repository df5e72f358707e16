import { intensityRows, type RowLayout, row } from './row.ts'

const ISO = ['ISO 14064-1']

export const emissionRows: readonly RowLayout[] = [
  row(
    'ghg',
    'Greenhouse gas emissions, scopes 1 and 2',
    '温室气体排放总量（范围一及范围二）',
    { hkex: ['A1.2', 'D 28'], gri: ['305-1', '305-2'], iso: ISO },
    {
      en: 'Scope 1 and location-based scope 2, by the GHG Protocol',
      zh: '范围一与范围二（基于位置）之和，依据《温室气体核算体系》',
    },
  ),
  row(
    'ghg-scope1',
    'Scope 1: direct emissions',
    '范围一：直接排放',
    { hkex: ['A1.2', 'D 28(a)'], gri: ['305-1'], iso: ISO },
    {
      en: 'Fuels burnt on site by heat value and emission factor; refrigerants, extinguishers and sewage by warming potential',
      zh: '现场燃料按热值和排放因子计算；制冷剂、灭火剂及污水按全球变暖潜势计算',
    },
  ),
  row(
    'ghg-scope2',
    'Scope 2: indirect emissions (location-based)',
    '范围二：间接排放（基于位置）',
    { hkex: ['A1.2', 'D 28(b)'], gri: ['305-2'], iso: ISO },
    {
      en: 'Purchased electricity by the average factor of its grid, purchased heat by its factor',
      zh: '外购电力按所在电网平均排放因子计算，外购热力按其排放因子计算',
    },
  ),
  row(
    'ghg-scope2-market',
    'Scope 2: indirect emissions (market-based)',
    '范围二：间接排放（基于市场）',
    { gri: ['305-2'] },
    {
      en: 'Less what renewable contracts and certificates cover; the rest by the residual factor of the grid',
      zh: '扣除绿电合同与绿证覆盖的电量，其余按电网剩余组合因子计算',
    },
  ),
  ...intensityRows('ghg', {
    en: 'Greenhouse gas emissions',
    zh: '温室气体排放量',
    standards: { hkex: ['A1.2'], gri: ['305-4'], iso: ISO },
  }),
]
