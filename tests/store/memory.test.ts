import { describe } from 'vitest'
import { MemoryStore } from '../../store/memory.ts'
import { storeConformance } from './conformance.ts'

describe('the store in memory', () => {
  storeConformance(async () => new MemoryStore())
})
