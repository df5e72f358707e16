import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { home, type Program, run, startProgram } from '../support/program.ts'

const organisation = {
  organisation: { id: 'test', zone: 'UTC' },
  sites: [{ id: 'works', kind: 'factory', zone: 'UTC', meters: [] }],
}
const KEY = 'a-key-of-the-environment'
const HEADER = 'scope;quantity;kind;period;value;unit;source'

let place: Awaited<ReturnType<typeof home>>
let program: Program
beforeAll(async () => {
  place = await home(organisation)
  program = await startProgram(place.folder, { HTTP_KEY: KEY })
}, 60_000)
afterAll(async () => {
  await program.end('SIGTERM')
  await place.remove()
})

const enter = (name: string, ...more: string[]) =>
  run(place.folder, ['enter', join(place.folder, name), '--url', program.http, '--key', KEY, ...more])
const listed = async () => {
  const headers = { authorization: `Bearer ${KEY}` }
  const answer = await fetch(`${program.http}/api/v1/entries`, { headers })
  return ((await answer.json()) as { rows: object[] }).rows
}

describe('wattwell enter', () => {
  it('says of a file with faults which row, column and why, and enters nothing', async () => {
    const rows = [
      'site:works;packaging;paper;2024;12;MWh;scale',
      'site:works;packaging;paper;2025;1.234,5;kg;scale',
    ]
    await writeFile(join(place.folder, 'faulty.csv'), [HEADER, ...rows].join('\n'))
    for (const more of [['--dry-run'], []]) {
      const { code, out } = await enter('faulty.csv', ...more)
      expect(code).toBe(1)
      const lines = out.trimEnd().split('\n')
      expect(lines[0]).toBe('row 2, column unit: packaging is not in "MWh". Accepted: t, kg.')
      expect(lines[1]).toMatch(/^row 3, column value: "1\.234,5": It has separators of thousands/)
      expect(lines[2]).toContain('nothing was entered')
    }
    expect(await listed()).toEqual([])
  })

  it('enters a file once, warns, and says who said so', async () => {
    const rows = ['2023;100', '2024;105', '2025;109000'].map((row) => `site:works;packaging;;${row};t;scale`)
    await writeFile(join(place.folder, 'good.csv'), `\ufeff${[HEADER, ...rows].join('\r\n')}\r\n`)
    const dry = await enter('good.csv', '--dry-run')
    expect([dry.code, dry.out]).toEqual([
      0,
      'warning, row 3, 4: site:works, 2025: packaging is 109,000 t, about 1000 times the 105 t of 2024; is the unit right?\n3 rows: 3 to enter, 0 unchanged; nothing was entered\n',
    ])
    const first = await enter('good.csv', '--by', 'facility office')
    expect([first.code, first.out.split('\n').at(-2)]).toEqual([0, '3 rows: 3 entered, 0 unchanged'])
    expect(await listed()).toMatchObject([
      { value: 100, by: 'facility office' },
      { value: 105 },
      { value: 109_000 },
    ])
    const again = await enter('good.csv', '--by', 'Bo')
    expect([again.code, again.out]).toEqual([0, '3 rows: 0 entered, 3 unchanged\n'])
    expect(await listed()).toHaveLength(3)
  })

  it('says what keeps it from asking', async () => {
    const missing = await enter('none.csv')
    expect([missing.code, missing.err]).toEqual([
      1,
      expect.stringMatching(/none\.csv: there is no such file/),
    ])
    const closed = await enter('good.csv', '--key', 'wrong')
    expect([closed.code, closed.err]).toEqual([1, expect.stringMatching(/refuses it: Send "Authorization/)])
    const nobody = await enter('good.csv', '--url', 'http://127.0.0.1:9')
    expect([nobody.code, nobody.err]).toEqual([1, expect.stringMatching(/no wattwell answers at/)])
    expect(await listed()).toHaveLength(3)
  })

  it('names the columns in its help', async () => {
    const { code, out } = await run(place.folder, ['enter', '--help'])
    expect(code).toBe(0)
    for (const column of HEADER.split(';')) expect(out).toContain(`  ${column} `)
  })
})
