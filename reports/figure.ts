import type { Figure } from '../core/intensity.ts'

/** An indicator of a year, as the report is told it: a figure without what it is made of, and its unit. */
export type ReportFigure = Omit<Figure, 'above' | 'below'> & { readonly unit: string }

/** A value as it was published, beside what is known today. */
export interface PublishedValue {
  readonly value: number
  /** Id of the publication. */
  readonly publication: string
}
