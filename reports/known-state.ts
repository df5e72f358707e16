import { z } from 'zod'
import type { Basis } from '../core/basis.ts'
import type { Values } from '../core/restatement.ts'
import { basisFiles, readBasis } from './basis-files.ts'
import { parsed } from './record-file.ts'
import { unzipped, zipped } from './zip.ts'

/** What a look at a publication has come to: the figures, and what they rested on. */
export interface KnownState {
  readonly basis: Basis
  readonly values: Values
  /** The program's. */
  readonly version: string
}

const STATE = 'state.json'

const stateSchema = z.strictObject({
  now: z.int(),
  rules: z.int(),
  version: z.string(),
  values: z.array(z.tuple([z.string(), z.number().nullable()])),
})

export function packed({ basis, values, version }: KnownState): Uint8Array {
  const { now, rules } = basis
  const state = JSON.stringify({ now, rules, version, values: [...values] })
  return zipped(new Map([...basisFiles(basis), [STATE, state]]))
}

/** Undefined where any of it is damaged. */
export function unpacked(bytes: Uint8Array): KnownState | undefined {
  const files = unzipped(bytes)
  if (files === undefined) return undefined
  const texts = new Map([...files].map(([path, one]) => [path, Buffer.from(one ?? []).toString()]))
  const state = stateSchema.safeParse(parsed(texts.get(STATE) ?? '')).data
  if (state === undefined) return undefined
  const { basis, damages } = readBasis(texts, state)
  if (basis === undefined || damages.length > 0) return undefined
  return { basis, values: new Map(state.values), version: state.version }
}
