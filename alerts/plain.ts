import type { Message, MessageGroup, MessageLine } from './message.ts'
import { messageWords } from './words.ts'

/** A message as plain text, for channels that set nothing, and for the plain part of a mail. */
export function plainText(message: Message, lang: 'en' | 'zh'): string {
  const blocks = [
    message.intro,
    ...message.groups.map((group) => groupText(group, lang)),
    message.further ?? '',
    `${messageWords[lang].page}: ${message.link}`,
  ]
  return blocks.filter((block) => block !== '').join('\n\n')
}

function groupText({ title, count, lines }: MessageGroup, lang: 'en' | 'zh'): string {
  const head = `${title} (${messageWords[lang].counted(count)})`
  return [head, ...lines.map((line) => lineText(line, lang))].join('\n')
}

function lineText({ mark, text, time, cost, advice, link }: MessageLine, lang: 'en' | 'zh'): string {
  const words = messageWords[lang]
  const parts = [`- [${mark}] ${text}`, time, cost === null ? '' : `${words.cost}: ${cost}`]
  if (advice !== '') parts.push(`${words.advice}: ${advice}`)
  return [...parts.filter((part) => part !== ''), link].join('\n  ')
}

/** The first whole characters of a text that fit into so many bytes of UTF-8, with a mark where it was cut. */
export function fitBytes(text: string, maxBytes: number): string {
  if (Buffer.byteLength(text) <= maxBytes) return text
  const room = maxBytes - Buffer.byteLength('…')
  let bytes = 0
  let kept = ''
  for (const character of text) {
    bytes += Buffer.byteLength(character)
    if (bytes > room) break
    kept += character
  }
  return `${kept}…`
}
