import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { entryQuantities } from '../../core/entry-quantities.ts'
import { isSaving } from '../../core/savings.ts'

it('the documentation lists every quantity with its units, kinds and how its entries add', () => {
  const rows = Object.entries(entryQuantities).map(([quantity, { units, kinds, tally }]) => {
    const kind = kinds === undefined ? 'none' : kinds === 'free' ? 'any, or none' : 'needed'
    const each = isSaving(quantity) ? 'an event, in the ledger below' : tally ? 'an event' : 'the total'
    return `| \`${quantity}\` | ${Object.keys(units).join(', ')} | ${kind} | ${each} |`
  })
  const page = readFileSync(new URL('../../docs/entries.md', import.meta.url), 'utf8')
  const [, table = ''] = /## Quantities\n\n.*\n.*\n([\s\S]*?)\n\n/.exec(page) ?? []
  expect(table.split('\n')).toEqual(rows)
})
