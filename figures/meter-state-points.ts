import { ruleOf } from '../core/meter-rule.ts'
import { meterState, meterStates } from '../core/meter-state.ts'
import type { MeterEntry, Organisation } from '../core/organisation-index.ts'
import type { FigurePoint, LastReading } from '../store/store.ts'

/** Whether a meter is one that is read, and in use. One that is in use no more is silent, and nothing is wrong with that. */
export function isRead({ meter, calendar }: MeterEntry, now: number): boolean {
  const rule = ruleOf(meter, calendar)
  return rule !== undefined && rule.usedFrom <= now && now < rule.usedTo
}

/** How it stands with each meter that is read, as `/meters` gives it: a point for each local day, replaced as it goes on. */
export function meterStatePoints(
  organisation: Organisation,
  last: ReadonlyMap<string, LastReading>,
  now: number,
): FigurePoint[] {
  return [...organisation.meters.values()].flatMap((entry): FigurePoint[] => {
    const { site, meter, calendar } = entry
    if (!isRead(entry, now)) return []
    const newest = last.get(meter.id)
    return [
      {
        measurement: 'meter_state',
        tags: { meter: meter.id, site: site.id, utility: meter.utility },
        fields: {
          state: meterStates.indexOf(meterState(newest?.at, now)),
          heard: newest === undefined ? 0 : 1,
          last_at: newest?.at ?? null,
          last_value: newest?.value ?? null,
        },
        at: calendar.startOfDay(calendar.dayAt(now)),
      },
    ]
  })
}
