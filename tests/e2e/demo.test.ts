import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { demoSettings, told } from '../support/demo.ts'
import type { Json } from '../support/json.ts'
import { type Program, startProgram } from '../support/program.ts'

const WITHIN_MS = 60_000

describe('the demo, started for the first time', () => {
  let folder: string
  let program: Program
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'wattwell-'))
    program = await startProgram(folder, demoSettings)
  })
  afterAll(async () => {
    await program.end('SIGKILL')
    await rm(folder, { recursive: true, force: true })
  })

  it('has at least three verdicts for the running year within a minute', async () => {
    const end = performance.now() + WITHIN_MS
    let judged: Json[] = []
    while (judged.length < 3 && performance.now() < end) {
      await sleep(500)
      const { rows } = await program.get('/targets')
      // What people have entered is there before the history is told.
      judged = rows.filter((row: Json) => row.verdict !== 'insufficient-data' && row.method !== 'pace')
    }
    expect(judged.length).toBeGreaterThanOrEqual(3)
    for (const row of judged)
      expect(row).toMatchObject({
        projected: expect.any(Number),
        method: expect.stringMatching(/^(same-months|weather-adjusted)$/),
      })
  }, 90_000)

  it('is up to date when its history is told, with every site covered', async () => {
    await told(program)
    const { rows: meters } = await program.get('/meters')
    expect(meters.filter((row: Json) => !['live', 'computed'].includes(row.state))).toEqual([])
    const { rows } = await program.get(
      '/kpis?indicator=energy,energy-per-area,tap-water&scope=boundary:group&grain=year',
    )
    expect(rows.length).toBe(6)
    for (const row of rows)
      expect(row.value, `${row.indicator} ${row.start}: ${row.reason}`).toBeGreaterThan(0)
    expect((await program.get('/quarantine')).rows).toEqual([])
    const { rows: targets } = await program.get('/targets')
    expect(targets.length).toBe(12)
    const verdicts = targets.map((row: Json) => row.verdict)
    for (const verdict of ['on-track', 'at-risk', 'off-track']) expect(verdicts).toContain(verdict)
    const lacking = targets.filter((row: Json) => row.verdict === 'insufficient-data')
    // In January no month is complete yet.
    if (new Date().getUTCMonth() > 0) expect(lacking).toEqual([])
  }, 120_000)

  it('ends cleanly, and goes on where it stopped: no second history, no jump', async () => {
    const meters: string[] = (await program.get('/meters')).rows
      .filter((row: Json) => row.last)
      .map((row: Json) => row.id)
    const before = await lastHours(program, meters[0] as string)
    expect(await program.end('SIGTERM')).toBe(0)
    program = await startProgram(folder, demoSettings)
    await told(program)
    // At most the few minutes since the stop, for each meter.
    const { received } = await program.get('/health')
    expect(received.readings).toBeLessThan(meters.length * 10)
    const after = await lastHours(program, meters[0] as string)
    expect(after.slice(0, before.length)).toEqual(before)
    const steps = after.slice(1).map((row, i) => row.value - (after[i] as Json).value)
    expect(Math.min(...steps)).toBeGreaterThanOrEqual(0)
    expect(Math.max(...steps)).toBeLessThan(10 * (steps.reduce((a, b) => a + b, 0) / steps.length))
  }, 120_000)
})

async function lastHours(program: Program, meter: string): Promise<Json[]> {
  const from = new Date(Date.now() - 6 * 3_600_000).toISOString()
  const { rows } = await program.get(`/readings?meter=${meter}&from=${from}&to=2100-01-01`)
  return rows
}
