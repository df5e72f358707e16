import type { Cell, Row } from 'write-excel-file/node'

const INK = '#1f2a30'
const QUIET = '#6b7a82'
const DEEP = '#17505e'
const BAND = '#dcebee'
const LINE = '#d5dfe3'
const WARN = '#fdecc8'

const body = {
  alignVertical: 'center',
  textColor: INK,
  bottomBorderStyle: 'hair',
  bottomBorderColor: LINE,
} as const

/** Points: room for a line of text and a little air. */
export const LINE_HEIGHT = 17

export const title = (value: string): Cell => ({
  value,
  fontSize: 16,
  fontWeight: 'bold',
  textColor: DEEP,
  height: 28,
})

/** A line below the title. */
export const quiet = (value: string, height = LINE_HEIGHT): Cell => ({
  value,
  textColor: QUIET,
  alignVertical: 'top',
  height,
})

export const heading = (value: string): Cell => ({
  value,
  fontSize: 12,
  fontWeight: 'bold',
  textColor: DEEP,
  height: 24,
  alignVertical: 'bottom',
})

/** A row of column titles; those of numbers stand to the right, as the numbers do. */
export function header(titles: readonly (readonly [string, 'left' | 'right' | 'center'])[]): Row {
  return titles.map(([value, align]) => ({
    value,
    align,
    ...(align === 'left' && { indent: 1 }),
    alignVertical: 'center',
    fontWeight: 'bold',
    textColor: '#ffffff',
    backgroundColor: DEEP,
    wrap: true,
    height: 30,
  }))
}

/** A band over the whole width, with a name at its beginning. */
export function band(value: string, width: number): Row {
  const filled = {
    backgroundColor: BAND,
    textColor: DEEP,
    fontWeight: 'bold',
    alignVertical: 'center',
  } as const
  return [
    { value, ...filled, align: 'left', indent: 1, height: 20 },
    ...Array.from({ length: width - 1 }, () => ({ value: '', type: String, ...filled })),
  ]
}

export const words = (value: string): Cell => ({
  value,
  type: String,
  ...body,
  align: 'left',
  indent: 1,
  height: LINE_HEIGHT,
})

/** The name that a row begins with, further in than its section's. */
export const name = (value: string): Cell => ({
  value,
  ...body,
  align: 'left',
  indent: 2,
  height: LINE_HEIGHT,
})

export const mark = (value: string, warn = false): Cell => ({
  value,
  type: String,
  ...body,
  align: 'center',
  ...(warn && { backgroundColor: WARN }),
})

/** Text that is broken into lines, over one or several columns that are `width` characters wide together. */
export const lines = (value: string, width: number, columnSpan = 1): Cell => ({
  value,
  ...body,
  align: 'left',
  indent: 1,
  ...(columnSpan > 1 && { columnSpan }),
  wrap: true,
  height: LINE_HEIGHT * Math.max(1, Math.ceil(widthOf(value) / (width - 3))),
})

export const number = (value: number, format?: string): Cell => ({
  value,
  ...body,
  ...(format !== undefined && { format }),
  align: 'right',
})

/** A figure that is undefined: no number, and no formula can take it for zero. */
export const undefinedFigure = (): Cell => ({ value: '–', ...body, textColor: QUIET, align: 'right' })

/** A share between 0 and 1, marked where it is not good enough. */
export const share = (value: number, warn: boolean): Cell => ({
  value,
  ...body,
  format: '0.00%',
  align: 'right',
  ...(warn && { backgroundColor: WARN }),
})

/** How many columns of a monospaced screen a text takes: a Chinese character takes two. */
export function widthOf(text: string): number {
  let width = 0
  for (const char of text)
    width += /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60]/.test(char)
      ? 2
      : 1
  return width
}

/** The width of a column that holds all of these, within limits. */
export function fitting(texts: Iterable<string>, least: number, most: number): { width: number } {
  let width = least
  for (const text of texts) width = Math.max(width, widthOf(text) + 2)
  return { width: Math.min(width, most) }
}
