import { ruleOf } from '../core/consumption.ts'
import type { MeterEntry, Organisation } from '../core/organisation-index.ts'
import { HOUR_MS, type Window } from '../core/window.ts'
import type { Store } from '../store/store.ts'

const NOTE = 'meter-rules'

/**
 * Touches the whole history of every meter whose rule or zone is another than when its rollups were
 * written, so that a corrected multiplier or unit holds for the past as well.
 */
export async function touchChangedMeters(store: Store, organisation: Organisation): Promise<void> {
  const before = JSON.parse((await store.getNote(NOTE)) ?? '{}') as Record<string, string>
  const now = Object.fromEntries([...organisation.meters].map(([id, entry]) => [id, fingerprint(entry)]))
  const last = await store.lastReadings()
  const windows: Window[] = []
  for (const [meter, print] of Object.entries(now)) {
    const end = last.get(meter)
    if (before[meter] === print || end === undefined) continue
    const start = (await store.readingFrom(meter, 0)) ?? end.at
    windows.push({
      meter,
      from: Math.floor(start / HOUR_MS) * HOUR_MS,
      to: (Math.floor(end.at / HOUR_MS) + 1) * HOUR_MS,
    })
  }
  if (windows.length > 0) await store.touch(windows)
  // A meter that was taken out is forgotten: what came before its return is carried up anew.
  const text = JSON.stringify(now)
  if (text !== JSON.stringify(before)) await store.putNote(NOTE, text)
}

function fingerprint({ meter, calendar }: MeterEntry): string {
  const rule = ruleOf(meter, calendar)
  return JSON.stringify({ ...rule, zone: calendar.zone }, (_, value) =>
    typeof value === 'number' ? String(value) : value,
  )
}
