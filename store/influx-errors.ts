import { HttpError } from '@influxdata/influxdb-client'
import { StoreUnavailable } from './store.ts'

/** Statuses that somebody has to do something about before another try can help. */
const HELD = new Set([301, 302, 307, 308, 401, 403, 404, 405, 407, 410, 415, 501])

/** What a refusal of points by the server says: the points are at fault, not the server. */
export class PointsRefused extends Error {
  override readonly name = 'PointsRefused'
}

/** The request was too large: fewer points may pass. */
export class TooLarge extends Error {
  override readonly name = 'TooLarge'
}

/** What went wrong with a write, by the answer's status or the connection's error. */
export function writeError(caught: unknown, url: string): Error {
  if (!(caught instanceof HttpError)) return unavailable('busy', url, messageOf(caught), caught)
  const { statusCode } = caught
  const said = sentenceOf(caught)
  if (statusCode === 400 || statusCode === 422) return new PointsRefused(said, { cause: caught })
  if (statusCode === 413) return new TooLarge(said, { cause: caught })
  const retryAfterMs = retryAfter(caught.headers?.['retry-after'])
  return HELD.has(statusCode)
    ? unavailable('held', url, `${statusCode}: ${said}${remedy(statusCode)}`, caught)
    : unavailable('busy', url, `${statusCode}: ${said}`, caught, retryAfterMs)
}

/**
 * What went wrong with a query. A refused query is a mistake of ours, so it isn't tried again as it is.
 * The client's error goes no further: it holds the request, with the credentials in it.
 */
export function queryError(caught: unknown, url: string): Error {
  const status = (caught as { res?: { statusCode?: number } }).res?.statusCode
  const why = saidOf(messageOf(caught))
  if (status !== undefined && HELD.has(status))
    return unavailable('held', url, `${status}: ${why}${remedy(status)}`)
  if (status === 400) return new Error(`InfluxDB did not understand a query: ${why}`)
  return unavailable('busy', url, why)
}

/** The server's own words in the client's sentence `A 401 Unauthorized error occurred: {"error":"…"}`. */
function saidOf(sentence: string): string {
  const body = / error occurred: (.*)$/s.exec(sentence)?.[1]?.trim()
  if (body === undefined) return sentence.trim()
  try {
    const { error, message } = JSON.parse(body)
    return String(error ?? message ?? body)
  } catch {
    return body || sentence.trim()
  }
}

/** What a person can do where the server does not let us in. */
function remedy(status: number): string {
  return status === 401 || status === 403
    ? '; see INFLUX_USERNAME and INFLUX_PASSWORD (1.x) or INFLUX_TOKEN (2.x, 3.x)'
    : ''
}

export function unavailable(
  code: 'held' | 'busy',
  url: string,
  why: string,
  cause?: unknown,
  retryAfterMs?: number,
): StoreUnavailable {
  const message =
    code === 'held' ? `InfluxDB at ${url} refuses: ${why}` : `InfluxDB at ${url} takes nothing: ${why}`
  return new StoreUnavailable(code, message, { cause, ...(retryAfterMs !== undefined && { retryAfterMs }) })
}

/** Seconds or a date, as HTTP has it [RFC 9110, 10.2.3], in milliseconds from now. */
function retryAfter(header: string | string[] | undefined): number | undefined {
  const value = Array.isArray(header) ? header[0] : header
  if (value === undefined) return undefined
  if (/^\d+$/.test(value)) return Number(value) * 1000
  const date = Date.parse(value)
  return Number.isNaN(date) ? undefined : Math.max(0, date - Date.now())
}

/** The server's own words: a JSON body's `error` or `message`, or the text. */
function sentenceOf(error: HttpError): string {
  const said = error.json?.error ?? error.json?.message
  return (
    String(said ?? error.body ?? error.statusMessage ?? '')
      .trim()
      .slice(0, 500) || `status ${error.statusCode}`
  )
}

function messageOf(caught: unknown): string {
  const { message, code } = caught as NodeJS.ErrnoException
  return [message, code].find((text) => typeof text === 'string' && text !== '') ?? String(caught)
}
