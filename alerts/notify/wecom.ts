import type { Letter, Sender } from '../letter.ts'
import { fittingMessage } from '../message.ts'
import { fitBytes } from '../plain.ts'
import { codeInAnswer } from './code-in-answer.ts'
import { postJson } from './http.ts'
import { markdownText } from './markdown.ts'

/** A Markdown message's content may have 4,096 bytes. */
const MAX_BYTES = 4096

/** -1 and 45009: busy, or more than twenty a minute; 93000, 93004, 93008: key, robot or group. */
const wrong = codeInAnswer(['errcode'], {
  [-1]: 'later',
  45009: 'later',
  45033: 'later',
  93000: 'barred',
  93004: 'barred',
  93008: 'barred',
})

/** A WeCom group's robot. The key in its address is all that it asks for; it answers 200 with an `errcode`. */
export function wecomSender(): Sender {
  return {
    lack: null,
    async send(letter, signal) {
      const { channel } = letter.subscription
      if (channel.kind !== 'wecom') throw new TypeError('not a WeCom channel')
      return postJson({ url: channel.url, body: JSON.stringify(wecomBody(letter)), wrong }, signal)
    },
  }
}

function wecomBody(letter: Letter): object {
  const content = fittingMessage(
    letter,
    (message) => markdownText(message, letter.subscription.lang),
    (text) => Buffer.byteLength(text) <= MAX_BYTES,
  )
  return { msgtype: 'markdown', markdown: { content: fitBytes(content, MAX_BYTES) } }
}
