import { isUtf8 } from 'node:buffer'
import { randomBytes } from 'node:crypto'
import type { Issue } from '../core/issue.ts'
import type { Quarantined } from '../core/reading.ts'

/** Characters of a refused payload that are kept. */
export const QUARANTINE_TEXT_LIMIT = 64 * 1024

export interface Refusal {
  readonly receivedAt: number
  readonly topic: string
  /** As it came, or the text of the part that could not be taken. */
  readonly payload: Buffer | string
  readonly readings: number
  readonly issue: Issue
}

/** The record of what could not be taken. */
export function quarantined({ receivedAt, topic, payload, readings, issue }: Refusal): Quarantined {
  return {
    id: `${receivedAt}-${randomBytes(8).toString('hex')}`,
    receivedAt,
    topic: readable(topic),
    payload: textOf(payload),
    bytes: Buffer.byteLength(payload),
    readings,
    issue: { code: issue.code, message: readable(issue.message) },
  }
}

/** UTF-8 as it is; of anything else the printable ASCII, and each other byte as `\xNN`. */
function textOf(payload: Buffer | string): string {
  if (typeof payload === 'string') return readable(payload.slice(0, QUARANTINE_TEXT_LIMIT))
  // No character takes more than four bytes, so these are enough, and a cut one falls away below.
  const start = payload.subarray(0, QUARANTINE_TEXT_LIMIT * 4)
  if (isUtf8(payload)) return readable(start.toString('utf8').slice(0, QUARANTINE_TEXT_LIMIT))
  return start
    .toString('latin1')
    .slice(0, QUARANTINE_TEXT_LIMIT)
    .replace(/[^\t\n\r\x20-\x7e]/g, escaped)
    .slice(0, QUARANTINE_TEXT_LIMIT)
}

/** Without control characters, and without halves of characters, which no store takes. */
function readable(text: string): string {
  const cut = text.replace(/(?![\t\n\r])\p{Cc}/gu, escaped).slice(0, QUARANTINE_TEXT_LIMIT)
  return cut.replace(/[\ud800-\udbff]$/, '').toWellFormed()
}

function escaped(character: string): string {
  return `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`
}
