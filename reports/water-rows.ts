import { intensityRows, type RowLayout, row } from './row.ts'

const A22 = ['A2.2']

export const waterRows: readonly RowLayout[] = [
  row(
    'water-withdrawal',
    'Water withdrawal',
    '取水总量',
    { hkex: A22, gri: ['303-3'] },
    {
      en: 'Tap water and reclaimed water as metered; 1 m³ counts as 1 t',
      zh: '自来水与中水之和，按计量；1 立方米计为 1 吨',
    },
  ),
  row(
    'tap-water',
    'Tap water (fresh water)',
    '自来水（新鲜水）用量',
    { hkex: A22, gri: ['303-3'] },
    { en: 'Tap water as metered; 1 m³ counts as 1 t', zh: '自来水计量值；1 立方米计为 1 吨' },
  ),
  row(
    'reclaimed-water',
    'Reclaimed water',
    '中水用量',
    { hkex: A22, gri: ['303-3'] },
    { en: 'Reclaimed water as metered; 1 m³ counts as 1 t', zh: '中水计量值；1 立方米计为 1 吨' },
  ),
  row(
    'water-discharge',
    'Water discharge',
    '排水量',
    { gri: ['303-4'] },
    { en: 'Wastewater as metered or entered', zh: '废水计量值或填报值' },
  ),
  row(
    'water-consumption',
    'Water consumption',
    '耗水量',
    { hkex: A22, gri: ['303-5'] },
    { en: 'Withdrawal less discharge', zh: '取水量减排水量' },
  ),
  ...intensityRows('tap-water', { en: 'Tap water', zh: '自来水用量', standards: { hkex: A22 } }),
  ...intensityRows('water-withdrawal', { en: 'Water withdrawal', zh: '取水量', standards: { hkex: A22 } }),
  row(
    'reclaimed-water-share',
    'Share of reclaimed water',
    '中水占比',
    {},
    { en: 'Reclaimed water divided by tap and reclaimed water together', zh: '中水量除以自来水与中水之和' },
    'percent',
  ),
]
