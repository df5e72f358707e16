import { expect, test } from 'vitest'
import { indicators } from '../../core/indicator.ts'
import { unitText } from '../../core/unit-text.ts'

test('units are written as they are read in either language', () => {
  expect(
    ['m3/h', 'MWh/person', 'tCO2e/RMB million', 'kWh/m2', 'degC'].map((one) => unitText(one, 'en')),
  ).toEqual(['m³/h', 'MWh/person', 'tCO₂e/RMB million', 'kWh/m²', '°C'])
  expect(['m3/person', 'tce/RMB million'].map((one) => unitText(one, 'zh'))).toEqual(['m³/人', 'tce/百万元'])
  expect(unitText('1', 'en')).toBe('')
})

test('no unit of an indicator is left as it is typed', () => {
  for (const { id, unit } of indicators.values())
    for (const lang of ['en', 'zh'] as const) expect(unitText(unit, lang), id).not.toMatch(/m[23]|CO2/)
})
