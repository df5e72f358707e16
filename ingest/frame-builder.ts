import type { Quarantined } from '../core/reading.ts'
import { encodeFrame } from './spool-format.ts'

/**
 * A meter's name with its number in the frame that is being filled, so that a reading costs no
 * look-up. Make one a meter and keep it; a spool numbers it anew in each frame.
 */
export interface SpoolMeter {
  readonly name: string
  readonly json: string
  frame: object | null
  no: number
}

export function spoolMeter(name: string): SpoolMeter {
  return { name, json: JSON.stringify(name), frame: null, no: 0 }
}

/** A frame never holds more, so that reading one back needs little memory. */
const MAX_READINGS = 65_536
const MAX_QUARANTINE_BYTES = 4 * 1024 * 1024
/** A frame has one time of arrival; readings that came later than this after it go into the next. */
const MAX_ARRIVAL_SPREAD_MS = 1000
const READING_BYTES = 21

/** Fills one frame after the other, column by column. */
export class FrameBuilder {
  #capacity = 1024
  #at = new Float64Array(this.#capacity)
  #value = new Float64Array(this.#capacity)
  #meter = new Uint32Array(this.#capacity)
  #unit = new Uint8Array(this.#capacity)
  #length = 0
  #receivedAt = 0
  #frame: object = {}
  #meters: string[] = []
  #units: string[] = ['']
  #quarantined: string[] = []
  #quarantineBytes = 0

  /** How many readings and refused messages are in it. */
  get count(): number {
    return this.#length + this.#quarantined.length
  }

  /** About how many bytes it holds. */
  get bytes(): number {
    return this.#length * READING_BYTES + this.#quarantineBytes
  }

  /** Whether something that arrives now must go into the next frame. */
  mustEnd(receivedAt: number): boolean {
    return (
      this.#length >= MAX_READINGS ||
      this.#quarantineBytes >= MAX_QUARANTINE_BYTES ||
      (this.count > 0 && Math.abs(receivedAt - this.#receivedAt) > MAX_ARRIVAL_SPREAD_MS)
    )
  }

  reading(meter: SpoolMeter, unit: string, at: number, value: number, receivedAt: number): void {
    if (this.count === 0) this.#receivedAt = receivedAt
    if (meter.frame !== this.#frame) {
      meter.frame = this.#frame
      meter.no = this.#meters.push(meter.json) - 1
    }
    const i = this.#length++
    if (i === this.#capacity) this.#grow()
    this.#at[i] = at
    this.#value[i] = value
    this.#meter[i] = meter.no
    this.#unit[i] = unit === '' ? 0 : this.#unitNo(unit)
  }

  quarantine(message: Quarantined): void {
    if (this.count === 0) this.#receivedAt = message.receivedAt
    const json = JSON.stringify(message)
    this.#quarantined.push(json)
    this.#quarantineBytes += json.length
  }

  /** The frame that was filled; another begins. `seq` is the count of what came before it. */
  take(seq: number): Buffer {
    const refused = this.#quarantined.length > 0 ? `,"quarantined":[${this.#quarantined.join()}]` : ''
    const head =
      `{"seq":${seq},"receivedAt":${this.#receivedAt},"meters":[${this.#meters.join()}],` +
      `"units":${JSON.stringify(this.#units)},"n":${this.#length}${refused}}`
    const frame = encodeFrame(head, {
      length: this.#length,
      at: this.#at,
      value: this.#value,
      meter: this.#meter,
      unit: this.#unit,
    })
    this.#length = 0
    this.#frame = {}
    this.#meters = []
    this.#units = ['']
    this.#quarantined = []
    this.#quarantineBytes = 0
    return frame
  }

  #unitNo(unit: string): number {
    const known = this.#units.indexOf(unit)
    if (known !== -1) return known
    if (this.#units.length > 255) throw new RangeError('more than 255 units in a frame')
    return this.#units.push(unit) - 1
  }

  #grow(): void {
    this.#capacity *= 2
    this.#at = grown(new Float64Array(this.#capacity), this.#at)
    this.#value = grown(new Float64Array(this.#capacity), this.#value)
    this.#meter = grown(new Uint32Array(this.#capacity), this.#meter)
    this.#unit = grown(new Uint8Array(this.#capacity), this.#unit)
  }
}

function grown<Column extends { set(from: Column): void }>(larger: Column, from: Column): Column {
  larger.set(from)
  return larger
}
