import type { FastifyInstance } from 'fastify'
import { type Subscriptions, shownChannel } from '../alerts/subscriptions.ts'
import type { Subscription } from '../core/subscription.ts'

const HEADERS = {
  'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'",
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'no-store',
  // The address is a right: it goes to nobody else.
  'referrer-policy': 'no-referrer',
  'x-robots-tag': 'noindex',
}

const words = {
  en: {
    title: 'Unsubscribe',
    ask: (name: string, to: string) => `No more alerts of “${name}” to ${to}?`,
    button: 'Unsubscribe',
    done: (name: string) => `Done. Nothing of “${name}” goes out any more.`,
    unknown: 'This link belongs to no subscription; it may have been removed already.',
  },
  zh: {
    title: '退订',
    ask: (name: string, to: string) => `不再向 ${to} 发送“${name}”的告警？`,
    button: '退订',
    done: (name: string) => `已退订，不再发送“${name}”的告警。`,
    unknown: '此链接不对应任何订阅，可能已被移除。',
  },
} as const

/**
 * The page behind the link in a message. It asks before it ends anything, since mail scanners follow links; a mail
 * program's one click is a POST (RFC 8058, section 3.1). No key is needed: the token is the right.
 */
export function unsubscribePage(subscriptions: Subscriptions) {
  return async (app: FastifyInstance): Promise<void> => {
    // What is in the body does not matter: `List-Unsubscribe=One-Click`, or an empty form.
    app.removeAllContentTypeParsers()
    app.addContentTypeParser('*', { parseAs: 'string' }, (_, body, done) => done(null, body))
    const found = (token: string) => subscriptions.byToken(token)

    app.get<{ Params: { token: string } }>(
      '/unsubscribe/:token',
      { schema: { hide: true } },
      async ({ params }, reply) => {
        const subscription = found(params.token)
        if (subscription === null) return reply.code(404).headers(HEADERS).send(nothing())
        return reply
          .headers(HEADERS)
          .send(subscription.state === 'unsubscribed' ? done(subscription) : ask(subscription))
      },
    )
    app.post<{ Params: { token: string } }>(
      '/unsubscribe/:token',
      { schema: { hide: true } },
      async ({ params }, reply) => {
        const subscription = await subscriptions.unsubscribe(params.token)
        if (subscription === null) return reply.code(404).headers(HEADERS).send(nothing())
        return reply.headers(HEADERS).send(done(subscription))
      },
    )
  }
}

function ask({ name, channel, lang }: Subscription): string {
  const { title, ask: asked, button } = words[lang]
  return html(
    lang,
    title,
    `<p>${escaped(asked(name, shownChannel(channel).to))}</p>
<form method="post"><button type="submit">${button}</button></form>`,
  )
}

function done({ name, lang }: Subscription): string {
  return html(lang, words[lang].title, `<p role="status">${escaped(words[lang].done(name))}</p>`)
}

/** Whose link it was is not known any more, nor what they read. */
function nothing(): string {
  return html('en', words.en.title, `<p>${words.en.unknown}</p><p lang="zh-CN">${words.zh.unknown}</p>`)
}

function html(lang: 'en' | 'zh', title: string, body: string): string {
  return `<!doctype html>
<html lang="${lang === 'zh' ? 'zh-CN' : 'en'}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title} — wattwell</title>
<style>
body { margin: 0; min-height: 100vh; display: grid; place-items: center; font: 1rem/1.5 system-ui, sans-serif;
  background: light-dark(#f5f3ed, #101317); color: light-dark(#1b1f24, #ece8df) }
main { box-sizing: border-box; width: min(30rem, 100vw - 2rem); padding: 2rem; border-radius: 14px; background: light-dark(#fffdf9, #181c22);
  border: 1px solid light-dark(#e3ddd0, #2d333c) }
h1 { margin: 0 0 .5rem; font-size: 1.375rem }
button { min-height: 2.75rem; padding: 0 1.25rem; border: 0; border-radius: 9px; font: inherit; font-weight: 600;
  cursor: pointer; background: light-dark(#1b1f24, #ece8df); color: light-dark(#fffdf9, #181c22) }
</style>
</head>
<body><main><h1>${title}</h1>${body}</main></body>
</html>
`
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
}
