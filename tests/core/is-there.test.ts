import { expect, it } from 'vitest'
import { alertsSchema } from '../../core/alert-file.ts'
import { type Rule, rulesOf } from '../../core/alert-rules.ts'
import { isThere } from '../../core/is-there.ts'
import { incomer, organisation, site } from '../support/organisation.ts'

const rules = alertsSchema.parse({})
const unmetered = rulesOf(rules).find(({ id }) => id === 'unmetered') as Rule
const below = { ...incomer('k'), role: 'submeter' as const, parent: 'm' }
const now = Date.UTC(2026, 2, 2)

it.each([
  ['with a meter below it', [incomer('m'), below], true],
  ['with one below it that hangs on none', [incomer('m'), { ...below, parent: undefined }], true],
  ['with none below it any more', [incomer('m')], false],
  ['with one below it that was taken out of use', [incomer('m'), { ...below, to: '2026-03-01' }], false],
])('an alert of the remainder of a meter %s: whether it stands', (_, meters, stands) => {
  const known = { organisation: organisation([site({ id: 's', meters })]), targets: [], rules }
  expect(isThere(unmetered, 'meter:m', known, now)).toBe(stands)
})
