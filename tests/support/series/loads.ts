import { HOUR_MS } from '../../../core/window.ts'
import type { Json } from '../json.ts'
import type { ApiPoint, ApiWorld, Get, SeriesCheck } from './series.ts'

const AXIS_AT = Date.UTC(2020, 0, 1)
/** Months have a base load and shifts. Panels show those of a year. */
const BY_MONTH = ['electricity', 'natural-gas']
const MONTHS = 13

/** What several series are made of is asked once. */
const asked = new WeakMap<Get, Map<string, Promise<Json>>>()
function once(world: ApiWorld, path: string): Promise<Json> {
  const answers = asked.get(world.get) ?? new Map<string, Promise<Json>>()
  asked.set(world.get, answers)
  const answer = answers.get(path) ?? world.get(path)
  answers.set(path, answer)
  return answer
}

interface Answer {
  readonly profile: Json
  readonly over: 'month' | '28-days'
  readonly at: number
  readonly scope: string
  readonly utility: string
}

async function* last28Days(world: ApiWorld): AsyncGenerator<Answer> {
  for (const { id, utilities } of world.sites) {
    for (const utility of utilities) {
      if (!world.wants({ scope: `site:${id}`, utility, over: '28-days' })) continue
      const profile = await once(world, `/profile?scope=site:${id}&utility=${utility}`)
      yield { profile, over: '28-days', at: Date.parse(profile.to), scope: `site:${id}`, utility }
    }
  }
}

async function* answers(world: ApiWorld): AsyncGenerator<Answer> {
  yield* last28Days(world)
  const { sites, from, to } = world
  for (const { id, utilities } of sites) {
    const scope = `site:${id}`
    for (const utility of utilities.filter((one: string) => BY_MONTH.includes(one))) {
      if (!world.wants({ scope, utility, over: 'month' })) continue
      const months = await once(
        world,
        `/consumption?scope=${scope}&utility=${utility}&grain=month&from=${from}&to=${to}`,
      )
      for (const { start, end } of months.rows.slice(-MONTHS)) {
        const profile = await once(
          world,
          `/profile?scope=${scope}&utility=${utility}&from=${start}&to=${end}`,
        )
        yield { profile, over: 'month', at: Date.parse(start), scope, utility }
      }
    }
  }
}

export const profile: SeriesCheck = {
  measurement: 'profile',
  known: 'mean',
  async *points(world): AsyncGenerator<ApiPoint> {
    for await (const { profile: seen, scope, utility } of last28Days(world)) {
      const tags = { scope, utility, unit: seen.unit }
      for (const { days, hour, mean, low, high, count } of seen.rows) {
        const fields = { hour, mean, low, high, count }
        yield { tags: { ...tags, days }, at: AXIS_AT + hour * HOUR_MS, fields }
      }
      const end = Date.parse(seen.to)
      const day = `from=${new Date(end - 24 * HOUR_MS).toISOString()}&to=${seen.to}`
      const { rows } = await world.get(`/consumption?scope=${scope}&utility=${utility}&grain=hour&${day}`)
      // On a day of a change of clocks hours and rows go apart.
      for (const [hour, { value, coverage, estimated, quality }] of rows.entries()) {
        const counts = value !== null && coverage >= 0.95 && estimated === 0 && quality !== 'suspect'
        const fields = { hour, mean: counts ? value : null, count: counts ? 1 : 0 }
        yield { tags: { ...tags, days: 'yesterday' }, at: AXIS_AT + hour * HOUR_MS, fields }
      }
    }
  },
}

export const baseLoad: SeriesCheck = {
  measurement: 'base_load',
  known: 'value',
  async *points(world): AsyncGenerator<ApiPoint> {
    for await (const { profile: seen, over, at, scope, utility } of answers(world)) {
      const { value, share, unit } = seen.baseLoad
      yield { tags: { scope, utility, unit, over }, at, fields: { value, share, peak: seen.peak.value } }
    }
  },
}

export const shift: SeriesCheck = {
  measurement: 'shift',
  known: 'amount',
  async *points(world): AsyncGenerator<ApiPoint> {
    for await (const { profile: seen, over, at, scope, utility } of answers(world)) {
      for (const { shift: name, amount, mean, share } of seen.shifts) {
        const tags = { scope, utility, unit: seen.unit, shift: name, over }
        yield { tags, at, fields: { amount, mean, share } }
      }
    }
  },
}
