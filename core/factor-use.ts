/** A factor as a figure used it: enough to find it again, and to see where it comes from. */
export interface FactorUse {
  /** Tells it from every other: kind, what it is of, for where, and from when. */
  readonly key: string
  readonly name: string
  readonly value: number
  /** `kgCO2e/kWh`, `MJ/m3`. */
  readonly unit: string
  /** First and last local day on which it holds; null where it holds on. */
  readonly from: string
  readonly to: string | null
  readonly source: string
  readonly published: string | null
  readonly edition: string | null
  /** It was used beyond its last day, because somebody said that it may be. */
  readonly carriedForward: boolean
}
