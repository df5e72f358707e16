import { expect, it } from 'vitest'
import { checkFactors } from '../../core/factor-check.ts'
import { factorsSchema } from '../../core/factor-file.ts'
import { organisation, site } from '../support/organisation.ts'

const org = organisation([site({ id: 'hq' })])
const grid = { of: 'electricity', region: 'CN-NORTH', from: '2024-01-01', value: 0.6, unit: 'kgCO2/kWh' }
const factor = (more: object) => ({ ...grid, source: 'a table', published: '2025', ...more })
const said = (...factors: object[]) =>
  checkFactors(factorsSchema.parse({ factors }), org).map(
    ({ path, message }) => `${path.join('.')}: ${message}`,
  )

it('a factor of nothing that there is, is refused by name; a gas may have any', () => {
  expect(said(factor({}), factor({ of: 'electricity-residual' }))).toEqual([])
  expect(said(factor({ of: 'electricty' }))[0]).toMatch(
    /^factors\.0\.of: .*"electricty".*there are electricity, heat/,
  )
  expect(said(factor({ kind: 'warming-potential', of: 'R-1234yf', unit: 'kgCO2e/kg' }))).toEqual([])
})

it('a site that there is not is refused, with those that there are', () => {
  expect(said(factor({ region: undefined, site: 'hp' }))[0]).toContain('there is no site "hp"; there are hq')
})

it('two of the same at once are refused, one after the other is not', () => {
  const first = factor({ to: '2024-12-31' })
  expect(said(first, factor({ from: '2025-01-01' }))).toEqual([])
  expect(said(first, factor({ from: '2024-06-01', to: '2025-05-31' }))[0]).toContain('both hold at once')
})
