import { expect, it } from 'vitest'
import type { Scope } from '../../core/organisation-index.ts'
import { metersOfUse } from '../../core/uses.ts'
import { incomer, organisation, site } from '../support/organisation.ts'

type Of = { parent?: string; use?: 'it' }
const submeter = (id: string, of: Of = {}) => ({
  ...{ id, utility: 'electricity' as const, role: 'submeter' as const, register: { unit: 'kWh' } },
  ...of,
})
const virtual = (id: string, formula: string) => ({
  ...{ id, utility: 'electricity' as const, role: 'virtual' as const, use: 'it' as const },
  formula,
})

/** What counts for IT at a site with these meters: the factor of each by its id. */
function counted(meters: Parameters<typeof site>[0]['meters']): Record<string, number> {
  const org = organisation([site({ id: 'dc', meters: [incomer('in'), ...(meters ?? [])] })])
  const found = metersOfUse(org.scope('site:dc') as Scope, 'electricity', 'it')
  return Object.fromEntries(found.map(({ meter, weight }) => [meter.id, weight]))
}

it('a meter of the use counts once, whether a formula names it as well or not', () => {
  expect(counted([submeter('a', { use: 'it' }), submeter('b'), virtual('v', 'a + b')])).toEqual({
    a: 1,
    b: 1,
  })
})

it('a formula keeps its factors', () => {
  expect(counted([submeter('a'), virtual('v', 'a + a')])).toEqual({ a: 2 })
})

it('what one formula leaves out and another meter of the use brings in does not lack', () => {
  const x = submeter('x', { parent: 'in' })
  expect(counted([x, submeter('y'), virtual('v', 'in - x'), virtual('w', 'x + y')])).toEqual({ in: 1, y: 1 })
  expect(counted([{ ...x, use: 'it' }, virtual('v', 'in - x')])).toEqual({ in: 1 })
})

it('a meter of the use counts beneath one that a formula leaves out, and not beneath one that counts', () => {
  const meters = [
    submeter('x', { parent: 'in' }),
    submeter('y', { parent: 'x', use: 'it' }),
    submeter('z', { parent: 'y', use: 'it' }),
    submeter('u', { parent: 'in', use: 'it' }),
    virtual('v', 'in - x'),
  ]
  expect(counted(meters)).toEqual({ in: 1, x: -1, y: 1 })
})
