import type { AlertSubject, Cost, Course, Words } from './alert.ts'

/**
 * What a rule sees of a subject at an instant. `between`: neither wrong nor right again. `unknown`: nothing can be
 * said, as of a gap; what was, holds.
 */
export type Seen = 'breach' | 'between' | 'clear' | 'unknown'

export interface Observation extends Omit<AlertSubject, 'rule'> {
  readonly seen: Seen
  /** What was looked at reaches up to here, epoch milliseconds. */
  readonly at: number
  /** When it began, where it is wrong; `at` where that is not known. */
  readonly since?: number
  readonly value: number | null
  readonly limit: number | null
  readonly unit: string
  readonly summary: Words
  readonly advice: Words
  readonly cost: Cost
  readonly course?: Course
}
