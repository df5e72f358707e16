import type { Program } from './program.ts'

/** A row of `/consumption`. */
export interface FigureRow {
  readonly start: string
  readonly end: string
  readonly value: number | null
  readonly unit: string
  readonly coverage: number
  readonly estimated: number
  readonly quality: string
  readonly reason?: string
}

/** What `/consumption` answers of a meter in [from, to), which are as the query takes them. */
export async function meterFigures(
  program: Program,
  meter: string,
  grain: string,
  from: string,
  to: string,
): Promise<FigureRow[]> {
  const span = `from=${encodeURIComponent(from)}&to=${encodeURIComponent(to)}`
  const answer = await program.get(`/consumption?scope=meter:${meter}&grain=${grain}&${span}`)
  if (answer.rows === undefined) throw new Error(JSON.stringify(answer))
  return answer.rows
}

/** A reading as a device sends it: when, what, and in which unit if it says so. */
export type Sent = readonly [at: string | number, value: number, unit?: string]

/** The message of a meter's readings. */
export function messageOf(
  site: string,
  meter: string,
  readings: readonly Sent[],
): { topic: string; payload: object[] } {
  const payload = readings.map(([at, value, unit]) => ({ at, value, ...(unit !== undefined && { unit }) }))
  return { topic: `facility/${site}/${meter}/reading`, payload }
}
