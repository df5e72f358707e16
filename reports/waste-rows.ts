import { intensityRows, type RowLayout, row } from './row.ts'

const nonhazardous = { hkex: ['A1.4'], gri: ['306-3'] }
const hazardous = { hkex: ['A1.3'], gri: ['306-3'] }
const entered = { en: 'Sum of the entries of the year', zh: '当年填报值之和' }

export const wasteRows: readonly RowLayout[] = [
  row('waste-nonhazardous', 'Non-hazardous waste', '无害废弃物总量', nonhazardous, entered),
  row('waste-hazardous', 'Hazardous waste', '有害废弃物总量', hazardous, entered),
  row('packaging', 'Packaging material', '包装材料用量', { hkex: ['A2.5'], gri: ['301-1'] }, entered),
  row('air-pollutants', 'Air pollutants', '大气污染物排放量', { hkex: ['A1.1'], gri: ['305-7'] }, entered),
  row('e-waste', 'E-waste collected', '电子废弃物回收量', {}, entered),
  row('recycled-material', 'Recycled material used', '再生材料使用量', { gri: ['301-2'] }, entered),
  ...intensityRows('waste-nonhazardous', {
    en: 'Non-hazardous waste',
    zh: '无害废弃物',
    standards: { hkex: ['A1.4'] },
    finerDecimals: 4,
  }),
  ...intensityRows('waste-hazardous', {
    en: 'Hazardous waste',
    zh: '有害废弃物',
    standards: { hkex: ['A1.3'] },
    finerDecimals: 6,
  }),
]
