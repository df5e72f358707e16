import type { Message, MessageGroup, MessageLine } from '../message.ts'
import { messageWords } from '../words.ts'
import { chartHtml } from './email-chart.ts'

export interface HtmlOptions {
  readonly lang: 'en' | 'zh'
  /** Of the chart's times. */
  readonly zone: string
  readonly foot: string
  readonly unsubscribe: string | null
}

const COLOURS = { info: '#3b6ea5', warning: '#b26a00', critical: '#b3261e' } as const
const OVER = '#2e7d32'
/** Charts in one mail at most: more of them nobody looks at. */
const CHARTS = 3

/** Tables and inline styles only: mail programs know little more. */
export function htmlText(message: Message, { lang, zone, foot, unsubscribe }: HtmlOptions): string {
  const words = messageWords[lang]
  let charts = CHARTS
  const chartOf = ({ notice }: MessageLine): string => {
    if (notice.alert.course === undefined || charts === 0) return ''
    charts -= 1
    return chartHtml(notice.alert.course, { lang, zone })
  }
  const parts = [
    `<h2 style="margin:0 0 16px;font-size:18px">${escaped(message.subject)}</h2>`,
    message.intro === '' ? '' : `<p>${escaped(message.intro)}</p>`,
    ...message.groups.map((group) => groupHtml(group, lang, chartOf)),
    message.further === null ? '' : `<p>${escaped(message.further)}</p>`,
    `<p><a href="${escaped(message.link)}">${escaped(words.page)}</a></p>`,
    `<p style="font-size:12px;color:#666">${escaped(foot)}${
      unsubscribe === null
        ? ''
        : ` <a href="${escaped(unsubscribe)}" style="color:#666">${escaped(words.unsubscribe)}</a>`
    }</p>`,
  ]
  return `<!doctype html><html lang="${lang}"><head><meta charset="utf-8"></head><body style="margin:0;padding:16px;font-family:Arial,'Microsoft YaHei',sans-serif;font-size:14px;line-height:1.5;color:#222;max-width:640px">${parts.join('\n')}</body></html>`
}

function groupHtml(
  { title, count, lines }: MessageGroup,
  lang: 'en' | 'zh',
  chartOf: (line: MessageLine) => string,
): string {
  const head = `<h3 style="margin:20px 0 8px;font-size:15px">${escaped(title)} <span style="font-weight:normal;color:#666">(${messageWords[lang].counted(count)})</span></h3>`
  return [head, ...lines.map((line) => lineHtml(line, lang, chartOf(line)))].join('\n')
}

function lineHtml(line: MessageLine, lang: 'en' | 'zh', chart: string): string {
  const { notice, mark, text, time, cost, advice, link } = line
  const words = messageWords[lang]
  const colour = notice.kind === 'resolved' ? OVER : COLOURS[notice.alert.severity]
  const facts = [time, cost === null ? '' : `${words.cost}: <b>${escaped(cost)}</b>`].filter(
    (one) => one !== '',
  )
  return `<div style="margin:0 0 14px;padding:2px 0 2px 10px;border-left:4px solid ${colour}">
<b style="color:${colour}">${escaped(mark)}</b> ${escaped(text)}<br>
<span style="color:#555">${facts.join(' · ')}</span>
${advice === '' ? '' : `<br><span style="color:#555">${escaped(words.advice)}: ${escaped(advice)}</span>`}
${chart}
<br><a href="${escaped(link)}">${escaped(words.open)}</a></div>`
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}
