import { defineConfig } from 'vitest/config'
import { LongestFirst } from './tests/support/longest-first.ts'

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    reporters: ['default', './tests/support/closing-line.ts', './tests/support/stall.ts'],
    // Of large figures that differ, the difference alone could be sought for an hour.
    diff: { truncateThreshold: 2000 },
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // Real brokers, stores and browsers on two cores: more at once only makes each of them wait.
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
  },
})
