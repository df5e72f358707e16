import { linesOf } from '../csv.ts'

/** A figure as it is kept, and as it is read where that differs. */
export interface Cell {
  /** Unrounded; null where there is none. */
  readonly raw: string | number | null
  readonly text?: string
}

/** The figures of a chart, for its table and for its file alike. */
export interface Sheet {
  /** Name of the file, without its ending. */
  readonly file: string
  readonly columns: readonly { readonly key: string; readonly label: string; readonly right?: boolean }[]
  readonly rows: readonly (readonly Cell[])[]
}

/** The sheet as RFC 4180 lines: unrounded, with nothing where nothing is known. */
export function csvOfSheet({ columns, rows }: Sheet): string {
  return linesOf([columns.map(({ key }) => key), ...rows.map((cells) => cells.map(({ raw }) => raw))])
}
