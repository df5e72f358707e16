import { excerpt, type Outcome } from '../outcome.ts'
import { retryAfterMs } from '../retry-after.ts'

/** Of an answer so much is read; what a receiver has to say is shorter. */
const ANSWER_BYTES = 64 * 1024

/** Where it cannot get better by itself: somebody has to change the address, a key, or the receiver. */
const BARRED = new Set([401, 402, 403, 404, 405, 407, 421, 451])
/** What may be gone after a while, among those that are the sender's fault. */
const PASSING = new Set([408, 423, 425, 429])

export interface Post {
  readonly url: string
  readonly body: string
  readonly headers?: Readonly<Record<string, string>>
  /** What is wrong though the status is 2xx, by the answer's text; null where nothing. */
  readonly wrong?: (text: string) => Outcome | null
}

/**
 * Posts JSON once. Redirects are not followed: a receiver's address is what was entered, nothing that somebody
 * else points to.
 */
export async function postJson({ url, body, headers, wrong }: Post, signal: AbortSignal): Promise<Outcome> {
  try {
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json; charset=utf-8', 'user-agent': 'wattwell', ...headers },
      body,
      redirect: 'manual',
      signal,
    })
    const text = await textOf(answer)
    return answer.ok ? (wrong?.(text) ?? { kind: 'delivered' }) : refusal(answer, text)
  } catch (error) {
    return { kind: 'later', reason: reasonOf(error as Error) }
  }
}

function refusal({ status, headers }: Response, text: string): Outcome {
  const reason = `HTTP ${status}${text.trim() === '' ? '' : `: ${excerpt(text)}`}`
  if (status === 410) return { kind: 'gone', reason }
  if (status < 400) return { kind: 'barred', reason: `${reason} (redirects are not followed)` }
  if (BARRED.has(status)) return { kind: 'barred', reason }
  if (status < 500 && !PASSING.has(status)) return { kind: 'refused', reason }
  const afterMs = retryAfterMs(headers.get('retry-after'), Date.now())
  return { kind: 'later', reason, ...(afterMs !== undefined && { afterMs }) }
}

async function textOf(answer: Response): Promise<string> {
  const decoder = new TextDecoder()
  let text = ''
  for await (const chunk of answer.body ?? []) {
    text += decoder.decode(chunk, { stream: true })
    if (text.length >= ANSWER_BYTES) break
  }
  return text
}

/** `fetch` says "fetch failed" and hides why beneath. */
function reasonOf(error: Error): string {
  if (error.name === 'TimeoutError' || error.name === 'AbortError') return 'no answer in time'
  const cause = error.cause as NodeJS.ErrnoException | undefined
  return excerpt(cause?.message || cause?.code || error.message)
}
