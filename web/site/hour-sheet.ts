import type { ConsumptionRow, ProfileAnswer } from '../answers.ts'
import type { Cell, Sheet } from '../chart/sheet.ts'
import type { Locale } from '../i18n.ts'
import type { Text } from '../text/en.ts'
import type { Words } from './words.ts'

/** The columns of hours, as the API names them. */
export function hourColumns(words: Words, text: Text): Sheet['columns'] {
  return [
    { key: 'start', label: words.start },
    { key: 'value', label: text.table.value, right: true },
    { key: 'unit', label: '' },
    { key: 'coverage', label: text.table.coverage, right: true },
    { key: 'estimated', label: text.table.estimated, right: true },
    { key: 'quality', label: text.table.quality },
    { key: 'partial', label: '' },
    { key: 'reason', label: text.table.note },
  ]
}

/** An hour as the API gave it. */
export function hourCells(
  row: ConsumptionRow,
  zone: string,
  { format, text }: Pick<Locale, 'format' | 'text'>,
  words: Words,
): Cell[] {
  const { start, value, unit, coverage, estimated, quality, partial, reason } = row
  return [
    { raw: start, text: format.clock(Date.parse(start), zone) },
    { raw: value, ...(value !== null && { text: format.number(value) }) },
    { raw: unit, text: format.unit(unit) },
    { raw: coverage, text: format.percent(coverage) },
    { raw: estimated, text: format.percent(estimated) },
    { raw: quality, text: text.inspect.qualities[quality] },
    { raw: partial ? 'true' : '', text: partial ? words.tip.running : '' },
    { raw: reason ?? '' },
  ]
}

/** What is usual at an hour, beside it. */
export function usualColumns(words: Words): Sheet['columns'] {
  return [
    { key: 'usual-low', label: words.typicalLow, right: true },
    { key: 'usual-mean', label: words.typicalMean, right: true },
    { key: 'usual-high', label: words.typicalHigh, right: true },
  ]
}

export function usualCells(
  usual: ProfileAnswer['rows'][number] | undefined,
  { format }: Pick<Locale, 'format'>,
): Cell[] {
  return [usual?.low ?? null, usual?.mean ?? null, usual?.high ?? null].map((raw) => ({
    raw,
    ...(raw !== null && { text: format.number(raw) }),
  }))
}
