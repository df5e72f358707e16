import { expect } from 'vitest'
import type { Json } from './json.ts'

/** The same JSON but for the last digits of its numbers. */
export function expectAlike(one: Json, other: Json, path: string): void {
  if (typeof one === 'number' && typeof other === 'number') {
    const near = Math.abs(one - other) <= 1e-9 * Math.max(1, Math.abs(one))
    expect(near, `${path}: ${one} and ${other}`).toBe(true)
  } else if (typeof one === 'object' && one !== null && typeof other === 'object' && other !== null) {
    expect(Object.keys(other), path).toEqual(Object.keys(one))
    for (const key of Object.keys(one)) expectAlike(one[key], other[key], `${path}/${key}`)
  } else expect(other, path).toBe(one)
}
