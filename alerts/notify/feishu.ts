import type { Letter, Sender } from '../letter.ts'
import { fittingMessage, type Message } from '../message.ts'
import { messageWords } from '../words.ts'
import { codeInAnswer } from './code-in-answer.ts'
import { postJson } from './http.ts'
import { feishuSignature } from './signatures.ts'

/** A request may have 20 KB. */
const MAX_BYTES = 18_000

/** 9499 and 11232: too many; 19001, 19021, 19022, 19024: token, signature or time, address, key word. */
const wrong = codeInAnswer(['code', 'StatusCode'], {
  9499: 'later',
  11232: 'later',
  19001: 'barred',
  19021: 'barred',
  19022: 'barred',
  19024: 'barred',
})

type Part = { tag: 'text'; text: string } | { tag: 'a'; text: string; href: string }

/** A Feishu (Lark) group's robot. It answers 200 with a `code` whatever happened. */
export function feishuSender(clock: () => number): Sender {
  return {
    lack: null,
    async send(letter, signal) {
      const { channel } = letter.subscription
      if (channel.kind !== 'feishu') throw new TypeError('not a Feishu channel')
      const seconds = Math.floor(clock() / 1000)
      const { secret } = channel
      const signed = secret !== undefined && {
        timestamp: String(seconds),
        sign: feishuSignature(secret, seconds),
      }
      return postJson(
        { url: channel.url, body: JSON.stringify({ ...signed, ...feishuBody(letter) }), wrong },
        signal,
      )
    },
  }
}

function feishuBody(letter: Letter): object {
  const { lang, name } = letter.subscription
  const content = fittingMessage(
    letter,
    (message) => [...paragraphs(message, lang), [textPart(messageWords[lang].why(name))]],
    (set) => Buffer.byteLength(JSON.stringify(set)) <= MAX_BYTES,
  )
  const title = fittingMessage(
    letter,
    (message) => message.subject,
    () => true,
  )
  const language = lang === 'zh' ? 'zh_cn' : 'en_us'
  return { msg_type: 'post', content: { post: { [language]: { title, content } } } }
}

function paragraphs(message: Message, lang: 'en' | 'zh'): Part[][] {
  const words = messageWords[lang]
  return [
    ...(message.intro === '' ? [] : [[textPart(message.intro)]]),
    ...message.groups.flatMap(({ title, count, lines }) => [
      [textPart(`${title} (${words.counted(count)})`)],
      ...lines.map(({ mark, text, time, cost, advice, link }) => [
        linkPart(mark, link),
        textPart(` ${[text, time, cost && `${words.cost}: ${cost}`, advice].filter(Boolean).join(' · ')}`),
      ]),
    ]),
    ...(message.further === null ? [] : [[textPart(message.further)]]),
    [linkPart(words.page, message.link)],
  ]
}

function textPart(text: string): Part {
  return { tag: 'text', text }
}

function linkPart(text: string, href: string): Part {
  return { tag: 'a', text, href }
}
