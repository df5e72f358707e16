import { type AggregateOptions, aggregateOnce } from '../../aggregate/aggregate.ts'
import type { Organisation } from '../../core/organisation-index.ts'
import type { Store } from '../../store/store.ts'

/** 2000 windows each: more than any test touches. */
const RUNS = 1000

/**
 * Aggregates until no window waits any more; answers how often that was. Rejects where it comes to no end:
 * over a store in memory nothing else would, as no timer has its turn between two runs.
 */
export async function rolledUp(
  store: Store,
  organisation: Organisation,
  options?: AggregateOptions,
): Promise<number> {
  for (let runs = 0; runs < RUNS; runs += 1) {
    if ((await aggregateOnce(store, organisation, options)) === null) return runs
  }
  const [first] = await store.touched(1)
  throw new Error(`windows still wait after ${RUNS} runs, the first is ${JSON.stringify(first)}`)
}
