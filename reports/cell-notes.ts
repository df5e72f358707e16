import type { ReportFigure } from './figure.ts'
import { rounded } from './rounding.ts'
import { same, type Text } from './text.ts'

/** Shares below this would read 0.0 %, and coverages above its complement 100.0 %. */
const HARDLY = 0.0005

/** What a reader has to know of a figure, in both languages. */
export function notesOf({ value, coverage, estimated, quality, notes, factors }: ReportFigure): Text[] {
  const said: Text[] = []
  if (value !== null && coverage < 1 - HARDLY) {
    const share = rounded(coverage, 1, 2)
    said.push({ en: `data for ${share} % of the time`, zh: `数据覆盖 ${share} % 的时间` })
  }
  if (value !== null && estimated >= HARDLY) {
    const share = rounded(estimated, 1, 2)
    said.push({ en: `${share} % estimated`, zh: `其中 ${share} % 为估算` })
  }
  if (value !== null && quality === 'suspect')
    said.push({ en: 'some readings are suspect', zh: '部分读数存疑' })
  for (const { key, from } of factors.filter(({ carriedForward }) => carriedForward)) {
    said.push({
      en: `factor ${key} of ${from.slice(0, 4)} carried forward`,
      zh: `因子 ${key} 沿用 ${from.slice(0, 4)} 年值`,
    })
  }
  return distinct([...said, ...notes.map(same)])
}

function distinct(texts: readonly Text[]): Text[] {
  return [...new Map(texts.map((text) => [text.en, text])).values()]
}
