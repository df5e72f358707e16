import { Point as ClientPoint } from '@influxdata/influxdb-client'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Point, parseLine } from '../../senders/line-protocol.ts'
import { type LineRowsOptions, lineRows } from '../../senders/line-rows.ts'
import { tag, text } from '../../store/influx-lines.ts'
import { allRows, fileOf } from './support.ts'

const parsed = (line: string) => {
  const { measurement, tags, fields, time } = parseLine(line) as Point
  return { measurement, tags: Object.fromEntries(tags), fields: Object.fromEntries(fields), time }
}

describe('a line of line protocol', () => {
  it.each([
    ['m v=1', { measurement: 'm', tags: {}, fields: { v: 1 }, time: null }],
    ['m,a=b v=1i 5', { measurement: 'm', tags: { a: 'b' }, fields: { v: 1 }, time: '5' }],
    ['m v=-.5e-3,w=7u,x=t,y=FALSE -5', { fields: { v: -0.0005, w: 7, x: true, y: false }, time: '-5' }],
    ['my\\ m\\,x,a\\=b=c\\,\\ d v=1', { measurement: 'my m,x', tags: { 'a=b': 'c, d' } }],
    ['m v="a \\"b\\" \\\\ c, d=e f" 5', { fields: { v: 'a "b" \\ c, d=e f' }, time: '5' }],
    ['m,path=C:\\dir\\n v=1', { tags: { path: 'C:\\dir\\n' } }],
    ['m,a=水 v="\n"', { tags: { a: '水' }, fields: { v: '\n' } }],
    ['m   v=1   5  ', { fields: { v: 1 }, time: '5' }],
  ])('%s is a point', (line, point) => {
    expect(parsed(line)).toMatchObject(point)
  })

  it.each([
    ['m', 'there are no fields'],
    [',a=b v=1', 'there is no measurement'],
    ['m,a v=1', 'the tag "a" has no value'],
    ['m v', 'the field "v" has no value'],
    ['m v=', 'the field "v" is "", which is no number'],
    ['m v=1x 5', 'the field "v" is "1x"'],
    ['m v=NaN', 'the field "v" is "NaN"'],
    ['m v=1e999', 'the field "v" is "1e999"'],
    ['m v=1 later', '"later" is no time'],
  ])('%s is none', (line, problem) => {
    expect(parseLine(line)).toEqual({ problem: expect.stringContaining(problem) })
  })

  it('whose text does not end goes on in the next', () => {
    expect(parseLine('m v="a')).toBe('goes-on')
    expect(parsed('m v="a\nb" 5')).toMatchObject({ fields: { v: 'a\nb' }, time: '5' })
  })

  it('is the point that the client of InfluxDB wrote', () => {
    // Left out: a backslash at the end and a comment, which nobody can tell apart, and __proto__, which the client loses.
    const name = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 12 })
      .filter((s) => !/[\\\n\r\t#]|^__/.test(s) && s.trim() === s && s.isWellFormed())
    const content = fc.string({ unit: 'grapheme', maxLength: 20 })
    const value = fc.double({ noNaN: true, noDefaultInfinity: true })
    fc.assert(
      fc.property(name, fc.dictionary(name, name), name, value, content, (measurement, tags, key, v, s) => {
        const point = new ClientPoint(measurement)
          .floatField('v', v)
          .stringField(`s${key}`, s)
          .timestamp('17')
        for (const [k, t] of Object.entries(tags)) point.tag(k, t)
        const read = parseLine(point.toLineProtocol() as string) as Point
        expect(read.measurement).toBe(measurement)
        expect(Object.fromEntries(read.tags)).toEqual({ ...tags })
        // -0 is written as 0.
        expect(read.fields.get('v')).toBe(v + 0)
        expect(read.fields.get(`s${key}`)).toBe(s)
        expect(read.time).toBe('17')
      }),
    )
  })

  it('is the point that our own store writes', () => {
    const name = fc.string({ minLength: 1 }).filter((s) => !/[\r\n]|\\/.test(s))
    fc.assert(
      fc.property(name, fc.string(), (meter, unit) => {
        const read = parseLine(`reading,meter=${tag(meter)} value=1,unit=${text(unit)} 5`) as Point
        expect([read.tags.get('meter'), read.fields.get('unit')]).toEqual([meter, unit])
      }),
    )
  })

  it('never makes the parser throw', () => {
    const bits = fc.array(fc.constantFrom('m', ',', '=', ' ', '"', '\\', '1', 't', '\n', 'i'), {
      maxLength: 30,
    })
    fc.assert(fc.property(bits, (parts) => void parseLine(parts.join(''))))
  })
})

const options: LineRowsOptions = {
  measurement: 'reading',
  meterTag: 'meter',
  meter: null,
  field: 'value',
  meterOf: (name) => ({ e: 'e', 'em 01': 'w' })[name],
  unit: '',
  precision: 'ns',
}
const read = (lines: string[], given: Partial<LineRowsOptions> = {}) =>
  allRows(lineRows(fileOf('a.lp', lines.join('\n')), { ...options, ...given }))
const AT = 1_767_225_600_000

describe('a file of line protocol', () => {
  it('of ours has meter, value and unit', async () => {
    const rows = await read([
      '# a comment',
      `reading,meter=e value=1.5,received=1767225600001,unit="kWh" ${AT}000000`,
      '',
      `reading,meter=em\\ 01 value=2,received=1767225600001,unit="" ${AT}999999`,
    ])
    expect(rows.map(({ line, readings }) => [line, ...readings])).toEqual([
      [2, { meter: 'e', at: AT, value: 1.5, unit: 'kWh' }],
      [4, { meter: 'w', at: AT, value: 2, unit: '' }],
    ])
  })

  it('of others has a measurement, tag and field of its own', async () => {
    const other = {
      measurement: 'power',
      meterTag: 'device',
      field: 'kw',
      unit: 'kW',
      precision: 's',
    } as const
    const rows = await read(
      [
        'power,device=e,phase=1 kw=5,v=230 1767225600',
        'cpu,device=e kw=1 1',
        'power,device=e v=230 1767225600',
      ],
      other,
    )
    expect(rows.flatMap((row) => row.readings)).toEqual([{ meter: 'e', at: AT, value: 5, unit: 'kW' }])
    expect(rows.map((row) => row.passedOver)).toEqual([
      undefined,
      'points of cpu',
      'points without the field "kw"',
    ])
  })

  it('may begin as influx_inspect writes it', async () => {
    const rows = await read([
      '# DDL',
      'CREATE DATABASE plant',
      '# DML',
      '# CONTEXT-DATABASE:plant',
      `reading,meter=e value=5 ${AT}000000`,
    ])
    expect(rows).toMatchObject([{ line: 5, readings: [{ meter: 'e', value: 5 }], problems: [] }])
  })

  it('may be of one meter', async () => {
    const [row] = await read([`reading value=5 ${AT}000000`], { meter: 'e', meterTag: null })
    expect(row?.readings).toMatchObject([{ meter: 'e' }])
  })

  it('may have a text over several lines', async () => {
    const rows = await read([
      `reading,meter=e note="a`,
      '# b',
      `c",value=5 ${AT}000000`,
      'reading,meter=e value=1 x',
    ])
    expect(rows.map(({ line, readings, problems }) => [line, readings.length, problems.length])).toEqual([
      [3, 1, 0],
      [4, 0, 1],
    ])
  })

  it.each([
    [
      `reading,meter=x value=5 ${AT}000000`,
      'no-meter',
      '"x" is no meter of the configuration; --map x=<meter>',
    ],
    [
      `reading,device=e value=5 ${AT}000000`,
      'no-meter',
      'no tag "meter"; there are "device": name one with --meter-tag',
    ],
    ['reading,meter=e value=5', 'no-time', 'the line has no time'],
    [`reading,meter=e value=5 ${AT}`, 'no-time', 'is no time in ns; it looks like --precision ms'],
    [`reading,meter=e value="5" ${AT}000000`, 'no-number', 'the field "value" is "5", which is no number'],
    ['reading,meter=e', 'no-line', 'not line protocol: there are no fields'],
    ['reading,meter=e value="5', 'no-line', 'a text in quotes does not end'],
  ])('%s says why it is no reading', async (line, kind, message) => {
    const [row] = await read([line])
    expect(row?.problems).toEqual([{ kind, message: expect.stringContaining(message) }])
  })
})
