import type { FrozenFigure } from '../core/frozen-figure.ts'

/** What is said of a publication: of which boundary and year it is, who made it, when and by which program. */
export interface Publication {
  /** Year, boundary and a running number: `2025-group-1`. */
  readonly id: string
  readonly year: number
  readonly boundary: string
  /** When it was made, epoch milliseconds; its figures are as of then. */
  readonly at: number
  readonly by: string
  readonly note: string
  /** The year still ran. */
  readonly interim: boolean
  readonly version: string
  /** The version of the rules by which consumption came from readings. */
  readonly rules: number
  /** Rows of consumption that don't come out of their days, by `rowKey`: older rules made them. */
  readonly notRecombined: readonly string[]
}

/** A figure as it is published. */
export interface PublishedFigure extends FrozenFigure {
  /** SHA-256 over the canonical form of everything that it rests on. */
  readonly inputs: string
}

/** `energy-per-employee of boundary:group, 2025` */
export function figureName(
  indicator: string,
  { boundary, year }: Pick<Publication, 'boundary' | 'year'>,
): string {
  return `${indicator} of boundary:${boundary}, ${year}`
}
