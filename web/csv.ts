import type { Days } from './day.ts'

/** The days as RFC 4180 lines, unrounded, with an empty value where there is no data. */
export function csvOf({ question, unit, list }: Days): string {
  const head = [
    'date',
    'scope',
    'utility',
    'value',
    'unit',
    'coverage',
    'estimated',
    'quality',
    'partial',
    'reason',
  ]
  const lines = list.map((day) => [
    day.date,
    question.scope,
    question.utility,
    day.value ?? '',
    unit,
    day.coverage,
    day.estimated,
    day.quality,
    day.state === 'partial' ? 'true' : '',
    day.reason ?? '',
  ])
  return linesOf([head, ...lines])
}

/** Values as RFC 4180 lines; what is not there is empty. */
export function linesOf(lines: readonly (readonly Value[])[]): string {
  return lines.map((line) => `${line.map(field).join(',')}\r\n`).join('')
}

/** Hands a text to the browser as a file. */
export function download(name: string, text: string): void {
  // The mark at the beginning lets spreadsheets read Chinese.
  const address = URL.createObjectURL(new Blob(['\uFEFF', text], { type: 'text/csv;charset=utf-8' }))
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(address), 10_000)
}

type Value = string | number | null | undefined

function field(value: Value): string {
  const text = value === null || value === undefined ? '' : String(value)
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
