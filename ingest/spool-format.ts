import { crc32 } from 'node:zlib'
import type { Quarantined, ReadingBatch } from '../core/reading.ts'

/*
 * A frame is what one group sync writes:
 *
 *   u32 magic · u32 body length · u32 CRC-32 of the body · u32 length of the JSON
 *   body: JSON (who and when), then the columns at f64×n · value f64×n · meter u32×n · unit u8×n
 *
 * The JSON and the whole body are padded to eight bytes, so that in a segment every column is
 * aligned and reading one back makes views, not objects. Numbers are little-endian, like every
 * machine that Node 20 runs on. A frame names its own meters and units: none needs another.
 */

const FRAME_HEADER_BYTES = 16
/** Far above what the writing half ever puts in one frame; anything longer is damage. */
const MAX_BODY_BYTES = 128 * 1024 * 1024
const MAGIC = 0x31707357

interface FrameColumns {
  readonly length: number
  readonly at: Float64Array
  readonly value: Float64Array
  readonly meter: Uint32Array
  readonly unit: Uint8Array
}

export interface Frame {
  readonly batch: ReadingBatch
  readonly quarantined: readonly Quarantined[]
  /** How many readings and refused messages came before this frame, ever. */
  readonly seq: number
  /** Length of the whole frame, header included. */
  readonly bytes: number
}

interface Head {
  readonly seq: number
  readonly receivedAt: number
  readonly meters: readonly string[]
  readonly units: readonly string[]
  readonly n: number
  readonly quarantined?: readonly Quarantined[]
}

/** `head` is the JSON text of seq, receivedAt, meters, units, n and, where there are some, quarantined. */
export function encodeFrame(head: string, columns: FrameColumns): Buffer {
  const n = columns.length
  const jsonBytes = Buffer.byteLength(head)
  const columnsAt = FRAME_HEADER_BYTES + padded(jsonBytes)
  const total = columnsAt + padded(n * 21)
  const frame = Buffer.alloc(total)
  frame.write(head, FRAME_HEADER_BYTES)
  const { buffer, byteOffset } = frame
  const start = byteOffset + columnsAt
  if (start % 8 !== 0) throw new RangeError('a frame must be built in aligned memory')
  new Float64Array(buffer, start, n).set(columns.at.subarray(0, n))
  new Float64Array(buffer, start + n * 8, n).set(columns.value.subarray(0, n))
  new Uint32Array(buffer, start + n * 16, n).set(columns.meter.subarray(0, n))
  new Uint8Array(buffer, start + n * 20, n).set(columns.unit.subarray(0, n))
  frame.writeUInt32LE(MAGIC, 0)
  frame.writeUInt32LE(total - FRAME_HEADER_BYTES, 4)
  frame.writeUInt32LE(crc32(frame.subarray(FRAME_HEADER_BYTES)), 8)
  frame.writeUInt32LE(jsonBytes, 12)
  return frame
}

/**
 * The frame that begins at `offset`; `incomplete` where the bytes end before it does, `damaged`
 * where they are not a frame.
 */
export function decodeFrame(bytes: Buffer, offset: number): Frame | 'incomplete' | 'damaged' {
  if (bytes.length - offset < FRAME_HEADER_BYTES) return 'incomplete'
  const bodyBytes = bytes.readUInt32LE(offset + 4)
  if (bytes.readUInt32LE(offset) !== MAGIC || bodyBytes > MAX_BODY_BYTES) return 'damaged'
  const bodyAt = offset + FRAME_HEADER_BYTES
  if (bytes.length - bodyAt < bodyBytes) return 'incomplete'
  const body = aligned(bytes.subarray(bodyAt, bodyAt + bodyBytes))
  if (crc32(body) !== bytes.readUInt32LE(offset + 8)) return 'damaged'
  const head = headOf(body, bytes.readUInt32LE(offset + 12))
  if (head === undefined) return 'damaged'
  const { buffer, byteOffset } = body
  const start = byteOffset + padded(bytes.readUInt32LE(offset + 12))
  const n = head.n
  return {
    batch: {
      meters: head.meters,
      units: head.units,
      receivedAt: head.receivedAt,
      length: n,
      at: new Float64Array(buffer, start, n),
      value: new Float64Array(buffer, start + n * 8, n),
      meter: new Uint32Array(buffer, start + n * 16, n),
      unit: new Uint8Array(buffer, start + n * 20, n),
    },
    quarantined: head.quarantined ?? [],
    seq: head.seq,
    bytes: FRAME_HEADER_BYTES + bodyBytes,
  }
}

/** Where the next whole frame begins at or after `from`, or -1. Frames begin on multiples of eight. */
export function findFrame(bytes: Buffer, from: number): number {
  for (let offset = padded(from); offset + FRAME_HEADER_BYTES <= bytes.length; offset += 8) {
    if (bytes.readUInt32LE(offset) === MAGIC && typeof decodeFrame(bytes, offset) === 'object') return offset
  }
  return -1
}

/** The count of what came up to and including this frame. */
export function seqAfter(frame: Frame): number {
  return frame.seq + frame.batch.length + frame.quarantined.length
}

function headOf(body: Buffer, jsonBytes: number): Head | undefined {
  if (jsonBytes > body.length) return undefined
  try {
    const head = JSON.parse(body.toString('utf8', 0, jsonBytes)) as Head
    return padded(jsonBytes) + padded(head.n * 21) === body.length ? head : undefined
  } catch {
    return undefined
  }
}

function aligned(body: Buffer): Buffer {
  if (body.byteOffset % 8 === 0) return body
  const copy = Buffer.from(new ArrayBuffer(body.length))
  body.copy(copy)
  return copy
}

function padded(length: number): number {
  return Math.ceil(length / 8) * 8
}
