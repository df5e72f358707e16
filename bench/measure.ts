import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** One line a figure, for people and for scripts. */
export function print(
  bench: string,
  figure: string,
  value: number,
  unit: string,
  against: string,
  ratio: number,
): void {
  const rounded = { value: Number(value.toPrecision(4)), unit, against, ratio: Number(ratio.toPrecision(3)) }
  process.stdout.write(`${JSON.stringify({ bench, figure, ...rounded })}\n`)
}

export function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}

/** Milliseconds that a piece of work takes. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await work()
  return performance.now() - start
}

/** Runs with a folder that is gone afterwards. */
export async function withFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'wattwell-bench-'))
  try {
    return await work(folder)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
