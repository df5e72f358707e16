import { randomUUID } from 'node:crypto'
import type { Entry } from '../../core/entry.ts'

/** An entry with sensible defaults: of site s, for 2023. */
export function entry(overrides: Partial<Entry> & Pick<Entry, 'quantity' | 'value' | 'unit'>): Entry {
  return {
    id: randomUUID(),
    scope: 'site:s',
    kind: '',
    item: '',
    period: '2023',
    source: 'invoice',
    note: '',
    by: '',
    enteredAt: 0,
    ...overrides,
  }
}
