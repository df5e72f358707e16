/** A factor that a figure was reckoned with: which value, how long it holds, and who says so. */
export interface FactorUse {
  readonly key: string
  readonly name: string
  readonly value: number
  readonly unit: string
  /** Local date from which it holds, inclusive. */
  readonly from: string
  /** Local date until which it holds, inclusive; null where it holds until the next one. */
  readonly to: string | null
  readonly source: string
  /** When its source was published: a date, a month or a year. */
  readonly published: string | null
  readonly edition: string | null
  /** It is of an earlier time than the figure, because none was stated for that time. */
  readonly carriedForward: boolean
}
