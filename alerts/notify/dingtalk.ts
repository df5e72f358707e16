import type { Letter, Sender } from '../letter.ts'
import { fittingMessage } from '../message.ts'
import { messageWords } from '../words.ts'
import { codeInAnswer } from './code-in-answer.ts'
import { postJson } from './http.ts'
import { markdownText, plain } from './markdown.ts'
import { dingtalkSignature } from './signatures.ts'

/** A message's text may have 20,000 bytes. */
const MAX_BYTES = 18_000

/** -1 and 410100, 130101: too busy or too many a minute; 310000, 300001, 300005, 400013, 400101, 400102: signature, token, or group. */
const wrong = codeInAnswer(['errcode'], {
  [-1]: 'later',
  130101: 'later',
  130102: 'later',
  410100: 'later',
  300001: 'barred',
  300005: 'barred',
  310000: 'barred',
  400013: 'barred',
  400101: 'barred',
  400102: 'barred',
})

/** A DingTalk group's robot. It answers 200 with an `errcode` whatever happened. */
export function dingtalkSender(clock: () => number): Sender {
  return {
    lack: null,
    async send(letter, signal) {
      const { channel } = letter.subscription
      if (channel.kind !== 'dingtalk') throw new TypeError('not a DingTalk channel')
      const body = JSON.stringify(dingtalkBody(letter))
      return postJson({ url: signedUrl(channel.url, channel.secret, clock()), body, wrong }, signal)
    },
  }
}

function signedUrl(url: string, secret: string | undefined, now: number): string {
  if (secret === undefined) return url
  const signed = new URL(url)
  signed.searchParams.set('timestamp', String(now))
  signed.searchParams.set('sign', dingtalkSignature(secret, now))
  return signed.href
}

function dingtalkBody(letter: Letter): object {
  const { lang, name } = letter.subscription
  return fittingMessage(
    letter,
    (message) => ({
      msgtype: 'markdown',
      markdown: {
        title: message.subject,
        text: `${markdownText(message, lang)}\n\n${plain(messageWords[lang].why(name))}`,
      },
    }),
    ({ markdown }) => Buffer.byteLength(markdown.text) <= MAX_BYTES,
  )
}
