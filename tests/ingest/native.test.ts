import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Quarantined } from '../../core/reading.ts'
import { NativeDecoder } from '../../ingest/decode/native.ts'
import { QUARANTINE_TEXT_LIMIT } from '../../ingest/quarantine.ts'
import { NOW, organisation, TOPIC } from './support.ts'

interface Taken {
  readonly meter: string
  readonly unit: string
  readonly at: number
  readonly value: number
}

function decoded(payload: string | Buffer, topic = TOPIC) {
  const taken: Taken[] = []
  const refused: Quarantined[] = []
  new NativeDecoder(organisation).decode(topic, Buffer.from(payload as string), NOW, {
    reading: (meter, unit, at, value) => taken.push({ meter: meter.name, unit, at, value }),
    quarantine: (message) => refused.push(message),
  })
  return { taken, refused }
}

const at = (text: string) => decoded(JSON.stringify({ at: text, value: 1 })).taken[0]?.at
const QUARTER = Date.UTC(2026, 0, 1, 0, 15)

describe('a reading is taken', () => {
  test('with its time as text or as epoch milliseconds', () => {
    const expected = [{ meter: 'park-e', unit: '', at: QUARTER, value: 1234.5 }]
    expect(decoded('{"at":"2026-01-01T00:15:00Z","value":1234.5}').taken).toEqual(expected)
    expect(decoded(`{"at":${QUARTER},"value":1234.5}`).taken).toEqual(expected)
    expect(decoded(` \n[{"value":1234.5,"at":${QUARTER},"extra":[1]}]`).taken).toEqual(expected)
  })

  test.each([
    ['2026-01-01T08:15:00+08:00', QUARTER],
    ['2025-12-31T18:45:00-05:30', QUARTER],
    ['2026-01-01 00:15Z', QUARTER],
    ['2026-01-01T00:15:00.123456Z', QUARTER + 123],
    ['2026-01-01T00:15:00,5+00:00', QUARTER + 500],
    ['2024-02-29T00:00:00Z', Date.UTC(2024, 1, 29)],
    ['2000-02-29T00:00:00Z', Date.UTC(2000, 1, 29)],
  ])('at %s', (text, expected) => {
    expect(at(text)).toBe(expected)
  })

  test('at any instant that a Date can write', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('2000-01-01T00:00:00Z'), max: new Date(NOW), noInvalidDate: true }),
        (date) => {
          expect(at(date.toISOString())).toBe(date.getTime())
        },
      ),
    )
  })

  test('up to ten minutes ahead of our clock', () => {
    expect(decoded(`{"at":${NOW + 600_000},"value":1}`).taken).toHaveLength(1)
    expect(decoded(`{"at":${NOW + 600_001},"value":1}`).refused[0]?.issue.code).toBe('time-ahead')
  })

  test('in any unit that converts to its meter, under its proper name', () => {
    const units = ['kWh', 'MWh', 'GJ', 'kwh', '']
    const items = units.map((unit) => ({ at: QUARTER, value: 1, unit }))
    expect(decoded(JSON.stringify(items)).taken.map(({ unit }) => unit)).toEqual([
      'kWh',
      'MWh',
      'GJ',
      'kWh',
      '',
    ])
    const gauge = decoded(`{"at":${QUARTER},"value":1,"unit":"W"}`, 'facility/park/park-kw/reading')
    expect(gauge.taken).toMatchObject([{ meter: 'park-kw', unit: 'W' }])
    expect(decoded(`{"at":${QUARTER},"value":1,"unit":null}`).taken).toMatchObject([{ unit: '' }])
  })

  test('when it is zero or negative', () => {
    expect(decoded(`[{"at":${QUARTER},"value":0},{"at":${QUARTER},"value":-4}]`).taken).toHaveLength(2)
  })
})

describe('a message is quarantined', () => {
  const good = { at: '2026-01-01T00:15:00Z', value: 1 }
  const cases: [string, string | Buffer, string, RegExp][] = [
    ['without being JSON', 'kWh=12', 'not-json', /not JSON/],
    ['that is empty', '', 'not-json', /empty/],
    ['that breaks off', '{"at":"2026-01-01T00:15:00Z","val', 'not-json', /not JSON/],
    ['with NaN for a number', `{"at":${QUARTER},"value":NaN}`, 'not-json', /not JSON/],
    ['that is a bare number', '12.5', 'not-a-reading', /got 12\.5/],
    ['that is null', 'null', 'not-a-reading', /got null/],
    ['that is a text', '"12.5"', 'not-a-reading', /"12\.5"/],
    ['that is an empty array', '[]', 'not-a-reading', /empty array/],
    ['of arrays', `[[${JSON.stringify(good)}]]`, 'not-a-reading', /array in an array/],
    ['of too many readings', JSON.stringify(Array(10_001).fill(good)), 'too-many-readings', /10001/],
    ['without a time', '{"value":1}', 'no-time', /no "at"/],
    ['with null for a time', '{"at":null,"value":1}', 'no-time', /null/],
    [
      'with a time that has no zone',
      '{"at":"2026-01-01T00:15:00","value":1}',
      'time-without-zone',
      /no time zone/,
    ],
    ['with a date for a time', '{"at":"2026-01-01","value":1}', 'time-without-zone', /no time zone/],
    ['on 30 February', '{"at":"2026-02-30T00:00:00Z","value":1}', 'impossible-time', /calendar/],
    ['on 29 February of 2025', '{"at":"2025-02-29T00:00:00Z","value":1}', 'impossible-time', /calendar/],
    ['on 29 February of 2100', '{"at":"2100-02-29T00:00:00Z","value":1}', 'impossible-time', /calendar/],
    ['in the 13th month', '{"at":"2025-13-01T00:00:00Z","value":1}', 'impossible-time', /calendar/],
    ['at 24 hours', '{"at":"2025-01-01T24:00:00Z","value":1}', 'impossible-time', /clock/],
    ['at 61 seconds', '{"at":"2025-01-01T00:00:61Z","value":1}', 'impossible-time', /clock/],
    ['with a word for a time', '{"at":"yesterday","value":1}', 'impossible-time', /not a time/],
    ['at an infinite time', '{"at":1e999,"value":1}', 'impossible-time', /not an instant/],
    ['from tomorrow', '{"at":"2026-01-02T12:00:00Z","value":1}', 'time-ahead', /10 minutes ahead/],
    ['in microseconds', `{"at":${QUARTER * 1000},"value":1}`, 'time-ahead', /epoch microseconds/],
    ['from before 2000', '{"at":"1999-12-31T23:59:59Z","value":1}', 'time-too-old', /before 2000/],
    ['in epoch seconds', `{"at":${QUARTER / 1000},"value":1}`, 'time-too-old', /epoch seconds/],
    ['without a value', `{"at":${QUARTER}}`, 'no-number', /no "value"/],
    ['with a text for a value', `{"at":${QUARTER},"value":"12.5"}`, 'no-number', /without quotes/],
    ['with null for a value', `{"at":${QUARTER},"value":null}`, 'no-number', /null/],
    ['with true for a value', `{"at":${QUARTER},"value":true}`, 'no-number', /true/],
    ['with a value beyond all numbers', `{"at":${QUARTER},"value":1e999}`, 'not-finite', /larger/],
    [
      'in a unit nobody knows',
      `{"at":${QUARTER},"value":1,"unit":"BTU"}`,
      'unknown-unit',
      /"BTU" is not known/,
    ],
    [
      'in a unit like a built-in name',
      `{"at":${QUARTER},"value":1,"unit":"constructor"}`,
      'unknown-unit',
      /known are/,
    ],
    ['with a number for a unit', `{"at":${QUARTER},"value":1,"unit":7}`, 'unknown-unit', /the unit is 7/],
    [
      'in a unit of another kind',
      `{"at":${QUARTER},"value":1,"unit":"m3"}`,
      'unit-does-not-convert',
      /m3 .* kWh/,
    ],
    [
      'in power where energy is counted',
      `{"at":${QUARTER},"value":1,"unit":"kW"}`,
      'unit-does-not-convert',
      /kW .* kWh/,
    ],
    ['of more than 4 MiB', Buffer.alloc(4 * 1024 * 1024 + 1, 0x20), 'too-large', /4194305 bytes/],
    ['of bytes that are no text', Buffer.from([0xff, 0xfe, 0x7b, 0x00]), 'not-json', /not JSON/],
  ]
  test.each(cases)('%s', (_, payload, code, message) => {
    const { taken, refused } = decoded(payload)
    expect(taken).toEqual([])
    expect(refused).toHaveLength(1)
    expect(refused[0]).toMatchObject({
      topic: TOPIC,
      receivedAt: NOW,
      bytes: payload.length,
      issue: { code },
    })
    expect(refused[0]?.issue.message).toMatch(message)
  })

  test.each([
    ['facility/park/nobody/reading', 'unknown-meter', /park has no meter "nobody"/],
    ['facility/moon/park-e/reading', 'unknown-meter', /no site "moon"/],
    ['facility/park/park-e/readings', 'unknown-topic', /facility\/<site>\/<meter>\/reading/],
    ['facility/park/park-e', 'unknown-topic', /not a topic for readings/],
    ['facility/', 'unknown-topic', /not a topic for readings/],
    ['facility/park/__proto__/reading', 'unknown-meter', /no meter/],
    ['facility/park/park-it/reading', 'not-a-reading-meter', /computed from other meters/],
  ])('on %s', (topic, code, message) => {
    const { refused } = decoded(JSON.stringify([good, good]), topic)
    expect(refused).toMatchObject([{ topic, readings: 2, issue: { code } }])
    expect(refused[0]?.issue.message).toMatch(message)
  })

  test('in part: the good readings of an array are taken and the bad ones kept by reason', () => {
    const late = { at: '2030-01-01T00:00:00Z', value: 1 }
    const { taken, refused } = decoded(JSON.stringify([good, late, 7, good, { ...late, value: 2 }]))
    expect(taken).toHaveLength(2)
    expect(refused).toMatchObject([
      { readings: 2, payload: JSON.stringify([late, { ...late, value: 2 }]), issue: { code: 'time-ahead' } },
      { readings: 1, payload: '[7]', issue: { code: 'not-a-reading' } },
    ])
    expect(new Set(refused.map(({ id }) => id)).size).toBe(2)
  })
})

describe('the text of a refused message', () => {
  test('is cut at the limit, with its whole length beside it', () => {
    const [long] = decoded(`"${'水'.repeat(QUARANTINE_TEXT_LIMIT)}"`).refused
    expect(long?.payload).toHaveLength(QUARANTINE_TEXT_LIMIT)
    expect(long?.payload.endsWith('水')).toBe(true)
    expect(long?.bytes).toBe(QUARANTINE_TEXT_LIMIT * 3 + 2)
    const [faces] = decoded(`"${'😀'.repeat(QUARANTINE_TEXT_LIMIT)}"`).refused
    expect(faces?.payload).toBe(`"${'😀'.repeat(QUARANTINE_TEXT_LIMIT / 2 - 1)}`)
  })

  test('shows bytes that are no text readably', () => {
    expect(decoded(Buffer.from([0x41, 0xff, 0x00, 0x0a])).refused[0]?.payload).toBe('A\\xff\\x00\n')
    expect(decoded(Buffer.from('µ\u0001')).refused[0]?.payload).toBe('µ\\x01')
  })

  test('never makes the decoder throw, whatever a device sends', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.uint8Array(),
          fc.json().map((text) => Buffer.from(text)),
          fc.string({ unit: 'binary' }).map((text) => Buffer.from(text)),
          fc
            .nat(30_000)
            .map((depth) => Buffer.from(`{"at":0,"value":${'['.repeat(depth)}${']'.repeat(depth)}}`)),
          fc.nat(30_000).map((depth) => Buffer.from(`[${'['.repeat(depth)}${']'.repeat(depth)}]`)),
        ),
        (payload) => {
          const { taken, refused } = decoded(Buffer.from(payload))
          expect(taken.length + refused.length).toBeGreaterThan(0)
        },
      ),
    )
  })
})

describe("other people's traffic", () => {
  test.each(['home/light', 'facility', 'facility/park/alerts', '$SYS/broker/uptime'])('is %s', (topic) => {
    expect(new NativeDecoder(organisation).concerns(topic)).toBe(false)
  })
  test.each(['facility/alerts', 'facility/a/b/alerts', TOPIC])('is not %s', (topic) => {
    expect(new NativeDecoder(organisation).concerns(topic)).toBe(true)
  })
})
