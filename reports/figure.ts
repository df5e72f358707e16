import type { FactorUse } from '../core/factor-use.ts'
import type { Quality } from '../core/quality.ts'

/** An indicator of a year, as the report is told it. */
export interface ReportFigure {
  /** Unrounded; null with `reason` where it is undefined. */
  readonly value: number | null
  readonly unit: string
  readonly numerator: number | null
  readonly denominator: number | null
  /** Share of the elapsed year for which there is data, 0..1. */
  readonly coverage: number
  /** Share of the value that is estimated, 0..1. */
  readonly estimated: number
  readonly quality: Quality
  /** The year still runs. */
  readonly partial: boolean
  readonly reason?: string
  readonly notes: readonly string[]
  readonly factors: readonly FactorUse[]
}

/** A value as it was published, beside what is known today. */
export interface PublishedValue {
  readonly value: number
  /** Id of the publication. */
  readonly publication: string
}
