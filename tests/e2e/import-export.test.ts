import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest'
import { ended } from '../support/ended.ts'
import { freePort } from '../support/free-port.ts'
import { influxdInstalled, startInfluxd } from '../support/influxd.ts'
import type { Json } from '../support/json.ts'
import { home, type Program, run, startProgram } from '../support/program.ts'
import { publish } from '../support/publish.ts'

// Many processes, each started anew, on machines that do other things too.
vi.setConfig({ testTimeout: 240_000, hookTimeout: 60_000 })

const CLI = new URL('../../dist/cli.js', import.meta.url).pathname
const organisation = {
  organisation: { id: 'test', zone: 'Europe/Berlin' },
  sites: [
    {
      id: 'works',
      kind: 'factory',
      zone: 'Europe/Berlin',
      meters: [
        { id: 'in', utility: 'electricity', role: 'import', register: { unit: 'kWh', multiplier: 40 } },
        { id: 'kw', utility: 'electricity', role: 'submeter', parent: 'in', gauge: { unit: 'kW' } },
        { id: 'water', utility: 'tap-water', role: 'import', register: { unit: 'm3' } },
      ],
    },
  ],
}
const METERS = ['in', 'kw', 'water']
const ROWS = 365 * 72
const ROW_MS = 1_200_000
const LAST_YEAR = new Date().getUTCFullYear() - 1

type Home = Awaited<ReturnType<typeof home>>
let place: Home
let program: Program
let ports: { HTTP_PORT: string; MQTT_PORT: string }
beforeAll(async () => {
  place = await home(organisation)
  ports = { HTTP_PORT: String(await freePort()), MQTT_PORT: String(await freePort()) }
  program = await startProgram(place.folder, ports)
  await writeFile(join(place.folder, 'wide.csv'), wideFile())
})
afterAll(async () => {
  await program.end('SIGTERM')
  await place.remove()
})

const cli = (args: string[], env: Record<string, string> = {}) =>
  run(place.folder, args, { ...ports, ...env })

/** Every reading of a meter in the last two years, as the API lists them, without the time of arrival. */
async function readings(of: Program, meter: string): Promise<unknown[]> {
  const { rows, next } = await of.get(
    `/readings?meter=${meter}&from=${LAST_YEAR}-01-01T00:00:00Z&to=${LAST_YEAR + 2}-01-01T00:00:00Z&limit=250000`,
  )
  expect(next).toBeNull()
  return rows.map(({ at, value, unit }: Json) => [at, value, unit])
}

async function months(of: Program): Promise<unknown[]> {
  const grains = METERS.flatMap((meter) => ['day', 'month', 'year'].map((grain) => [meter, grain]))
  return Promise.all(
    grains.map(async ([meter, grain]) => {
      const { rows } = await of.get(`/consumption?scope=meter:${meter}&grain=${grain}&from=${LAST_YEAR}`)
      return [meter, grain, rows]
    }),
  )
}

/** A wide file of German make: local times without an offset, semicolons, decimal commas, over both changes of the clock. */
function wideFile(): string {
  const lines = ['Zeit;Netz (kWh);Leistung;Wasser']
  const format = new Intl.DateTimeFormat('de-DE', {
    timeZone: 'Europe/Berlin',
    dateStyle: 'medium',
    timeStyle: 'medium',
  })
  const start = Date.UTC(LAST_YEAR, 0, 1)
  for (let i = 0; i < ROWS; i += 1) {
    const stamp = format.format(start + i * ROW_MS).replace(',', '')
    const face = (i * 0.25).toFixed(2).replace('.', ',')
    lines.push(`${stamp};${face};${i % 4 === 3 ? '' : `${i % 50},5`};${Math.floor(i / 10)}`)
  }
  return `${lines.join('\r\n')}\r\n`
}

const WIDE = [
  '--map',
  'Netz (kWh)=in',
  'Leistung=kw',
  'Wasser=water',
  '--zone',
  'Europe/Berlin',
  '--decimal-comma',
]

describe('wattwell import', () => {
  it('says beforehand what would come of it, and publishes nothing', async () => {
    const bad = [
      'time,meter,v',
      `${LAST_YEAR}-01-01T00:00:00Z,in,1`,
      'never,in,2',
      '1999-01-01T00:00:00Z,in,3',
    ]
    await writeFile(join(place.folder, 'bad.csv'), [...bad, `${LAST_YEAR}-01-01T00:00:00Z,out,1`].join('\n'))
    const done = await cli(['import', 'bad.csv', '--meter-column', 'meter', '--dry-run'])
    expect(done.code).toBe(1)
    expect(done.out.trim().split('\n')).toEqual([
      'bad.csv: 1 reading good, 3 refused; nothing was published',
      `  in  1 reading, ${LAST_YEAR}-01-01T00:00:00.000Z to ${LAST_YEAR}-01-01T00:00:00.000Z`,
      expect.stringMatching(/^ {2}refused: 1 no-time, line 3: column "time": "never" is not a timestamp/),
      '  refused: 1 no-meter, line 5: "out" is no meter of the configuration',
      expect.stringMatching(
        /^ {2}refused: 1 time-too-old of in, line 4: 1999-01-01T00:00:00.000Z is before 2000/,
      ),
    ])
    const good = await cli(['import', 'wide.csv', ...WIDE, '--dry-run'])
    expect([good.code, good.out.split('\n')[0]]).toEqual([
      0,
      `wide.csv: ${(ROWS * 2.75).toLocaleString('en-US')} readings good, none refused; nothing was published`,
    ])
    expect((await program.get('/health')).received.messages).toBe(0)
    expect(await readdir(join(place.folder, 'data'))).not.toContain('imports')
  })

  it('goes on after kill -9, of itself and of wattwell, and every reading is there', async () => {
    const begun = () =>
      spawn(process.execPath, [CLI, 'import', 'wide.csv', ...WIDE], {
        cwd: place.folder,
        env: {
          ...process.env,
          ...ports,
          WATTWELL_CONFIG: place.folder,
          WATTWELL_DATA: join(place.folder, 'data'),
        },
        stdio: 'ignore',
      })
    const reached = async (): Promise<number> => {
      const folder = join(place.folder, 'data/imports')
      const [state] = await readdir(folder).catch(() => [] as string[])
      return state === undefined ? 0 : JSON.parse(readFileSync(join(folder, state), 'utf8')).rows
    }
    const first = begun()
    await expect.poll(reached, { timeout: 60_000, interval: 5 }).toBeGreaterThan(0)
    first.kill('SIGKILL')
    await ended(first, 'the first import')
    const rows = await reached()
    expect(rows).toBeLessThan(ROWS)
    // The second one loses its broker in the midst, and finds it again.
    const second = begun()
    const over = ended(second, 'the second import', 180_000)
    over.catch(() => {})
    await expect.poll(reached, { timeout: 60_000, interval: 5 }).toBeGreaterThan(rows)
    await program.end('SIGKILL')
    program = await startProgram(place.folder, ports)
    expect(await over).toBe(0)
    expect(await reached()).toBe(ROWS)
    await program.settled()
    const counts = await Promise.all(METERS.map(async (meter) => (await readings(program, meter)).length))
    expect(counts).toEqual([ROWS, ROWS * 0.75, ROWS])
    const all = (await readings(program, 'in')) as [string, number][]
    const wrong = all.filter(
      ([at, value], i) => Date.parse(at) !== Date.UTC(LAST_YEAR, 0, 1) + i * ROW_MS || value !== i * 0.25,
    )
    expect(wrong).toEqual([])
    const again = await cli(['import', 'wide.csv', ...WIDE])
    expect([again.code, again.out]).toEqual([0, expect.stringContaining('--restart sends them again')])
  })

  it('tells what wattwell has put into quarantine', async () => {
    const at = `${LAST_YEAR + 1}-01-01T00:00:00Z`
    await writeFile(join(place.folder, 'odd.csv'), `time,v\n${at},1\n2090-01-01T00:00:00Z,2\n`)
    const done = await cli(['import', 'odd.csv', '--meter', 'water', '--unit', 'L'])
    expect(done.code).toBe(1)
    expect(done.out).toContain('odd.csv: 2 readings of 1 meter')
    expect(done.out).toMatch(/put into quarantine:\n {2}1 reading time-ahead: 2090-01-01/)
  })

  it('refuses in one clear line what it cannot read', async () => {
    const { code, err } = await cli(['import', 'missing.csv', '--meter', 'in'])
    expect([code, err]).toEqual([1, 'wattwell: missing.csv: there is no such file\n'])
  })
})

describe('wattwell export --raw', () => {
  // Says only that it has been done, unless this part is run by itself.
  beforeAll(async () => {
    await cli(['import', 'wide.csv', ...WIDE])
    await program.settled()
  })

  it('and import into another wattwell give every reading and every figure again', async () => {
    await publish(program.mqtt, [
      {
        topic: 'facility/works/in/reading',
        payload: { at: `${LAST_YEAR + 1}-01-02T00:00:00Z`, value: 9, unit: 'MWh' },
      },
    ])
    await program.settled()
    const out = join(place.folder, 'all.lp.gz')
    const done = await cli(['export', '--raw', '--out', out])
    expect(done).toMatchObject({ code: 0, out: expect.stringContaining(`from ${program.http} (duckdb `) })
    const lines = gunzipSync(await readFile(out))
      .toString()
      .trim()
      .split('\n')
    const all = await Promise.all(METERS.map((meter) => readings(program, meter)))
    expect(all[0]?.length).toBe(ROWS + 1)
    expect(lines.length).toBe(all.flat().length)

    const other = await home(organisation)
    onTestFinished(() => other.remove())
    const fresh = await startProgram(other.folder, { KEEP_READINGS: 'P2Y' })
    onTestFinished(async () => {
      await fresh.end('SIGKILL')
    })
    const mqtt = ['--mqtt', fresh.mqtt, '--http', fresh.http]
    const imported = await run(other.folder, ['import', out, ...mqtt])
    expect(imported).toMatchObject({
      code: 0,
      out: expect.stringContaining('nothing of it was put into quarantine'),
    })
    await fresh.settled()
    for (const [no, meter] of METERS.entries()) expect(await readings(fresh, meter)).toEqual(all[no])
    expect(await months(fresh)).toEqual(await months(program))

    // What is no longer kept there does not enter.
    const old = join(other.folder, 'old.lp')
    await writeFile(old, `reading,meter=in value=1 ${BigInt(Date.UTC(LAST_YEAR - 5, 0, 9)) * 1_000_000n}\n`)
    const refused = await run(other.folder, ['import', old, ...mqtt])
    expect(refused.code).toBe(1)
    expect(refused.out).toContain('is no longer kept: by KEEP_READINGS=P2Y')
  })

  it('refuses by name what cannot be', async () => {
    const refusal = async (...args: string[]) => {
      const { code, err } = await cli(['export', ...args])
      expect(code).toBe(1)
      return err
    }
    const out = join(place.folder, 'x.lp')
    expect(await refusal('--out', out)).toContain('say what: --raw for the readings, or --report <year>')
    expect(await refusal('--raw', '--out', 'x.xlsx')).toContain('none of .parquet, .lp, .lp.gz')
    expect(await refusal('--raw', '--out', out, '--from', 'soon')).toContain('from: "soon" is no time')
    expect(await refusal('--raw', '--out', '/nowhere/x.lp')).toContain('/nowhere/x.lp: not written: ENOENT')
    expect((await readdir(place.folder)).filter((name) => name.startsWith('x.'))).toEqual([])
  })

  it('of the annual report writes what the API answers, in the format of the ending', async () => {
    const report = (name: string, ...args: string[]) =>
      cli(['export', '--report', String(LAST_YEAR), '--out', join(place.folder, name), ...args])
    const works = ['--boundary', 'site:works', '--lang', 'zh', '--years', '2']
    for (const format of ['json', 'csv', 'xlsx']) {
      const done = await report(`report.${format}`, ...works)
      expect(done).toMatchObject({ code: 0, out: expect.stringContaining(`from ${program.http}`) })
    }
    const answer = await program.get(`/reports/${LAST_YEAR}?boundary=site:works&lang=zh&years=2`)
    const written = JSON.parse(await readFile(join(place.folder, 'report.json'), 'utf8'))
    expect({ ...written, asOf: '' }).toEqual({ ...answer, asOf: '' })
    expect(written.years).toEqual([LAST_YEAR, LAST_YEAR - 1])
    expect(await readFile(join(place.folder, 'report.csv'), 'utf8')).toContain('综合能源消耗量')
    expect((await readFile(join(place.folder, 'report.xlsx'))).subarray(0, 2).toString()).toBe('PK')

    expect((await report('y.pdf')).err).toContain('none of .xlsx, .csv, .json')
    expect((await report('y.csv')).err).toContain('The configuration has no boundaries')
    expect((await report('y.csv', '--raw')).err).toContain('--raw and --report: one at a time')
    expect((await readdir(place.folder)).filter((name) => name.startsWith('y.'))).toEqual([])
  })

  it('opens the store itself where no wattwell runs, and never beside one that does', async () => {
    const out = (name: string) => join(place.folder, name)
    await cli(['export', '--raw', '--out', out('running.lp')])
    await cli(['export', '--raw', '--out', out('running.parquet'), '--from', `${LAST_YEAR}-03`])
    const beside = await cli(['export', '--raw', '--out', out('beside.lp')], { HTTP_PORT: '0' })
    expect([beside.code, beside.err]).toEqual([1, expect.stringContaining('is in use by another wattwell')])
    await program.end('SIGTERM')
    const stopped = await cli(['export', '--raw', '--out', out('stopped.lp')])
    expect([stopped.code, stopped.out]).toEqual([0, expect.stringContaining('from duckdb ')])
    await cli(['export', '--raw', '--out', out('stopped.parquet'), '--from', `${LAST_YEAR}-03`])
    for (const format of ['lp', 'parquet']) {
      const [one, two] = [await readFile(out(`running.${format}`)), await readFile(out(`stopped.${format}`))]
      expect(one.equals(two), format).toBe(true)
    }
    const nothing = await home(organisation)
    const { code, err } = await run(nothing.folder, ['export', '--raw', '--out', out('x.lp')])
    expect([code, err]).toEqual([1, expect.stringContaining('there is no store in')])
    await nothing.remove()
  })
})

describe.skipIf(!influxdInstalled)('readings in an InfluxDB', () => {
  it('come out as line protocol, of the service and without it, and go into the embedded store', async () => {
    const server = await startInfluxd()
    onTestFinished(() => server.remove())
    const store = { STORE_URL: server.url, INFLUX_DATABASE: 'exported' }
    const [from, to] = [await home(organisation), await home(organisation)]
    onTestFinished(async () => {
      await Promise.all([from.remove(), to.remove()])
    })
    const out = (name: string) => join(from.folder, name)
    const first = await startProgram(from.folder, store)
    onTestFinished(async () => {
      await first.end('SIGKILL')
    })
    await publish(first.mqtt, [
      {
        topic: 'facility/works/in/reading',
        payload: Array.from({ length: 3000 }, (_, i) => ({
          at: Date.UTC(LAST_YEAR, 5, 1) + i * ROW_MS,
          value: i / 3,
          ...(i % 2 === 0 && { unit: 'MWh' }),
        })),
      },
      { topic: 'facility/works/kw/reading', payload: { at: Date.UTC(LAST_YEAR, 8, 1), value: -4 } },
    ])
    await first.settled()
    const asked = (...args: string[]) =>
      run(from.folder, ['export', '--raw', ...args], { ...store, HTTP_PORT: new URL(first.http).port })
    expect((await asked('--out', out('running.lp'))).code).toBe(0)
    expect(await asked('--out', out('x.parquet'))).toMatchObject({
      code: 1,
      err: expect.stringMatching(/Parquet cannot be had from influxdb .* Accepted: lp/),
    })
    const [inReadings, kwReadings] = [await readings(first, 'in'), await readings(first, 'kw')]
    await first.end('SIGTERM')
    expect((await asked('--out', out('stopped.lp'))).out).toContain('from influxdb 1.6')
    expect(await readFile(out('stopped.lp'), 'utf8')).toBe(await readFile(out('running.lp'), 'utf8'))

    const second = await startProgram(to.folder)
    onTestFinished(async () => {
      await second.end('SIGKILL')
    })
    const into = ['--mqtt', second.mqtt, '--http', second.http]
    expect((await run(to.folder, ['import', out('running.lp'), ...into])).code).toBe(0)
    await second.settled()
    expect([await readings(second, 'in'), await readings(second, 'kw')]).toEqual([inReadings, kwReadings])
    expect([inReadings.length, kwReadings.length]).toEqual([3000, 1])
  })
})
