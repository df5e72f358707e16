import type { Message, MessageGroup, MessageLine } from '../message.ts'
import { messageWords } from '../words.ts'

/** A message in the Markdown that the robots of DingTalk and WeCom both set: bold, links, quotes. */
export function markdownText(message: Message, lang: 'en' | 'zh'): string {
  const words = messageWords[lang]
  return [
    `**${plain(message.subject)}**`,
    plain(message.intro),
    ...message.groups.map((group) => groupText(group, lang)),
    message.further ?? '',
    `[${words.page}](${message.link})`,
  ]
    .filter((block) => block !== '')
    .join('\n\n')
}

function groupText({ title, count, lines }: MessageGroup, lang: 'en' | 'zh'): string {
  const head = `**${plain(title)}** (${messageWords[lang].counted(count)})`
  return [head, ...lines.map((line) => lineText(line, lang))].join('\n\n')
}

function lineText({ mark, text, time, cost, advice, link }: MessageLine, lang: 'en' | 'zh'): string {
  const words = messageWords[lang]
  const facts = [time, cost === null ? '' : `${words.cost}: ${cost}`, plain(advice)]
  return `> [${plain(mark)}](${link}) ${plain(text)}\n> ${facts.filter((fact) => fact !== '').join(' · ')}`
}

/** Names and summaries are text: nothing in them is to be set, and nobody to be called by them. Neither robot knows an escape. */
export function plain(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace(/[[\]`<>\\]/g, ' ')
    .replaceAll('*', '\u2217')
    .replaceAll('@', '\uff20')
}
