import type { ReportAnswer, ReportCell } from '../answers.ts'

/** The notes of a table, each once, in the order in which they are met; a reason for no figure is one too. */
export class Notes {
  readonly texts: readonly string[]

  constructor({ sections }: ReportAnswer) {
    const cells = sections.flatMap(({ rows }) => rows.flatMap((row) => row.cells))
    this.texts = [...new Set(cells.flatMap(notesOf))]
  }

  /** The numbers of a cell's notes, from 1. */
  of(cell: ReportCell): number[] {
    return notesOf(cell).map((text) => this.texts.indexOf(text) + 1)
  }
}

function notesOf({ reason, notes }: ReportCell): string[] {
  return [...(reason === undefined ? [] : [reason]), ...notes]
}
