import type { Letter, Sender } from '../letter.ts'
import { fittingMessage, type Message, type MessageGroup } from '../message.ts'
import { excerpt, type Outcome } from '../outcome.ts'
import { messageWords } from '../words.ts'
import { postJson } from './http.ts'

/** Characters of a header and of a section, and blocks of a message, at most. */
const HEADER = 150
const SECTION = 3000
const BLOCKS = 50

/** A Slack incoming webhook. It says `ok`; anything else beneath a 200 comes from elsewhere, or is an error. */
export function slackSender(): Sender {
  return {
    lack: null,
    async send(letter, signal) {
      const { channel } = letter.subscription
      if (channel.kind !== 'slack') throw new TypeError('not a Slack channel')
      return postJson({ url: channel.url, body: JSON.stringify(slackBody(letter)), wrong }, signal)
    },
  }
}

function wrong(text: string): Outcome | null {
  if (text.trim() === 'ok') return null
  return { kind: 'barred', reason: `an answer that is not "ok": ${excerpt(text) || 'nothing'}` }
}

function slackBody(letter: Letter): object {
  return fittingMessage(
    letter,
    (message) => ({ text: escaped(message.subject), blocks: blocksOf(message, letter) }),
    ({ blocks }) =>
      blocks.length <= BLOCKS && blocks.every(({ text }) => (text?.text.length ?? 0) <= SECTION),
  )
}

interface Block {
  readonly type: 'header' | 'section' | 'context'
  readonly text?: Text
  readonly elements?: readonly Text[]
}

interface Text {
  readonly type: 'plain_text' | 'mrkdwn'
  readonly text: string
}

function blocksOf(message: Message, { subscription: { lang, name } }: Letter): Block[] {
  const words = messageWords[lang]
  return [
    { type: 'header', text: { type: 'plain_text', text: excerpt(message.subject, HEADER - 1) } },
    ...(message.intro === '' ? [] : [section(escaped(message.intro))]),
    ...message.groups.map((group) => section(groupText(group, lang))),
    ...(message.further === null ? [] : [section(message.further)]),
    section(`<${message.link}|${words.page}>`),
    { type: 'context', elements: [{ type: 'mrkdwn', text: escaped(words.why(name)) }] },
  ]
}

function groupText({ title, count, lines }: MessageGroup, lang: 'en' | 'zh'): string {
  const words = messageWords[lang]
  const head = `*${escaped(title)}* (${words.counted(count)})`
  const told = lines.map(({ mark, text, time, cost, advice, link }) => {
    const facts = [time, cost === null ? '' : `${words.cost}: ${cost}`, advice].filter((fact) => fact !== '')
    return `• <${link}|${escaped(mark)}> ${escaped(text)}\n   ${escaped(facts.join(' · '))}`
  })
  return [head, ...told].join('\n')
}

function section(text: string): Block {
  return { type: 'section', text: { type: 'mrkdwn', text } }
}

/** The three characters that Slack's markup is made of. */
function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
