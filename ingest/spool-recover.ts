import { open, readFile } from 'node:fs/promises'
import type { Log } from './log.ts'
import { readCommitted, type SpoolPosition, START, segmentPath, segmentsIn } from './spool-folder.ts'
import { decodeFrame, findFrame, seqAfter } from './spool-format.ts'

/**
 * Where to go on writing after a stop of any kind. A frame that the stop tore off at the end of the
 * last segment was never acknowledged and is cut away. Damage that has whole frames behind it is no
 * torn tail: it stays for the reading half to set aside, and writing goes on in a new segment.
 */
export async function recover(folder: string, log: Log): Promise<SpoolPosition> {
  const committed = (await readCommitted(folder).catch(() => null)) ?? START
  const segments = await segmentsIn(folder)
  const last = segments.at(-1)
  if (last === undefined) return { segment: committed.segment + 1, offset: 0, seq: committed.seq }
  const end = await endOf(folder, last, log)
  const before = segments.at(-2)
  const seq = Math.max(
    end.seq,
    committed.seq,
    end.seq === 0 && before !== undefined ? (await scan(folder, before)).seq : 0,
  )
  if (committed.segment > last || (committed.segment === last && committed.offset > end.offset)) {
    log.error(
      { folder, committed, end },
      'the spool ends before what was stored from it; a new segment begins',
    )
    return { segment: Math.max(committed.segment, last) + 1, offset: 0, seq }
  }
  return end.damaged ? { segment: last + 1, offset: 0, seq } : { segment: last, offset: end.offset, seq }
}

async function endOf(folder: string, segment: number, log: Log): Promise<Scan> {
  const end = await scan(folder, segment)
  const torn = end.bytes - end.offset
  if (end.damaged) {
    log.error({ folder, segment, offset: end.offset }, 'a segment of the spool is damaged in the middle')
  } else if (torn > 0) {
    log.warn({ folder, segment, offset: end.offset, torn }, 'a torn frame was cut off the end of the spool')
    await truncate(segmentPath(folder, segment), end.offset)
  }
  return end
}

interface Scan {
  /** End of the last whole frame before any damage. */
  readonly offset: number
  /** Count after the last whole frame, 0 where there is none. */
  readonly seq: number
  readonly bytes: number
  readonly damaged: boolean
}

async function scan(folder: string, segment: number): Promise<Scan> {
  const bytes = await readFile(segmentPath(folder, segment))
  let offset = 0
  let seq = 0
  let frame = decodeFrame(bytes, offset)
  while (typeof frame === 'object') {
    offset += frame.bytes
    seq = seqAfter(frame)
    frame = decodeFrame(bytes, offset)
  }
  let beyond = findFrame(bytes, offset + 8)
  const damaged = beyond !== -1
  while (beyond !== -1) {
    const whole = decodeFrame(bytes, beyond)
    if (typeof whole === 'object') seq = seqAfter(whole)
    beyond = findFrame(bytes, beyond + (typeof whole === 'object' ? whole.bytes : 8))
  }
  return { offset, seq, bytes: bytes.length, damaged }
}

async function truncate(path: string, length: number): Promise<void> {
  const file = await open(path, 'r+')
  try {
    await file.truncate(length)
    await file.sync()
  } finally {
    await file.close()
  }
}
