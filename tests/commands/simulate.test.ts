import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, onTestFinished, test, vi } from 'vitest'
import { simulateCommand } from '../../commands/simulate.ts'

afterEach(() => vi.unstubAllEnvs())

/** Runs the command in a folder with a small organisation. Rejects with what it says where it refuses. */
async function simulate(...args: string[]): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'simulate-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  writeFileSync(
    join(folder, 'organisation.yaml'),
    `organisation: { id: acme, zone: Asia/Kolkata }
sites:
  - id: tower
    kind: office
    zone: Asia/Kolkata
    meters:
      - { id: in, utility: electricity, role: import, register: { unit: MWh, digits: 8 } }
`,
  )
  vi.stubEnv('WATTWELL_CONFIG', folder)
  vi.stubEnv('WATTWELL_DATA', folder)
  let said = ''
  const command = simulateCommand()
    .exitOverride()
    .configureOutput({
      writeOut: (text) => {
        said += text
      },
      writeErr: (text) => {
        said += text
      },
    })
  try {
    await command.parseAsync(
      args.map((arg) => arg.replace('FOLDER', folder)),
      { from: 'user' },
    )
  } catch (error) {
    throw new Error(`${said}${(error as Error).message}`)
  }
  return folder
}

test('the truth is written by local day and month, and sums up', async () => {
  const folder = await simulate('--truth', 'FOLDER/truth.csv', '--seed', 'one')
  const [head, ...lines] = readFileSync(join(folder, 'truth.csv'), 'utf8').trimEnd().split('\n')
  expect(head).toBe('meter,grain,date,start,end,consumption,unit')
  const rows = lines.map((line) => line.split(','))
  const year = new Date().getUTCFullYear() - 1
  const first = rows.find(([, grain]) => grain === 'day')
  expect(first?.slice(0, 4)).toEqual(['in', 'day', `${year}-01-01`, `${year - 1}-12-31T18:30:00.000Z`])
  expect(new Set(rows.map((row) => row[6]))).toEqual(new Set(['MWh']))
  const sum = (grain: string, month: string) =>
    rows
      .filter((row) => row[1] === grain && row[2]?.startsWith(month))
      .reduce((total, row) => total + Number(row[5]), 0)
  const month = `${year}-03`
  expect(sum('day', month)).toBeGreaterThan(0)
  expect(sum('day', month)).toBeCloseTo(sum('month', month), 4)
})

test('JSON lines say the same', async () => {
  const folder = await simulate('--truth', 'FOLDER/truth.jsonl')
  const rows = readFileSync(join(folder, 'truth.jsonl'), 'utf8').trimEnd().split('\n')
  expect(JSON.parse(rows[0] as string)).toMatchObject({ meter: 'in', grain: 'day', unit: 'MWh' })
})

test('what is no fault, no rate and no measure is refused by name', async () => {
  await expect(simulate('--fault', 'gremlins=1')).rejects.toThrow(/no fault "gremlins"; there are dropouts/)
  await expect(simulate('--fault', 'late=0.1', '--fault', 'spikes=7')).rejects.toThrow(/spikes=7.*0 to 0.05/)
  await expect(simulate('--without', 'sunshine')).rejects.toThrow(/no measure "sunshine".*free-cooling/)
})

test('the help lists faults with their rates, and measures', async () => {
  const help = await simulate('--help').catch((error: Error) => error.message)
  expect(help).toMatch(/two-way-feed +sites with panels/)
  expect(help).toMatch(/outages +stretches .* 0 to 0.1/)
  expect(help).toMatch(/heat-recovery +38,333 GJ/)
})
