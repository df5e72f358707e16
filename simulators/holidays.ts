import { DAY_MS, dateOf, type LocalDay, localDay } from '../core/calendar.ts'

/** What sort of day it is. A festival empties factories too; a holiday only offices. */
export type DayKind = 'work' | 'saturday' | 'sunday' | 'holiday' | 'festival'

interface Country {
  readonly holidays: ReadonlyMap<LocalDay, DayKind>
  /** Month and day of what falls on the same date each year. */
  readonly yearly: ReadonlySet<string>
}

/** `2026-02-15..2026-02-23`, or a single date. */
function days(kind: DayKind, spans: readonly string[]): [LocalDay, DayKind][] {
  return spans.flatMap((span) => {
    const [from = '', to = from] = span.split('..')
    const first = localDay(from) as LocalDay
    const last = localDay(to) as LocalDay
    return Array.from({ length: last - first + 1 }, (_, i): [LocalDay, DayKind] => [first + i, kind])
  })
}

/** 2025 and 2026 as arranged by the State Council; 2027 by the lunar calendar, without swapped days. */
const china: Country = {
  yearly: new Set(['01-01', '05-01', '10-01', '10-02', '10-03']),
  holidays: new Map([
    ...days('holiday', ['2025-04-04..2025-04-06', '2025-05-01..2025-05-05', '2025-05-31..2025-06-02']),
    ...days('holiday', ['2025-10-01..2025-10-08', '2026-01-01..2026-01-03', '2026-04-04..2026-04-06']),
    ...days('holiday', ['2026-05-01..2026-05-05', '2026-06-19..2026-06-21', '2026-09-25..2026-09-27']),
    ...days('holiday', ['2026-10-01..2026-10-07', '2027-04-05', '2027-05-01..2027-05-05', '2027-06-09']),
    ...days('holiday', ['2027-09-15', '2027-10-01..2027-10-07']),
    ...days('festival', ['2025-01-28..2025-02-04', '2026-02-15..2026-02-23', '2027-02-05..2027-02-12']),
    // Weekends that are worked in return.
    ...days('work', ['2025-01-26', '2025-02-08', '2025-04-27', '2025-09-28', '2025-10-11']),
    ...days('work', ['2026-01-04', '2026-02-14', '2026-02-28', '2026-05-09', '2026-09-20', '2026-10-10']),
  ]),
}

/** Karnataka; festivals that follow the moon as expected. */
const india: Country = {
  yearly: new Set(['01-01', '01-26', '05-01', '08-15', '10-02', '11-01', '12-25']),
  holidays: new Map([
    ...days('holiday', ['2025-03-14', '2025-03-31', '2025-04-18', '2025-10-20..2025-10-22', '2025-08-27']),
    ...days('holiday', ['2026-03-04', '2026-03-21', '2026-04-03', '2026-09-14', '2026-10-20', '2026-11-09']),
    ...days('holiday', ['2027-03-10', '2027-03-22', '2027-03-26', '2027-09-04', '2027-10-09', '2027-10-29']),
  ]),
}

/** Bavaria: what falls on a date, and what goes by Easter Sunday. */
const germany: Country = {
  yearly: new Set(['01-01', '01-06', '05-01', '08-15', '10-03', '11-01', '12-24', '12-25', '12-26', '12-31']),
  holidays: new Map(
    ['2025-04-20', '2026-04-05', '2027-03-28'].flatMap((easter) =>
      [-2, 1, 39, 50, 60].map((after): [LocalDay, DayKind] => [
        (localDay(easter) as LocalDay) + after,
        'holiday',
      ]),
    ),
  ),
}

const byZone: Readonly<Record<string, Country>> = {
  'Asia/Shanghai': china,
  'Asia/Urumqi': china,
  'Asia/Kolkata': india,
  'Asia/Calcutta': india,
  'Europe/Berlin': germany,
}

/** What sort of day a local day is. Elsewhere than in China, India and Germany only weekends and New Year are known. */
export function dayKind(zone: string, day: LocalDay): DayKind {
  const country = byZone[zone]
  const special = country?.holidays.get(day)
  if (special !== undefined) return special
  const monthDay = dateOf(day).slice(5)
  if (country === undefined ? monthDay === '01-01' : country.yearly.has(monthDay)) return 'holiday'
  const weekday = new Date(day * DAY_MS).getUTCDay()
  return weekday === 0 ? 'sunday' : weekday === 6 ? 'saturday' : 'work'
}
