import type { LookedUp } from '../core/basis.ts'
import { type Grain, grains } from '../core/calendar.ts'

const HEAD = 'meter,grain,start,end,value,coveredMs,head,tail,estimated,flags'

/** Consumption as CSV, in order of meter, grain and start. What was looked for in vain has no numbers. */
export function consumptionFile(rows: Iterable<LookedUp>): string {
  const lines = [...rows].sort(inOrder).map(consumptionLine)
  return [HEAD, ...lines, ''].join('\n')
}

/** A row as it stands in its file. Printed once: every figure that rests on it asks for it. */
export function consumptionLine(row: LookedUp): string {
  const line = lines.get(row) ?? printed(row)
  lines.set(row, line)
  return line
}

const lines = new WeakMap<LookedUp, string>()

function printed({ meter, grain, start, found }: LookedUp): string {
  const known =
    found === null
      ? ['', '', '', '', '', '', '']
      : [
          instantText(found.end),
          ...[found.value, found.coveredMs, found.head, found.tail, found.estimated, found.flags].map(String),
        ]
  return [meter, grain, instantText(start), ...known].join(',')
}

/** The rows of a file, and the lines (from 1) that are not as they would have been written. */
export function readConsumption(text: string): {
  readonly rows: readonly LookedUp[]
  readonly unread: readonly number[]
} {
  const rows: LookedUp[] = []
  const unread: number[] = []
  for (const [i, line] of text.replace(/\n$/, '').split('\n').entries()) {
    const row = i === 0 ? undefined : rowOf(line)
    if (row !== undefined) rows.push(row)
    else if (i > 0 || line !== HEAD) unread.push(i + 1)
  }
  return { rows, unread }
}

function rowOf(line: string): LookedUp | undefined {
  const [meter = '', grain = '', start = '', end = '', ...texts] = line.split(',')
  const known = (grains as readonly string[]).includes(grain)
  const [value = 0, coveredMs = 0, head = 0, tail = 0, estimated = 0, flags = 0] = texts.map(Number)
  const found =
    end === ''
      ? null
      : { start: Date.parse(start), end: Date.parse(end), value, coveredMs, head, tail, estimated, flags }
  if (!known || Number.isNaN(Date.parse(start)) || (found !== null && Number.isNaN(found.end)))
    return undefined
  const row = { meter, grain: grain as Grain, start: Date.parse(start), found }
  // Whatever reads back as something else was not written by us.
  return consumptionLine(row) === line ? row : undefined
}

function inOrder(a: LookedUp, b: LookedUp): number {
  if (a.meter !== b.meter) return a.meter < b.meter ? -1 : 1
  return grains.indexOf(a.grain) - grains.indexOf(b.grain) || a.start - b.start
}

function instantText(instant: number): string {
  return new Date(instant).toISOString()
}
