import { ruleOf } from '../core/meter-rule.ts'
import type { MeterEntry, Organisation } from '../core/organisation-index.ts'
import { RULES_VERSION } from '../core/rules-version.ts'
import { HOUR_MS, type Window } from '../core/window.ts'
import type { Store } from '../store/store.ts'
import { ForgottenYears } from './forgotten-years.ts'

const NOTE = 'meter-rules'

/**
 * Touches the whole history of every meter whose rule or zone is another than when its rollups were
 * written, so that a corrected multiplier or unit holds for the past as well, and so do the rules of a newer version; of forgotten years the
 * figures stay as they were. Resolves to those meters.
 */
export async function touchChangedMeters(
  store: Store,
  organisation: Organisation,
  forgotten = new ForgottenYears(),
): Promise<readonly string[]> {
  await forgotten.load(store)
  const before = JSON.parse((await store.getNote(NOTE)) ?? '{}') as Record<string, string>
  const now = Object.fromEntries([...organisation.meters].map(([id, entry]) => [id, fingerprint(entry)]))
  const last = await store.lastReadings()
  const windows: Window[] = []
  const changed: string[] = []
  for (const [meter, print] of Object.entries(now)) {
    const end = last.get(meter)
    if (before[meter] === print || end === undefined) continue
    const start = (await store.readingFrom(meter, 0)) ?? end.at
    changed.push(meter)
    const { calendar } = organisation.meters.get(meter) as MeterEntry
    for (const { from, to } of forgotten.reckonable({ meter, from: start, to: end.at + 1 }, calendar)) {
      windows.push({
        meter,
        from: Math.floor(from / HOUR_MS) * HOUR_MS,
        to: Math.ceil(to / HOUR_MS) * HOUR_MS,
      })
    }
  }
  if (windows.length > 0) await store.touch(windows)
  // A meter that was taken out is forgotten: what came before its return is carried up anew.
  const text = JSON.stringify(now)
  if (text !== JSON.stringify(before)) await store.putNote(NOTE, text)
  return changed
}

function fingerprint({ meter, calendar }: MeterEntry): string {
  const rule = ruleOf(meter, calendar)
  return JSON.stringify({ ...rule, zone: calendar.zone, version: RULES_VERSION }, (_, value) =>
    typeof value === 'number' ? String(value) : value,
  )
}
