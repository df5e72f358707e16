import type { Site } from '../core/organisation.ts'
import type { DayKind } from './holidays.ts'

/** Shares of a full house, 0..1. */
export interface Activity {
  /** Of the people of the site. */
  readonly people: number
  /** Of its machines. */
  readonly shift: number
}

type Hours = readonly number[]

/** Midnight to midnight, by the hour. */
const officeDay: Hours = [
  0.03, 0.02, 0.02, 0.02, 0.02, 0.03, 0.05, 0.15, 0.45, 0.85, 0.97, 0.98, 0.8, 0.85, 0.97, 0.97, 0.95, 0.92,
  0.82, 0.62, 0.45, 0.28, 0.12, 0.05,
]
const shopDay: Hours = [
  0.01, 0.01, 0.01, 0.01, 0.01, 0.01, 0.01, 0.03, 0.1, 0.4, 0.85, 0.95, 1, 0.95, 0.9, 0.9, 0.95, 1, 1, 1,
  0.95, 0.7, 0.2, 0.03,
]
const warehouseDay: Hours = [
  0.05, 0.05, 0.05, 0.05, 0.05, 0.1, 0.4, 0.8, 1, 1, 1, 0.9, 0.6, 0.95, 1, 1, 1, 0.9, 0.7, 0.6, 0.5, 0.3, 0.1,
  0.05,
]
/** Two long shifts with a dip at each change and at meals. */
const factoryDay: Hours = [
  0.82, 0.84, 0.84, 0.82, 0.8, 0.74, 0.66, 0.78, 0.96, 1, 1, 0.92, 0.84, 0.98, 1, 1, 0.98, 0.94, 0.82, 0.74,
  0.86, 0.88, 0.87, 0.85,
]
const EVERY_HOUR: Hours = Array<number>(24).fill(1)

interface Rhythm {
  readonly people: Hours
  readonly shift: Hours
  readonly peopleOn: Readonly<Record<DayKind, number>>
  readonly shiftOn: Readonly<Record<DayKind, number>>
}

const office: Rhythm = {
  people: officeDay,
  peopleOn: { work: 1, saturday: 0.17, sunday: 0.1, holiday: 0.07, festival: 0.03 },
  // The dark factory of a campus runs by night as by day.
  shift: EVERY_HOUR,
  shiftOn: { work: 1, saturday: 0.85, sunday: 0.75, holiday: 0.6, festival: 0.35 },
}
const factory: Rhythm = {
  people: factoryDay,
  peopleOn: { work: 1, saturday: 0.7, sunday: 0.25, holiday: 0.25, festival: 0.08 },
  shift: factoryDay,
  shiftOn: { work: 1, saturday: 0.72, sunday: 0.28, holiday: 0.3, festival: 0.1 },
}

const rhythms: Readonly<Record<Site['kind'], Rhythm>> = {
  campus: office,
  office,
  factory,
  'data-center': {
    people: officeDay,
    peopleOn: { work: 1, saturday: 0.5, sunday: 0.5, holiday: 0.5, festival: 0.4 },
    shift: EVERY_HOUR,
    shiftOn: { work: 1, saturday: 0.98, sunday: 0.97, holiday: 0.97, festival: 0.96 },
  },
  store: {
    people: shopDay,
    peopleOn: { work: 0.8, saturday: 1, sunday: 1, holiday: 1, festival: 0.5 },
    shift: shopDay,
    shiftOn: { work: 1, saturday: 1, sunday: 1, holiday: 1, festival: 0.9 },
  },
  warehouse: {
    people: warehouseDay,
    peopleOn: { work: 1, saturday: 0.7, sunday: 0.3, holiday: 0.4, festival: 0.15 },
    shift: warehouseDay,
    shiftOn: { work: 1, saturday: 0.7, sunday: 0.3, holiday: 0.4, festival: 0.15 },
  },
}

/** How busy a site is in the local hour that begins at `hour`, on a sort of day. */
export function activity(kind: Site['kind'], day: DayKind, hour: number): Activity {
  const rhythm = rhythms[kind]
  return {
    people: (rhythm.people[hour] ?? 0) * rhythm.peopleOn[day],
    shift: (rhythm.shift[hour] ?? 0) * rhythm.shiftOn[day],
  }
}
