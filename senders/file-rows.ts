/** A reading as a file has it. */
export interface FileReading {
  readonly meter: string
  /** Epoch milliseconds. */
  readonly at: number
  readonly value: number
  /** Empty: the meter's own. */
  readonly unit: string
}

/** Why something in a file is no reading. Of the same kind, one is told with its text and the others counted. */
export interface RowProblem {
  readonly kind: 'no-time' | 'no-number' | 'no-meter' | 'no-line' | 'no-row'
  readonly message: string
}

/** What a row, or a line, of a file holds: one reading, none, or one for each of several meters. */
export interface FileRow {
  /** Its line in the file. */
  readonly line: number
  readonly readings: readonly FileReading[]
  readonly problems: readonly RowProblem[]
  /** What it is, where it was not meant: `points of cpu`. */
  readonly passedOver?: string
}

/** A file on its way to the broker. */
export interface FileRows {
  readonly rows: AsyncIterable<FileRow>
  /** How many bytes of the file have been read, of how many. */
  readonly position: () => number
  readonly size: number
}

/** How many of its units a second has, by the name of the unit. */
export const precisions = { s: 1n, ms: 1000n, us: 1_000_000n, ns: 1_000_000_000n } as const
export type Precision = keyof typeof precisions

/** Epoch milliseconds of a whole number of some precision. */
export function epochMs(digits: string, precision: Precision): number {
  return Number((BigInt(digits) * 1000n) / precisions[precision])
}

/**
 * The precision that a time was probably meant in, where it is far from today in the one that was said;
 * for messages.
 */
export function likelyPrecision(digits: string, said: Precision | undefined): Precision | undefined {
  const fits = (precision: Precision) => {
    const ms = epochMs(digits, precision)
    return ms >= Date.UTC(1990, 0, 1) && ms < Date.UTC(2100, 0, 1)
  }
  if (said !== undefined && fits(said)) return undefined
  return (Object.keys(precisions) as Precision[]).find(fits)
}
