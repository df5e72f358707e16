import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, onTestFinished, test } from 'vitest'
import { HOUR_MS } from '../../core/window.ts'
import { readHours } from '../../senders/consumption-csv.ts'
import { numeral, parseDecimal } from '../../senders/decimal.ts'
import { replay } from '../../senders/replay.ts'
import { facesOf } from '../../senders/replay-faces.ts'
import { brokerOf } from '../simulators/support/broker.ts'

const T0 = Date.parse('2021-01-01T00:00:00Z')
const UTC = { zone: 'UTC' }

function csv(...lines: string[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'replay-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const path = join(folder, 'load.csv')
  writeFileSync(path, `${lines.join('\n')}\n`)
  return path
}

function hourly(...values: (string | null)[]): string {
  const stamp = (i: number) => new Date(T0 + i * HOUR_MS).toISOString().slice(0, 19).replace('T', ' ')
  return csv('datetime,load [kWh]', ...values.flatMap((v, i) => (v === null ? [] : [`${stamp(i)},${v}`])))
}

/** A service that answers with fixed JSON by path. */
async function serviceOf(answers: Record<string, unknown>): Promise<string> {
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://here').pathname.replace('/api/v1', '')
    response.setHeader('content-type', 'application/json')
    if (!(path in answers)) response.statusCode = 404
    response.end(JSON.stringify(answers[path] ?? {}))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

function collected() {
  const warnings: string[] = []
  return { warnings, log: { info: () => {}, warn: (text: string) => void warnings.push(text) } }
}

const settled = { '/health': { spool: { pending: 0 }, aggregation: { pending: 0 } } }

test('N hours in a row give N + 1 faces whose differences are the hours', async () => {
  const broker = await brokerOf()
  const files = [hourly('354.0', '707.7', '0.1', '0.2')]
  const done = await replay({ files, meter: 'm', site: 's', mqttUrl: broker.url, unit: 'kWh' })
  expect(done).toEqual({ rows: 4, readings: 5, gaps: { count: 0, hours: 0 }, from: T0, to: T0 + 4 * HOUR_MS })
  expect(broker.readings.map(({ at, value }) => [(at - T0) / HOUR_MS, value])).toEqual([
    [0, 0],
    [1, 354],
    [2, 1061.7],
    [3, 1061.8],
    [4, 1062],
  ])
  expect(broker.readings[0]).toMatchObject({ site: 's', meter: 'm', unit: 'kWh' })
})

test('a face is the double closest to the exact decimal sum', () => {
  const decimal = fc.tuple(fc.bigInt(0n, 10n ** 9n), fc.integer({ min: 0, max: 6 }))
  fc.assert(
    fc.property(fc.array(decimal, { minLength: 1, maxLength: 200 }), (values) => {
      const rows = values.map(([units, decimals], i) => ({
        at: T0 + i * HOUR_MS,
        amount: { units, decimals },
        where: '',
      }))
      const { faces } = facesOf(rows, { units: 0n, decimals: 0 }, 'reset')
      const micro = values.reduce((sum, [units, decimals]) => sum + units * 10n ** BigInt(6 - decimals), 0n)
      expect(Number(faces.at(-1)?.numeral)).toBe(Number(numeral(micro, 6)))
    }),
  )
})

test('numerals with an exponent are exact too', () => {
  expect(parseDecimal('1.25e-3')).toEqual({ units: 125n, decimals: 5 })
  expect(parseDecimal('1.5E3')).toEqual({ units: 1500n, decimals: 0 })
  expect(['', '.', 'NaN', '1,5', '0x10', '1 2'].map(parseDecimal)).toEqual(Array(6).fill(undefined))
})

test('hours that no row speaks of stay unknown: the register begins again at 0', async () => {
  const broker = await brokerOf()
  const { warnings, log } = collected()
  const files = [hourly('5', '6', null, '', '7')]
  const done = await replay({ files, meter: 'm', site: 's', mqttUrl: broker.url, unit: 'kWh', log })
  expect(done.gaps).toEqual({ count: 1, hours: 2 })
  expect(broker.readings.map(({ at, value }) => [(at - T0) / HOUR_MS, value])).toEqual([
    [0, 0],
    [1, 5],
    [2, 11],
    [4, 0],
    [5, 7],
  ])
  expect(warnings).toEqual([expect.stringContaining('2 hours in 1 gaps have no value')])
})

test('a register may hold its face over a gap where that is asked for', async () => {
  const rows = await readHours([hourly('5', null, '7')], UTC)
  const { faces } = facesOf(rows, { units: 100n, decimals: 0 }, 'hold')
  expect(faces.map((face) => face.numeral)).toEqual(['100', '105', '105', '112'])
})

test('a new beginning that would look like a rollover is refused before anything is sent', async () => {
  const options = { meter: 'm', site: 's', mqttUrl: 'mqtt://127.0.0.1:1', unit: 'kWh' }
  const register = { unit: 'kWh', digits: 3, multiplier: 1 }
  const run = replay({ ...options, files: [hourly('900', null, '7')], register, limitPerHour: 200 })
  await expect(run).rejects.toThrow('would be taken for one that rolled over')
})

test('a value that is no number names file, line and value, and nothing is sent', async () => {
  const broker = await brokerOf()
  const file = hourly('1', 'n/a', '2')
  const run = replay({ files: [file], meter: 'm', site: 's', mqttUrl: broker.url, unit: 'kWh' })
  await expect(run).rejects.toThrow(`${file}:3: "n/a" is no number`)
  expect(broker.readings).toEqual([])
})

test('several files are put in time order', async () => {
  const late = csv('t,v', '2021-01-01T02:00:00Z,3')
  const early = csv('t,v', '2021-01-01T09:00:00+08:00,2')
  const rows = await readHours([late, early], UTC)
  expect(rows.map(({ amount }) => amount.units)).toEqual([2n, 3n])
})

test('hours that stand twice or overlap are refused', async () => {
  await expect(readHours([csv('t,v', '2021-01-01 00:00,1', '2021-01-01 00:00,1')], UTC)).rejects.toThrow(
    'stands twice',
  )
  await expect(readHours([csv('t,v', '2021-01-01 00:00,1', '2021-01-01 00:30,1')], UTC)).rejects.toThrow(
    'is over',
  )
})

test('the column is named where there are several', async () => {
  const file = csv('t,a,b', '2021-01-01 00:00,1,2')
  await expect(readHours([file], UTC)).rejects.toThrow('several columns of values, "a", "b"')
  expect((await readHours([file], { ...UTC, column: 'b' }))[0]?.amount.units).toBe(2n)
  await expect(readHours([file], { ...UTC, column: 'c' })).rejects.toThrow('no column "c"')
})

test('timestamps without a zone are local: an hour may come twice, and one does not exist', async () => {
  const autumn = ['2021-10-31 01:00,1', '2021-10-31 02:00,2', '2021-10-31 02:00,3', '2021-10-31 03:00,4']
  const hours = await readHours([csv('t,v', ...autumn)], { zone: 'Europe/Berlin' })
  expect(hours.map(({ at }) => new Date(at).toISOString().slice(11, 16))).toEqual([
    '23:00',
    '00:00',
    '01:00',
    '02:00',
  ])
  const spring = csv('t,v', '2021-03-28 02:00,1')
  await expect(readHours([spring], { zone: 'Europe/Berlin' })).rejects.toThrow(
    'does not exist in Europe/Berlin',
  )
  await expect(readHours([csv('t,v', '31.12.2021,1')], UTC)).rejects.toThrow('is not a timestamp such as')
})

test('a register goes on from the face that the service has at the first instant', async () => {
  const broker = await brokerOf()
  const at = new Date(T0).toISOString()
  const httpUrl = await serviceOf({ '/readings': { rows: [{ at, value: 1.25, unit: 'MWh' }] }, ...settled })
  const options = { meter: 'm', site: 's', mqttUrl: broker.url, unit: 'kWh', httpUrl }
  const done = await replay({ files: [hourly('1.5')], ...options })
  expect(broker.readings.map(({ value }) => value)).toEqual([1250, 1251.5])
  expect(done.settled).toBe(true)
})

test('time since an earlier reading stays missing, and later readings are warned of', async () => {
  const broker = await brokerOf()
  const run = async (lastAt: number) => {
    const { warnings, log } = collected()
    const last = { at: new Date(lastAt).toISOString(), value: 77 }
    const httpUrl = await serviceOf({
      '/readings': { rows: [] },
      '/meters': { rows: [{ id: 'm', last }] },
      ...settled,
    })
    await replay({
      files: [hourly('1')],
      meter: 'm',
      site: 's',
      mqttUrl: broker.url,
      unit: 'kWh',
      httpUrl,
      log,
    })
    return warnings
  }
  expect(await run(T0 - HOUR_MS)).toEqual([expect.stringContaining('the time since stays missing')])
  expect(await run(T0 + 9 * HOUR_MS)).toEqual([expect.stringContaining('the register may fall')])
})

test('a meter with a multiplier shows faces that much smaller', async () => {
  const broker = await brokerOf()
  const register = { unit: 'kWh', multiplier: 40 }
  await replay({
    files: [hourly('80', '20')],
    meter: 'm',
    site: 's',
    mqttUrl: broker.url,
    unit: 'kWh',
    register,
  })
  expect(broker.readings.map(({ value }) => value)).toEqual([0, 2, 2.5])
})
