import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Json } from '../support/json.ts'
import { home, type Program, run, startProgram } from '../support/program.ts'
import { publish } from '../support/publish.ts'

const HOUR_MS = 3_600_000
const organisation = {
  organisation: { id: 'test', zone: 'Asia/Kolkata' },
  sites: [
    {
      id: 'works',
      kind: 'factory',
      zone: 'Asia/Kolkata',
      areas: [{ id: 'hall', floorArea: [{ from: '2019-01-01', m2: 500 }] }],
      employees: [{ from: '2020-01-01', fullTime: 20 }],
      meters: [
        { id: 'in', utility: 'electricity', role: 'import', register: { unit: 'kWh', digits: 8 } },
        { id: 'other', utility: 'electricity', role: 'submeter', parent: 'in', register: { unit: 'kWh' } },
      ],
    },
  ],
}
const TOPIC = 'facility/works/in/reading'

let place: Awaited<ReturnType<typeof home>>
let program: Program
beforeAll(async () => {
  place = await home(organisation)
  program = await startProgram(place.folder)
})
afterAll(async () => {
  await program.end('SIGTERM')
  await place.remove()
})

/** Hourly readings at 10 kWh an hour since the start of last year, in arrays. */
function history(meter: string, from: number, hours: number) {
  const rows = Array.from({ length: hours + 1 }, (_, h) => ({ at: from + h * HOUR_MS, value: h * 10 }))
  return Array.from({ length: Math.ceil(rows.length / 1000) }, (_, i) => ({
    topic: `facility/works/${meter}/reading`,
    payload: rows.slice(i * 1000, (i + 1) * 1000),
  }))
}

/** Listens to the stream; `text` resolves to what came up to the next changed figures. */
async function nextRollups(): Promise<{ text: Promise<string> }> {
  const response = await fetch(`${program.http}/api/v1/stream`)
  const events = response.body?.pipeThrough(new TextDecoderStream()) as ReadableStream<string>
  const heard = async () => {
    let text = ''
    for await (const chunk of events) {
      text += chunk
      if (text.includes('event: rollups')) return text
    }
    return text
  }
  return { text: heard() }
}

function dataOf(events: string): Json {
  return JSON.parse(/event: rollups\ndata: (.*)/.exec(events)?.[1] ?? '{}')
}

async function asked(method: 'POST' | 'DELETE', path: string, body?: object): Promise<Json> {
  const answer = await fetch(`${program.http}/api/v1/meter-events${path}`, {
    method,
    ...(body !== undefined && {
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    }),
  })
  return answer.json()
}

describe('from MQTT to a figure', () => {
  const start = Date.UTC(2024, 11, 31, 18, 30)
  // Midnight between January and February.
  const late = 31 * 24

  it('a year of readings is a year of consumption, by the site’s own days', async () => {
    const rows = history('in', start, 365 * 24)
    const held = rows.flatMap(({ payload }) => payload).find(({ at }) => at === start + late * HOUR_MS)
    await publish(
      program.mqtt,
      rows.map((message) => ({ ...message, payload: message.payload.filter((row) => row !== held) })),
    )
    await publish(program.mqtt, history('other', start, 365 * 24))
    await program.settled()
    const { rows: years } = await program.get(
      '/consumption?scope=site:works&utility=electricity&grain=year&from=2025&to=2026',
    )
    expect(years).toEqual([
      {
        start: '2024-12-31T18:30:00.000Z',
        end: '2025-12-31T18:30:00.000Z',
        value: 87_600,
        unit: 'kWh',
        coverage: 1,
        estimated: 0,
        quality: 'interpolated',
      },
    ])
    const { rows: kpis } = await program.get('/kpis?indicator=energy-per-area&scope=site:works&from=2025')
    expect(kpis[0].value).toBeCloseTo(87.6 / 500, 12)
  })

  it('a reading eleven months late changes what it touches and nothing else, and the stream says so', async () => {
    const figures = async () => {
      const grains = ['hour', 'day', 'month', 'year']
      const all = await Promise.all(
        ['in', 'other'].flatMap((meter) =>
          grains.map((grain) => program.get(`/consumption?scope=meter:${meter}&grain=${grain}&from=2025`)),
        ),
      )
      return all.flatMap(({ rows }, i) =>
        rows.map((row: { start: string; value: number }) => [i, row.start, row.value] as const),
      )
    }
    const before = await figures()
    const heard = await nextRollups()
    await publish(program.mqtt, [
      { topic: TOPIC, payload: { at: start + late * HOUR_MS, value: late * 10 - 4, unit: 'kWh' } },
    ])
    expect(await heard.text).toContain('"meters":["in"],"sites":["works"]')
    await program.settled()
    const after = await figures()
    const changed = after.filter((row, i) => row[2] !== before[i]?.[2])
    expect(changed).toEqual([
      [0, new Date(start + (late - 1) * HOUR_MS).toISOString(), 6],
      [0, new Date(start + late * HOUR_MS).toISOString(), 14],
      [1, new Date(start + (late - 24) * HOUR_MS).toISOString(), 236],
      [1, new Date(start + late * HOUR_MS).toISOString(), 244],
      [2, new Date(start).toISOString(), 31 * 240 - 4],
      [2, new Date(start + late * HOUR_MS).toISOString(), 28 * 240 + 4],
    ])
  })

  it('an event of a meter, and taking it back, change its hours at once, and the stream says so', async () => {
    const at = new Date(start + 40 * HOUR_MS).toISOString()
    const hour = new Date(start + 39.5 * HOUR_MS).toISOString()
    const changed = { meters: ['other'], sites: ['works'], from: hour }
    const declared = await nextRollups()
    const { id } = await asked('POST', '', { meter: 'other', kind: 'exclude', at })
    expect(dataOf(await declared.text)).toMatchObject(changed)
    const reversed = await nextRollups()
    await asked('DELETE', `/${id}`)
    expect(dataOf(await reversed.text)).toMatchObject(changed)
    await program.settled()
  })

  it('a register read beyond the year carries its last day over', async () => {
    await publish(program.mqtt, [
      { topic: TOPIC, payload: { at: start + (365 * 24 + 2) * HOUR_MS, value: 87_640 } },
    ])
    await program.settled()
    const { rows } = await program.get('/consumption?scope=meter:in&grain=hour&from=2026-01-01&to=2026-01-02')
    expect(rows.slice(0, 3).map((row: { value: number | null }) => row.value)).toEqual([20, 20, null])
  })
})

describe('what cannot be taken', () => {
  const at = '2026-01-01T00:00:00Z'
  it.each([
    ['unknown-meter', 'facility/works/nobody/reading', { at, value: 1 }],
    ['not-json', TOPIC, '{"at":'],
    ['no-number', TOPIC, { at, value: 'much' }],
    ['not-finite', TOPIC, `{"at":"${at}","value":1e999}`],
    ['time-without-zone', TOPIC, { at: '2026-01-01T00:00:00', value: 1 }],
    ['impossible-time', TOPIC, { at: '2026-02-30T00:00:00Z', value: 1 }],
    ['time-ahead', TOPIC, { at: Date.now() + 11 * 60_000, value: 1 }],
    ['unit-does-not-convert', TOPIC, { at, value: 1, unit: 'm3' }],
    ['no-number', TOPIC, `{"at":"${at}","value":${'['.repeat(20_000)}${']'.repeat(20_000)}}`],
    ['no-number', TOPIC, `[{"at":"${at}","value":${'['.repeat(20_000)}${']'.repeat(20_000)}}]`],
    ['not-json', TOPIC, '😀'],
    ['too-large', TOPIC, ' '.repeat(4 * 1024 * 1024 + 1)],
    ['too-many-readings', TOPIC, Array(10_001).fill({ at, value: 1 })],
  ])('%s is acknowledged, kept with its reason, and blocks nothing', async (code, topic, payload) => {
    await publish(program.mqtt, [
      { topic, payload },
      { topic: 'facility/works/other/reading', payload: { at: Date.now(), value: 87_700 } },
    ])
    await program.settled()
    const { rows } = await program.get('/quarantine?limit=1')
    expect(rows[0]).toMatchObject({ code, topic })
    expect(rows[0].reason.length).toBeGreaterThan(10)
  })

  it('is counted', async () => {
    // The counts of the receiving thread are told twice a second.
    await expect
      .poll(() => program.get('/health'), { timeout: 5000 })
      .toMatchObject({ status: 'ok', quarantine: 13, received: { quarantined: 13 } })
  })
})

describe('a start that cannot be', () => {
  const port = (url: string) => new URL(url).port

  it.each([
    ['a port that is taken by HTTP', () => ({ HTTP_PORT: port(program.http) }), /HTTP_PORT=\d+ .* is taken/],
    ['a port that is taken by MQTT', () => ({ MQTT_PORT: port(program.mqtt) }), /MQTT_PORT=\d+ .* is taken/],
    [
      'a port that is none',
      () => ({ HTTP_PORT: '99999' }),
      /HTTP_PORT="99999" is not accepted: a port from 0/,
    ],
    [
      'hours that are kept shorter than readings',
      () => ({ KEEP_READINGS: 'P5Y', KEEP_HOURS: 'P3Y' }),
      /KEEP_HOURS="P3Y" is not accepted: .* no fewer than KEEP_READINGS/,
    ],
    [
      'an address that others reach, without a key',
      () => ({ HTTP_HOST: '0.0.0.0' }),
      /HTTP_HOST=0\.0\.0\.0 .* needs a key/,
    ],
    [
      'a broker that others reach, without a password',
      () => ({ MQTT_HOST: '0.0.0.0' }),
      /MQTT_HOST=0\.0\.0\.0/,
    ],
    ['one role alone, on the embedded store', () => ({ ROLES: 'ingest' }), /ROLES=ingest needs STORE_URL/],
    [
      'simulators without a broker',
      () => ({ ROLES: 'service', STORE_URL: 'http://127.0.0.1:1', SIMULATE: '1' }),
      /SIMULATE=1 with ROLES=service needs MQTT_URL/,
    ],
  ])('%s ends in one clear line', async (_, env, message) => {
    const other = await home(organisation)
    const { code, err } = await run(other.folder, ['start'], env())
    await other.remove()
    expect(err.trim().split('\n').length).toBe(1)
    expect(err).toMatch(message)
    expect(code).toBe(1)
  })

  it('beside another one on the same folder ends in one clear line', async () => {
    const { code, err } = await run(place.folder, ['start'])
    expect([code, err.trim()]).toEqual([
      1,
      expect.stringMatching(/is in use by another wattwell \(process \d+\)/),
    ])
  })

  it('with a configuration that does not fit names file, line, path and what is accepted', async () => {
    const other = await home({
      ...organisation,
      sites: [{ ...organisation.sites[0], zone: 'Asia/Atlantis', colour: 'red' }],
    })
    const { code, err } = await run(other.folder, ['check-config'])
    await other.remove()
    expect(code).toBe(1)
    expect(err).toContain('organisation.yaml:1: sites[0].zone: "Asia/Atlantis" is not an IANA time zone')
    expect(err).toContain('unknown key "colour"')
  })
})

describe('a broker with a password', () => {
  it('refuses strangers, and the simulators beside it know it', async () => {
    const other = await home(organisation)
    const guarded = await startProgram(other.folder, {
      MQTT_USERNAME: 'plant@north',
      MQTT_PASSWORD: 'a/b:c@d',
      SIMULATE: '1',
    })
    await expect(
      publish(guarded.mqtt, [{ topic: TOPIC, payload: { at: Date.now(), value: 1 } }]),
    ).rejects.toThrow(/[Nn]ot authorized|refused/)
    await expect
      .poll(async () => (await guarded.get('/meters')).rows[0].last, { timeout: 30_000, interval: 250 })
      .toMatchObject({ value: expect.any(Number) })
    expect(await guarded.end('SIGTERM')).toBe(0)
    await other.remove()
  })
})

describe('the end', () => {
  it('by SIGTERM is clean, and everything is there after the next start', async () => {
    const before = await program.get('/consumption?scope=meter:in&grain=year&from=2025&to=2026')
    const begun = performance.now()
    expect(await program.end('SIGTERM')).toBe(0)
    expect(performance.now() - begun).toBeLessThan(5000)
    program = await startProgram(place.folder)
    expect(await program.get('/consumption?scope=meter:in&grain=year&from=2025&to=2026')).toEqual(before)
  })
})
