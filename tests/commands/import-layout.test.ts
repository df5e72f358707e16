import { describe, expect, it } from 'vitest'
import { type LayoutOptions, readerOf } from '../../commands/import-layout.ts'
import { fileOf } from '../senders/support.ts'
import { incomer, organisation, site } from '../support/organisation.ts'

const org = organisation([site({ id: 's', meters: [incomer('in'), incomer('water')] })])
const CSV = 'when;in;Wasser (m3) = neu\n2026-01-01T00:00Z;1,5;2\n'

async function readings(path: string, options: LayoutOptions): Promise<unknown[]> {
  const found: unknown[] = []
  for await (const row of (await readerOf(path, options, org).open(path)).rows) found.push(...row.readings)
  return found
}

describe('the options of an import', () => {
  const at = Date.UTC(2026, 0, 1)

  it('say whose the columns are', async () => {
    const path = fileOf('a.csv', CSV)
    const map = ['in=in', 'Wasser (m3) = neu=water']
    expect(await readings(path, { map, decimalComma: true })).toEqual([
      { meter: 'in', at, value: 1.5, unit: '' },
      { meter: 'water', at, value: 2, unit: '' },
    ])
    const one = { meter: 'water', value: 'in', decimalComma: true, unit: 'm³' } as const
    expect(await readings(path, one)).toEqual([{ meter: 'water', at, value: 1.5, unit: 'm3' }])
  })

  it('say what a name in a long file stands for', async () => {
    const path = fileOf('a.tsv', 'when\twho\tv\n2026-01-01T00:00Z\tem 1\t1\n2026-01-01T00:00Z\tin\t2\n')
    const found = await readings(path, { meterColumn: 'who', map: ['em 1=water'] })
    expect(found).toMatchObject([{ meter: 'water' }, { meter: 'in' }])
  })

  it('take line protocol as this program writes it', async () => {
    const path = fileOf('a.lp', `reading,meter=in value=1,received=2,unit="MWh" ${at}000000\n`)
    expect(await readings(path, {})).toEqual([{ meter: 'in', at, value: 1, unit: 'MWh' }])
  })

  it.each<[string, LayoutOptions, string]>([
    ['a.csv', {}, 'whose readings are they? --meter <id>'],
    ['a.csv', { meter: 'nobody' }, '--meter nobody is not in the configuration; there are in, water'],
    ['a.csv', { meter: 'in', wide: true }, '--meter, --meter-column and --wide exclude each other'],
    ['a.csv', { meter: 'in', map: ['x=in'] }, '--map does not go with --meter'],
    ['a.csv', { wide: true, value: 'x' }, '--value does not go with a file that has a column for each meter'],
    ['a.csv', { map: ['Netz'] }, '--map Netz is not <name>=<meter>'],
    ['a.csv', { map: ['Netz=out'] }, '--map out is not in the configuration'],
    ['a.csv', { meter: 'in', unit: 'horses' }, '--unit horses is not known; known are Wh, kWh'],
    ['a.csv', { meter: 'in', zone: 'Mars' }, '--zone Mars is not an IANA time zone'],
    ['a.csv.gz', { meter: 'in', field: 'x' }, '--field does not go with CSV'],
    ['a.lp', { meterColumn: 'x' }, '--meter-column does not go with line protocol'],
    ['a.lp', { meter: 'in', meterTag: 'x' }, '--meter and --meter-tag exclude each other'],
    ['a.doc', { meter: 'in' }, 'a.doc: its ending says neither CSV'],
  ])('that do not fit %s are refused: %j', (path, options, message) => {
    expect(() => readerOf(path, options, org)).toThrow(message)
  })
})
