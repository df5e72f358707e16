import { connect } from 'node:net'
import type { Transporter } from 'nodemailer'
import type { Letter, Sender } from '../letter.ts'
import { unsubscribeLink } from '../links.ts'
import { messageOf } from '../message.ts'
import { excerpt, type Outcome } from '../outcome.ts'
import { plainText } from '../plain.ts'
import { messageWords } from '../words.ts'
import { htmlText } from './email-html.ts'

export interface EmailOptions {
  /** `smtp://[user:password@]host[:port]` or `smtps://…`; empty where there is none. */
  readonly smtpUrl: string
  /** `name <address>`, or an address. */
  readonly from: string
}

/** Mail over SMTP, plain and HTML. The Message-ID is the message's own: the same at every attempt. */
export function emailSender({ smtpUrl, from }: EmailOptions): Sender {
  const lack = 'SMTP_URL is not set: mail waits until it is, and the program is started anew'
  return {
    lack: smtpUrl === '' ? lack : null,
    async send(letter, signal) {
      const transport = await transportTo(smtpUrl, signal)
      return transport.sendMail(mailOf(letter, from)).then((): Outcome => ({ kind: 'delivered' }), failure)
    },
  }
}

/** For one mail, which is broken off where the signal says so: nodemailer itself heeds none. */
async function transportTo(url: string, signal: AbortSignal): Promise<Transporter> {
  // Loaded with the first mail: every start would wait for it.
  const { createTransport } = await import('nodemailer')
  const { protocol, hostname, port, username, password } = new URL(url)
  const secure = protocol === 'smtps:'
  const host = hostname.replace(/^\[|\]$/g, '')
  const at = { host, port: port === '' ? (secure ? 465 : 587) : Number(port) }
  return createTransport({
    ...at,
    secure,
    ...(username !== '' && {
      auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) },
    }),
    getSocket: (_, callback) => {
      const socket = connect({ ...at, signal })
      socket.once('error', callback)
      // It may be broken off when nodemailer has done with it and listens no more.
      socket.on('error', () => {})
      socket.once('connect', () => {
        socket.off('error', callback)
        callback(null, { connection: socket })
      })
    },
    // What a message says is never fetched from elsewhere.
    disableFileAccess: true,
    disableUrlAccess: true,
  })
}

function mailOf(letter: Letter, from: string) {
  const { delivery, subscription, pageUrl } = letter
  const { channel, lang, name, token } = subscription
  if (channel.kind !== 'email') throw new TypeError('not an e-mail channel')
  const message = messageOf(letter)
  const words = messageWords[lang]
  const link = token === undefined ? null : unsubscribeLink(pageUrl, token)
  const foot = [words.why(name), ...(link === null ? [] : [`${words.unsubscribe}: ${link}`])]
  return {
    from,
    to: channel.address,
    subject: excerpt(message.subject, 150),
    messageId: `<${delivery.id}@${domainOf(from)}>`,
    date: new Date(delivery.frozenAt ?? delivery.createdAt),
    text: `${plainText(message, lang)}\n\n-- \n${foot.join('\n')}\n`,
    html: htmlText(message, { lang, zone: subscription.zone, foot: words.why(name), unsubscribe: link }),
    headers: {
      // RFC 3834: nobody's absence is to be told to us.
      'Auto-Submitted': 'auto-generated',
      'X-Auto-Response-Suppress': 'All',
      ...(link !== null && {
        // RFC 8058: one click in the mail program, without a page between.
        'List-Unsubscribe': { prepared: true, value: `<${link}>` },
        'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
      }),
    },
  }
}

function domainOf(from: string): string {
  return /@([A-Za-z0-9.-]+)>?\s*$/.exec(from)?.[1] ?? 'wattwell.invalid'
}

interface SmtpError extends Error {
  readonly code?: string
  readonly responseCode?: number
  readonly command?: string
}

/** 4xx and broken connections are tried again; 5xx of the message is final, of anything before it somebody's to mend. */
function failure(error: SmtpError): Outcome {
  const reason = excerpt(error.message)
  const { responseCode = 0, code, command } = error
  if (responseCode >= 500) return { kind: command === 'DATA' ? 'refused' : 'barred', reason }
  if (responseCode >= 400) return { kind: 'later', reason }
  return { kind: code === 'EAUTH' || code === 'EENVELOPE' ? 'barred' : 'later', reason }
}
