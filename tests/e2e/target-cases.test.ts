import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { clockAt } from '../support/clock-at.ts'
import type { Json } from '../support/json.ts'
import { home, startProgram } from '../support/program.ts'
import { publish } from '../support/publish.ts'

const DAY_MS = 86_400_000
const organisation = {
  organisation: { id: 'test', zone: 'UTC' },
  sites: [
    {
      id: 'hq',
      kind: 'office',
      zone: 'UTC',
      employees: [{ from: '2019-01-01', fullTime: 1000 }],
      meters: [
        {
          ...{ id: 'old', utility: 'electricity', role: 'import', to: '2022-01-01' },
          register: { unit: 'MWh', digits: 8 },
        },
        {
          ...{ id: 'power', utility: 'electricity', role: 'import', from: '2025-01-01' },
          register: { unit: 'MWh', digits: 8 },
        },
        { id: 'tap', utility: 'tap-water', role: 'import', register: { unit: 'm3', digits: 8 } },
      ],
    },
  ],
  boundaries: [{ id: 'own-offices', sites: ['hq'] }],
}
const targets = [
  {
    id: 'energy-per-employee-2026',
    indicator: 'energy-per-employee',
    scope: 'boundary:own-offices',
    kind: 'reduction',
    baseline: { year: 2020, value: 4.51, proxy: true },
    by: 2026,
    reduction: 0.05,
  },
  {
    id: 'tap-water-per-employee',
    indicator: 'tap-water-per-employee',
    scope: 'boundary:own-offices',
    kind: 'ceiling',
    limit: 9.77,
  },
]

/** The register of a meter at every midnight, for spans that use so much each, evenly. */
function faces(meter: string, spans: readonly (readonly [from: string, to: string, used: number])[]) {
  let face = 0
  const payload = spans.flatMap(([from, to, used]) => {
    const [start, end] = [Date.parse(from), Date.parse(to)]
    const days = (end - start) / DAY_MS
    const first = face
    face += used
    return Array.from({ length: days + 1 }, (_, d) => ({
      at: start + d * DAY_MS,
      value: first + (used * d) / days,
    }))
  })
  return { topic: `facility/hq/${meter}/reading`, payload }
}

/** A service that is asked at an instant, with the readings of some years. */
async function service(now: string, messages: Parameters<typeof publish>[1]) {
  const place = await home(organisation, targets)
  const program = await startProgram(place.folder, clockAt(Date.parse(now)))
  await publish(program.mqtt, messages)
  await program.settled()
  return {
    target: async (id: string, query = ''): Promise<Json> => program.get(`/targets/${id}${query}`),
    async end() {
      await program.end('SIGTERM')
      await place.remove()
    },
  }
}

let afterSix: Awaited<ReturnType<typeof service>>
let afterNine: typeof afterSix
beforeAll(async () => {
  const old = faces('old', [
    ['2020-01-01', '2021-01-01', 4510],
    ['2021-01-01', '2022-01-01', 3040],
  ])
  const power = faces('power', [
    ['2025-01-01', '2025-07-01', 2400],
    ['2025-07-01', '2026-01-01', 2000],
    ['2026-01-01', '2026-07-01', 2300],
  ])
  const tap = faces('tap', [
    ['2025-01-01', '2025-10-01', 7200],
    ['2025-10-01', '2026-01-01', 2400],
    ['2026-01-01', '2026-10-01', 7600],
  ])
  ;[afterSix, afterNine] = await Promise.all([
    service('2026-07-01T06:00:00Z', [old, power]),
    service('2026-10-01T06:00:00Z', [tap]),
  ])
}, 120_000)
afterAll(() => Promise.all([afterSix.end(), afterNine.end()]))

describe('energy per employee, asked when half of 2026 is over', () => {
  const target: typeof afterSix.target = (...asked) => afterSix.target(...asked)

  it('T1: 2021 was far below its path, with a jump', async () => {
    const row = await target('energy-per-employee-2026', '?year=2021')
    expect(row).toMatchObject({
      year: 2021,
      actual: expect.closeTo(3.04, 9),
      pathValue: expect.closeTo(4.472417, 6),
      limit: expect.closeTo(4.2845, 9),
      verdict: 'on-track',
      progress: expect.closeTo(6.5188, 4),
      warnings: ['jump'],
      previous: { year: 2020, value: expect.closeTo(4.51, 9) },
    })
  })

  it('T2: 2026 is carried on as 2025 went on, with what is left to use, and the line beside it', async () => {
    const row = await target('energy-per-employee-2026')
    expect(row).toMatchObject({
      year: 2026,
      method: 'same-months',
      monthsComplete: 6,
      projected: expect.closeTo(4.216666666666667, 9),
      progress: expect.closeTo(1.3008, 4),
      verdict: 'on-track',
      allowanceRest: expect.closeTo(1984.5, 6),
      allowanceUnit: 'MWh',
      estimated: 0,
    })
    expect(row.allowancePerMonth).toBeCloseTo(1984.5 / 6, 6)
    expect(row.projections.find((one: Json) => one.method === 'straight-line')).toMatchObject({
      chosen: false,
      confidence: 'low',
      projected: expect.closeTo(4.638121546961326, 9),
    })
    expect(row.low).toBeLessThanOrEqual(row.projected)
    expect(row.high).toBeGreaterThanOrEqual(row.projected)
  })

  it('and the course of its months and its drivers come to the same figures', async () => {
    const { months, drivers, projected, pathValue } = await target('energy-per-employee-2026')
    expect(months[5]).toMatchObject({ month: '2026-06', cumulative: expect.closeTo(2300, 6), partial: false })
    expect(months[11].projectedCumulative).toBeCloseTo(projected * 1000, 6)
    expect(months[11].pathCumulative).toBeCloseTo(pathValue * 1000, 6)
    const [path, last] = drivers
    expect(path).toMatchObject({ against: 'path', total: expect.closeTo(projected - pathValue, 12) })
    expect(last).toMatchObject({ against: 'last-year', total: expect.closeTo(2.3 - 2.4, 9) })
    expect(last.parts[0]).toMatchObject({
      kind: 'site',
      id: 'site:hq',
      parts: [{ kind: 'meter', id: 'power' }],
    })
  })
})

describe('tap water per employee, asked when nine months of 2026 are over', () => {
  it('T5: will be above its ceiling', async () => {
    expect(await afterNine.target('tap-water-per-employee')).toMatchObject({
      limit: 9.77,
      monthsComplete: 9,
      projected: expect.closeTo(10.133333333333333, 9),
      verdict: 'off-track',
      allowanceRest: expect.closeTo(9770 - 7600, 6),
    })
  })
})
