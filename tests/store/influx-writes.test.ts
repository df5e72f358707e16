import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { InfluxStore } from '../../store/influx.ts'
import { silent } from '../ingest/fixture-organisation.ts'
import { batchOf } from '../support/batch.ts'
import { type Answer, type Request, serve } from '../support/http-server.ts'

/** What becomes of a write by the server's answer: on, aside, smaller, held or later. */
const t0 = Date.UTC(2026, 0, 1)
const ends: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const end of ends.splice(0)) await end()
})

/** A 1.x that keeps the lines it takes; `judge` answers a write by its lines, or takes it. */
async function server(judge: (lines: string[], request: Request) => Answer | undefined) {
  const taken = new Set<string>()
  const found = await serve((request) => {
    if (request.path.startsWith('/ping')) return { status: 204, headers: { 'x-influxdb-version': '1.8.10' } }
    if (request.path.startsWith('/query')) return { status: 200, body: { results: [{}] } }
    const lines = request.body.split('\n')
    const refusal = judge(lines, request)
    if (refusal !== undefined) return refusal
    for (const one of lines) taken.add(one)
    return { status: 204 }
  })
  const location = { url: found.url, token: '', username: '', password: '', database: 'x' }
  const store = await InfluxStore.open(location, 'one', silent)
  ends.push(
    () => store.close(),
    () => found.close(),
  )
  const writes = () => found.requests.filter(({ path }) => path.startsWith('/write'))
  const queries = () => found.requests.filter(({ path }) => path.startsWith('/query'))
  const readings = () => [...taken].filter((line) => line.startsWith('reading,'))
  const aside = () =>
    [...taken].filter((line) => line.startsWith('quarantine,')).map((line) => line.replaceAll('\\"', '"'))
  return { store, taken, writes, queries, readings, aside }
}

const batch = (count: number) => ({
  readings: [
    batchOf(
      Array.from({ length: count }, (_, i) => [`m${i}`, t0 + i, i] as [string, number, number]),
      t0,
    ),
  ],
  touched: [{ meter: 'm0', from: t0, to: t0 + 3_600_000 }],
  quarantined: [],
})
const poison =
  (...meters: string[]) =>
  (lines: string[]): Answer | undefined =>
    lines.some((line) => meters.some((meter) => line.startsWith(`reading,meter=${meter} `)))
      ? { status: 400, body: { error: 'partial write: field type conflict dropped=1' } }
      : undefined

describe('an answer of 400', () => {
  it('puts the lines at fault into quarantine with the reason, and the rest is stored', async () => {
    const { store, readings, aside, taken } = await server(poison('m3', 'm70'))
    await store.write(batch(100))
    expect(readings().length).toBe(98)
    expect(aside().length).toBe(2)
    expect(aside()[0]).toContain('"topic":"facility/+/m3/reading"')
    expect(aside()[0]).toContain('partial write: field type conflict')
    expect(aside()[0]).toContain('"code":"store-refused"')
    expect([...taken].some((line) => line.startsWith('touched,'))).toBe(true)
  })

  it('sets the same record aside when the batch is written again', async () => {
    const { store, aside } = await server(poison('m3'))
    await store.write(batch(10))
    await store.write(batch(10))
    expect(aside().length).toBe(1)
  })

  it('to every line of a large batch is believed only where the server takes another point', async () => {
    const all = Array.from({ length: 40 }, (_, i) => `m${i}`)
    const sound = await server(poison(...all))
    await sound.store.write(batch(40))
    expect(sound.aside().length).toBe(40)
    const gateway = await server(() => ({ status: 400, body: 'Bad Request' }))
    await expect(gateway.store.write(batch(40))).rejects.toMatchObject({
      name: 'StoreUnavailable',
      code: 'held',
    })
    expect(gateway.taken.size).toBe(0)
  })
})

describe('a gateway that refuses every write', () => {
  it.each([400, 413])(
    'with %i puts nothing aside, however small the batch, and all is stored after it',
    async (status) => {
      let well = false
      const { store, readings, aside } = await server(() => (well ? undefined : { status, body: 'no' }))
      const small = batch(3)
      await expect(store.write(small)).rejects.toMatchObject({ name: 'StoreUnavailable', code: 'held' })
      well = true
      await store.write(small)
      expect(readings().length).toBe(3)
      expect(aside()).toEqual([])
    },
  )

  it('from the middle of a batch on holds the rest', async () => {
    let well = false
    let portions = 0
    const { store, readings, aside } = await server(() => {
      portions += 1
      return well || portions === 1 ? undefined : { status: 400, body: 'no' }
    })
    const rows = Array.from({ length: 10_020 }, (_, i) => ['m', t0 + i, i] as [string, number, number])
    const large = { readings: [batchOf(rows, t0)], touched: [], quarantined: [] }
    await expect(store.write(large)).rejects.toMatchObject({ code: 'held' })
    well = true
    await store.write(large)
    expect(readings().length).toBe(10_020)
    expect(aside()).toEqual([])
  })
})

describe('a refusal that is over in the middle of a batch', () => {
  it.each([3, 5, 8])('leaves nothing in quarantine: over after %i requests', async (refusals) => {
    let requests = 0
    const { store, readings, aside } = await server(() => {
      requests += 1
      return requests <= refusals ? { status: 413, body: { error: 'too large' } } : undefined
    })
    await store.write(batch(5))
    expect(readings().length).toBe(5)
    expect(aside()).toEqual([])
  })
})

describe('an answer of 413', () => {
  it('halves what is sent until it is taken', async () => {
    const { store, readings, writes, aside } = await server((lines) =>
      lines.length > 10 ? { status: 413, body: { error: 'Request Entity Too Large' } } : undefined,
    )
    await store.write(batch(100))
    expect(readings().length).toBe(100)
    expect(aside()).toEqual([])
    expect(writes().length).toBeLessThan(40)
  })
})

describe('a batch that is offered again', () => {
  it('goes on from where it stood', async () => {
    let portions = 0
    const { store, readings, writes } = await server((lines) => {
      if (!lines[0]?.startsWith('reading,')) return undefined
      portions += 1
      return portions === 3 ? { status: 503 } : undefined
    })
    const rows = Array.from({ length: 50_000 }, (_, i) => ['m', t0 + i, i] as [string, number, number])
    const large = { readings: [batchOf(rows, t0)], touched: [], quarantined: [] }
    await expect(store.write(large)).rejects.toMatchObject({ code: 'busy' })
    await store.write({ ...large })
    expect(readings().length).toBe(50_000)
    expect(writes().filter(({ body }) => body.startsWith('reading,')).length).toBe(6)
  })
})

describe('any other refusal', () => {
  it.each([401, 403, 404])('of %i holds, for somebody has to act', async (status) => {
    const { store } = await server(() => ({ status, body: { error: 'no' } }))
    await expect(store.write(batch(3))).rejects.toMatchObject({
      code: 'held',
      message: expect.stringContaining(`${status}: no`),
    })
  })

  it.each([429, 500, 502, 503])('of %i is tried again later', async (status) => {
    const { store } = await server(() => ({ status, body: { error: 'no' } }))
    await expect(store.write(batch(3))).rejects.toMatchObject({ code: 'busy' })
  })

  it('honours Retry-After, in seconds or as a date', async () => {
    const seconds = await server(() => ({ status: 429, headers: { 'retry-after': '7' } }))
    await expect(seconds.store.write(batch(1))).rejects.toMatchObject({ retryAfterMs: 7000 })
    const date = new Date(Date.now() + 60_000).toUTCString()
    const dated = await server(() => ({ status: 503, headers: { 'retry-after': date } }))
    const error = await dated.store.write(batch(1)).catch((caught) => caught)
    expect(error.retryAfterMs).toBeGreaterThan(50_000)
    expect(error.retryAfterMs).toBeLessThanOrEqual(60_000)
  })

  it('of a success that is none, as a proxy gives, is not taken for one', async () => {
    const { store } = await server(() => ({ status: 200, body: '<html>Please log in</html>' }))
    await expect(store.write(batch(1))).rejects.toMatchObject({ code: 'busy' })
  })
})

describe('a reading that is overwritten with something else', () => {
  const twice = {
    readings: [
      batchOf(
        [
          ['a', t0, 1],
          ['a', t0, 2],
        ],
        t0 + 9,
      ),
    ],
    touched: [],
    quarantined: [],
  }
  const conflicts = (taken: ReadonlySet<string>) => [...taken].filter((line) => line.startsWith('conflict,'))

  it('is noted before it is gone, and once however often the write is tried', async () => {
    let away = true
    const { store, taken } = await server((lines) =>
      away && lines.some((line) => line.startsWith('reading,')) ? { status: 503 } : undefined,
    )
    await expect(store.write(twice)).rejects.toMatchObject({ code: 'busy' })
    const noted = conflicts(taken)
    expect(noted).toEqual([
      expect.stringMatching(`^conflict,meter=a value=1,received=${t0 + 9},unit="" ${t0}`),
    ])
    away = false
    await store.write(twice)
    await store.write({ ...twice })
    expect(conflicts(taken).filter((line) => line.includes(' value=1,'))).toEqual(noted)
  })

  it('is looked for only where readings are not newer than the newest', async () => {
    const { store, queries } = await server(() => undefined)
    await store.write(batch(50))
    const atFirst = queries().length
    const later = (ms: number) => ({
      readings: [batchOf([['m7', t0 + ms, 1]], t0)],
      touched: [],
      quarantined: [],
    })
    await store.write(later(1000))
    await store.write(later(2000))
    expect(queries().length).toBe(atFirst)
    await store.write(later(1500))
    expect(queries().length).toBe(atFirst + 1)
  })
})

describe('the journal of meter events', () => {
  const record = { id: '1', reverses: '0', by: '', note: '', enteredAt: t0 }
  const window = { meter: 'a', from: t0, to: t0 + 3_600_000 }
  const asked = (queries: readonly Request[]) =>
    queries.filter(({ body }) => decodeURIComponent(body).includes('SELECT * FROM "journal" WHERE time'))
      .length

  it('goes to the server with its windows in one request', async () => {
    const { store, writes } = await server(() => undefined)
    await store.addToJournal(record, [window])
    expect(writes().length).toBe(1)
    expect(writes()[0]?.path).toContain('precision=ns')
    expect(
      writes()[0]
        ?.body.split('\n')
        .map((line) => line.split(/[ ,]/)[0]),
    ).toEqual(['journal', 'touched'])
    expect(writes()[0]?.body).toMatch(/waiting=1 \d{13}000000$/)
  })

  it('is looked for at every use while an event that failed may still come through', async () => {
    let away = false
    const clock = vi.spyOn(Date, 'now').mockReturnValue(t0)
    onTestFinished(() => clock.mockRestore())
    const { store, queries } = await server(() => (away ? { status: 503 } : undefined))
    await store.journal()
    for (let i = 0; i < 20; i += 1) await store.journal()
    expect(asked(queries())).toBe(1)
    away = true
    await expect(store.addToJournal(record, [window])).rejects.toMatchObject({ code: 'busy' })
    away = false
    await store.addToJournal({ ...record, id: '2' }, [window])
    for (let i = 0; i < 20; i += 1) await store.journal()
    expect(asked(queries())).toBe(21)
  })
})
