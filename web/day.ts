import type { ConsumptionRow, MeterRow } from './answers.ts'
import { dateIn, datesBetween } from './days.ts'
import { type Quality, shownQuality, WHOLE } from './quality.ts'

/** One local day of the chart. A day without data has no value: it is a gap, never zero. */
export interface Day {
  readonly date: string
  readonly value: number | null
  readonly coverage: number
  readonly estimated: number
  /** How it is known, as the server says. */
  readonly quality: Quality
  readonly state: 'full' | 'low' | 'partial' | 'missing'
  readonly reason?: string
}

export interface Question {
  readonly scope: string
  readonly zone: string
  readonly utility: MeterRow['utility']
  /** Local dates, from inclusive, to exclusive. */
  readonly from: string
  readonly to: string
}

export interface Days {
  readonly question: Question
  readonly unit: string
  readonly list: readonly Day[]
  /** The mean of the complete days, or undefined where there is none. */
  readonly average: number | undefined
}

export function daysOf(question: Question, rows: readonly ConsumptionRow[]): Days {
  const byDate = new Map(rows.map((row) => [dateIn(question.zone, new Date(row.start)), row]))
  const list = datesBetween(question.from, question.to).map((date) => dayOf(date, byDate.get(date)))
  const whole = list.flatMap((day) => (day.state === 'full' && day.value !== null ? [day.value] : []))
  return {
    question,
    unit: rows[0]?.unit ?? '',
    list,
    average: whole.length === 0 ? undefined : whole.reduce((sum, value) => sum + value, 0) / whole.length,
  }
}

function dayOf(date: string, row: ConsumptionRow | undefined): Day {
  if (row === undefined || row.value === null || row.coverage === 0) {
    const reason = row?.reason
    return {
      date,
      value: null,
      coverage: 0,
      estimated: 0,
      quality: 'missing',
      state: 'missing',
      ...(reason === undefined ? {} : { reason }),
    }
  }
  const { value, coverage, estimated, quality, partial, reason } = row
  const state = partial ? 'partial' : coverage < WHOLE ? 'low' : 'full'
  return {
    date,
    value,
    coverage,
    estimated,
    quality,
    state,
    ...(reason === undefined ? {} : { reason }),
  }
}

/** How a day is known, as it is shown. */
export function qualityOf({ quality, coverage, state }: Day): Quality {
  return shownQuality({ quality, coverage, partial: state === 'partial' })
}
