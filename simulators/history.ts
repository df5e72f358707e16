import { firstFrom } from '../core/search.ts'
import type { Shown, SiteMeters } from './meter.ts'
import { instantsOf } from './steps.ts'

/** Readings of one meter, ready to be sent in one message. */
export interface Batch {
  readonly meter: string
  readonly topic: string
  /** A JSON array of `{"at", "value"}`, or one of them. */
  readonly payload: string
  readonly count: number
  /** What the meter showed last in it. */
  readonly last: Shown
}

export const READINGS_PER_BATCH = 1000

/** What a site's meters have still to tell of the past. */
export interface Past {
  readonly instants: readonly number[]
  /** By meter: the first instant that it has not told yet. */
  readonly from: readonly number[]
  readonly readings: number
}

/** The past of a site from each meter's `from` up to `now`. */
export function pastOf(site: SiteMeters, from: readonly number[], now: number): Past {
  const instants = from.length === 0 ? [] : instantsOf(Math.min(...from), now, now, site.hourPhaseMs)
  const readings = from.reduce((sum, first) => sum + instants.length - firstFrom(instants, first), 0)
  return { instants, from, readings }
}

/** Walks a site's meters through the past, and hands out what each shows, about 1,000 readings at a time. */
export function* history(site: SiteMeters, past: Past): Generator<Batch> {
  const { instants, from } = past
  for (let i = 0; i < instants.length; i += READINGS_PER_BATCH) {
    const part = instants.slice(i, i + READINGS_PER_BATCH)
    const texts = site.meters.map(() => '')
    const counts = new Uint32Array(texts.length)
    const last: Shown[] = []
    for (const at of part) {
      site.walkTo(at)
      for (let m = 0; m < texts.length; m += 1) {
        if (at < (from[m] as number)) continue
        texts[m] += `${counts[m] === 0 ? '[' : ','}{"at":${at},"value":${site.value(m, at)}}`
        counts[m] = (counts[m] as number) + 1
      }
    }
    const end = part.at(-1) as number
    for (let m = 0; m < texts.length; m += 1) last.push({ at: end, thousandths: site.counted(m, end) })
    for (const [m, meter] of site.meters.entries()) {
      const count = counts[m] as number
      if (count === 0) continue
      const topic = topicOf(site, meter.id)
      yield { meter: meter.id, topic, payload: `${texts[m]}]`, count, last: last[m] as Shown }
    }
  }
}

export function topicOf({ site }: SiteMeters, meter: string): string {
  return `facility/${site.id}/${meter}/reading`
}
