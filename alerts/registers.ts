import type { Rule } from '../core/alert-rules.ts'
import { resetsIn } from '../core/alerts/meter-resets.ts'
import type { Still } from '../core/alerts/meter-stuck.ts'
import { facesIn } from '../core/faces.ts'
import { FALLEN, METERED } from '../core/hour-series.ts'
import { inForceByMeter } from '../core/meter-event.ts'
import type { MeterRule } from '../core/meter-rule.ts'
import type { MeterEntry } from '../core/organisation-index.ts'
import type { ReadingSeries } from '../core/reading.ts'
import { HOUR_MS } from '../core/window.ts'
import type { Scene } from './scene.ts'

/** A face that stands still is followed back so far. */
const STILL_BACK_MS = 72 * HOUR_MS
/** A meter is being read where its newest reading is no older. */
const READ_MS = 2 * HOUR_MS

/** How long the faces of meters have stood still that did not move in the last hour and are being read; 0 of the others that are. */
export async function stillAt({ history, source, at }: Scene): Promise<Still> {
  const { store } = source
  const last = await store.lastReadings()
  const still = new Map<string, number>()
  const asked: string[] = []
  for (const { entry, series } of history.zone.meters) {
    const { id } = entry.meter
    if ((last.get(id)?.at ?? 0) < at - READ_MS) continue
    const i = series.values.length - 1
    const moves =
      series.marks[i] === METERED && series.values[i] !== 0 && series.values[i] !== series.values[i - 1]
    if (moves) still.set(id, 0)
    else asked.push(id)
  }
  if (asked.length === 0) return still
  const readings = await store.readingsOf(asked, at - STILL_BACK_MS, at)
  for (const { entry, rule } of history.zone.meters) {
    const series = readings.get(entry.meter.id)
    if (series !== undefined && asked.includes(entry.meter.id))
      still.set(entry.meter.id, stillMs(series, rule))
  }
  return still
}

function stillMs(series: ReadingSeries, rule: MeterRule): number {
  const face = facesIn(rule, series)
  const { at } = series
  let first = face.length - 1
  while (first > 0 && face[first - 1] === face[face.length - 1]) first -= 1
  return first < 0 ? 0 : (at[at.length - 1] as number) - (at[first] as number)
}

/** The resets of registers within the rule's span; readings are asked for only where hours tell of falls. */
export async function resetsAt(
  rule: Rule,
  { history, source, at }: Scene,
): Promise<{ readonly entry: MeterEntry; readonly resets: readonly number[] }[]> {
  const from = at - rule.withinMs
  const journal = inForceByMeter(await source.store.journal())
  const found: { entry: MeterEntry; resets: readonly number[] }[] = []
  for (const { entry, series, rule: own } of history.zone.meters) {
    const first = Math.max(0, Math.floor((from - series.first) / HOUR_MS))
    if (!series.marks.subarray(first).some((mark) => (mark & FALLEN) !== 0)) {
      found.push({ entry, resets: [] })
      continue
    }
    const declared = journal.get(entry.meter.id) ?? []
    const readings = await source.store.readings(entry.meter.id, from, at)
    const resets = resetsIn(readings, own).filter(
      (fell) => !declared.some((one) => Math.abs(one.at - fell) < HOUR_MS),
    )
    found.push({ entry, resets })
  }
  return found
}
