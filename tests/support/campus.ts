import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { Json } from './json.ts'
import { home, run, startProgram } from './program.ts'

/** Where the hourly readings of four real university buildings lie; they are not part of the repository. */
export const campusFolder = resolve(process.env.CAMPUS_DATA ?? '../shared/data/campus')
export const campusIsThere = existsSync(join(campusFolder, 'buildings.csv'))

const YEARS = [2020, 2021, 2022]
const UTILITIES = { electricity: 'e', 'natural-gas': 'g' } as const
type Utility = keyof typeof UTILITIES

/** A figure of the service beside the same one reckoned from the files. */
export interface Compared {
  readonly building: string
  readonly what: string
  /** `2021`, or `2021-03`. */
  readonly period: string
  readonly unit: string
  /** Null where the files have nothing. */
  readonly fromFiles: number | null
  readonly fromService: number | null
  readonly reason: string | undefined
}

/** Replays all files over MQTT into a fresh service, and compares every year and month, and energy per area. */
export async function compareCampus(say: (line: string) => void = () => {}): Promise<Compared[]> {
  const buildings = await readBuildings()
  const place = await home(organisationOf(buildings))
  const program = await startProgram(place.folder)
  try {
    for (const { building } of buildings) {
      for (const utility of Object.keys(UTILITIES) as Utility[]) {
        const files = YEARS.map((year) => fileOf(building, utility, year)).filter(existsSync)
        const meter = `${building}-${UTILITIES[utility]}`
        const args = [
          'replay',
          '--meter',
          meter,
          '--mqtt',
          program.mqtt,
          '--http',
          program.http,
          '--csv',
          ...files,
        ]
        const { code, out, err } = await run(place.folder, args)
        if (code !== 0) throw new Error(`replay of ${meter}: ${err}`)
        say(out.trim())
      }
    }
    return (await Promise.all(buildings.map((one) => compareBuilding(one, program.get)))).flat()
  } finally {
    await program.end('SIGTERM')
    await place.remove()
  }
}

interface Building {
  readonly building: string
  readonly floorAreaM2: number
}

async function readBuildings(): Promise<Building[]> {
  const text = await readFile(join(campusFolder, 'buildings.csv'), 'utf8')
  return text
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split(','))
    .map(([building, floorArea]) => ({ building: building as string, floorAreaM2: Number(floorArea) }))
}

function organisationOf(buildings: readonly Building[]): object {
  return {
    organisation: { id: 'campus', zone: 'UTC' },
    sites: buildings.map(({ building, floorAreaM2 }) => ({
      id: building,
      kind: 'campus',
      zone: 'UTC',
      areas: [{ id: 'all', floorArea: [{ from: '2000-01-01', m2: floorAreaM2 }] }],
      meters: [
        { id: `${building}-e`, utility: 'electricity', role: 'import', register: { unit: 'kWh' } },
        { id: `${building}-g`, utility: 'natural-gas', role: 'import', register: { unit: 'kWh' } },
      ],
    })),
  }
}

function fileOf(building: string, utility: Utility, year: number): string {
  return join(campusFolder, building, `${utility === 'electricity' ? 'electricity' : 'gas'}-${year}.csv`)
}

/** Sums of a file's hours by year and month, straight from its lines. */
async function sumsOf(path: string): Promise<Map<string, number>> {
  const sums = new Map<string, number>()
  if (!existsSync(path)) return sums
  for (const line of (await readFile(path, 'utf8')).trim().split('\n').slice(1)) {
    const [at = '', value] = line.split(',')
    for (const period of [at.slice(0, 4), at.slice(0, 7)])
      sums.set(period, (sums.get(period) ?? 0) + Number(value))
  }
  return sums
}

async function compareBuilding(
  { building, floorAreaM2 }: Building,
  get: (path: string) => Promise<Json>,
): Promise<Compared[]> {
  const compared: Compared[] = []
  const add = (what: string, period: string, unit: string, fromFiles: number | null, row: Json) =>
    compared.push({ building, what, period, unit, fromFiles, fromService: row.value, reason: row.reason })
  const energy = new Map<string, number | null>()
  for (const utility of Object.keys(UTILITIES) as Utility[]) {
    const files = await Promise.all(YEARS.map((year) => sumsOf(fileOf(building, utility, year))))
    const sums = new Map(files.flatMap((file) => [...file]))
    for (const grain of ['year', 'month']) {
      const { rows } = await get(
        `/consumption?scope=site:${building}&utility=${utility}&grain=${grain}&from=2020&to=2023`,
      )
      for (const row of rows) {
        const period = row.start.slice(0, grain === 'year' ? 4 : 7)
        const sum = sums.get(period) ?? null
        add(utility, period, row.unit, sum, row)
        if (grain === 'year') energy.set(period, sum === null ? null : plus(energy.get(period), sum))
      }
    }
  }
  const { rows } = await get(
    `/kpis?indicator=energy-per-area&scope=site:${building}&grain=year&from=2020&to=2023`,
  )
  for (const row of rows) {
    const period = row.start.slice(0, 4)
    const whole = energy.get(period) ?? null
    const known = await bothThere(building, Number(period))
    add('energy-per-area', period, row.unit, known && whole !== null ? whole / 1000 / floorAreaM2 : null, row)
  }
  return compared
}

function plus(sofar: number | null | undefined, sum: number): number | null {
  return sofar === null ? null : (sofar ?? 0) + sum
}

async function bothThere(building: string, year: number): Promise<boolean> {
  return (Object.keys(UTILITIES) as Utility[]).every((utility) => existsSync(fileOf(building, utility, year)))
}

/** How far apart, relative to the files' figure; null where either has none. */
export function relativeError({ fromFiles, fromService }: Compared): number | null {
  if (fromFiles === null || fromService === null) return null
  if (fromFiles === fromService) return 0
  return Math.abs(fromService - fromFiles) / Math.abs(fromFiles)
}
