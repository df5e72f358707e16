import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Entry } from '../../core/entry.ts'
import { entryKey } from '../../core/entry.ts'
import { type EntryDraft, EntryVersions } from '../../core/entry-versions.ts'

const said: EntryDraft = {
  scope: 'site:park',
  quantity: 'waste-hazardous',
  kind: '',
  item: '',
  period: '2025',
  value: 5,
  unit: 't',
  source: 'waste manifest',
  note: '',
  by: '',
}
const entry = (id: string, more: Partial<Entry> = {}): Entry => ({ id, ...said, enteredAt: 1000, ...more })

describe('entries of one key', () => {
  it('are versions of which the last one counts', () => {
    const versions = new EntryVersions([
      entry('a'),
      entry('other', { kind: 'batteries' }),
      entry('b', { value: 6, unit: 'kg' }),
    ])
    expect(versions.rows.map(({ entry: { id }, ...rest }) => ({ id, ...rest }))).toEqual([
      { id: 'a', version: 1, inForce: false, supersedes: null, supersededBy: 'b' },
      { id: 'other', version: 1, inForce: true, supersedes: null, supersededBy: null },
      { id: 'b', version: 2, inForce: true, supersedes: 'a', supersededBy: null },
    ])
    expect(versions.inForceAt(said)?.id).toBe('b')
  })

  it('do not count when the last one takes back, and count again when they are said anew', () => {
    const taken = [entry('a'), entry('b', { value: null })]
    expect(new EntryVersions(taken).inForce()).toEqual([])
    expect(new EntryVersions(taken).inForceAt(said)).toBeUndefined()
    const anew = new EntryVersions([...taken, entry('c', { value: 7 })])
    expect(anew.inForce().map(({ id }) => id)).toEqual(['c'])
    expect(anew.byId('c')).toMatchObject({ version: 3, supersedes: 'b' })
  })

  it('are entered one after the other, also when the clock is set back', () => {
    const versions = new EntryVersions([entry('a', { enteredAt: 5000 })])
    expect(versions.next(said, 'b', 6000).enteredAt).toBe(6000)
    expect(versions.next(said, 'b', 5000).enteredAt).toBe(5001)
    expect(versions.next(said, 'b', 100).enteredAt).toBe(5001)
    expect(versions.next({ ...said, item: 'invoice 7' }, 'b', 100).enteredAt).toBe(100)
  })

  it('have at most one in force each, and every version but the first supersedes one', () => {
    const some = fc.array(
      fc.record({
        kind: fc.constantFrom('', 'paper'),
        period: fc.constantFrom('2024', '2025'),
        value: fc.constantFrom(null, 1, 2),
      }),
    )
    fc.assert(
      fc.property(some, (list) => {
        const { rows } = new EntryVersions(list.map((more, i) => entry(String(i), more)))
        const keys = rows.filter(({ inForce }) => inForce).map((row) => entryKey(row.entry))
        expect(new Set(keys).size).toBe(keys.length)
        for (const { version, supersedes } of rows) expect(supersedes === null).toBe(version === 1)
        const superseded = rows.filter(({ supersededBy }) => supersededBy !== null).length
        expect(superseded).toBe(rows.filter(({ version }) => version > 1).length)
      }),
    )
  })
})
