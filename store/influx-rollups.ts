import { DAY_MS } from '../core/calendar.ts'
import type { Rollup } from '../core/rollup.ts'
import { HOUR_MS } from '../core/window.ts'
import type { Connection } from './influx-connection.ts'
import { float, oneOf, tag } from './influx-lines.ts'
import { slices } from './influx-spans.ts'

const METERS_MOST = 200
/** In 3 Core each point of a coarse grain lies in a file of its own. */
const FILE_MS: Readonly<Record<Rollup['grain'], number | null>> = {
  hour: HOUR_MS,
  day: DAY_MS,
  month: null,
  year: null,
}

export function rollupLines(rollups: readonly Rollup[]): string[] {
  const heads = new Map<string, string>()
  return rollups.map(({ meter, grain, start, end, value, coveredMs, head, tail, estimated, flags }) => {
    const key = `${meter}|${grain}`
    let prefix = heads.get(key)
    if (prefix === undefined) {
      prefix = `consumption,grain=${grain},meter=${tag(meter)} value=`
      heads.set(key, prefix)
    }
    return `${prefix}${float(value)},end=${float(end)},covered_ms=${float(coveredMs)},head=${float(head)},tail=${float(tail)},estimated=${float(estimated)},flags=${float(flags)} ${start}`
  })
}

/** Rollups of meters that start in [from, to), ordered by meter and start. */
export async function findRollups(
  connection: Connection,
  meters: readonly string[],
  grain: Rollup['grain'],
  from: number,
  to: number,
): Promise<Rollup[]> {
  const { filesMost } = await connection.dialect()
  const fileMs = FILE_MS[grain]
  const stepMs = filesMost === null || fileMs === null ? null : filesMost * fileMs
  const found = new Map<string, Rollup[]>()
  const ordered = [...new Set(meters)].sort()
  for (let i = 0; i < ordered.length; i += METERS_MOST) {
    const some = ordered.slice(i, i + METERS_MOST)
    for (const [first, last] of slices(from, to, stepMs)) {
      const series = await connection.rows({
        fields: '"end", "value", "covered_ms", "head", "tail", "estimated", "flags"',
        from: `FROM "consumption" WHERE "grain" = '${grain}' AND ${oneOf('meter', some)} AND time >= ${first}ms AND time < ${last}ms GROUP BY "meter"`,
      })
      for (const { tags, rows } of series) {
        const meter = tags.meter as string
        const list = found.get(meter) ?? []
        found.set(meter, list)
        for (const row of rows) {
          // 1.x answers a point that is just being written in part: it is not there yet.
          if (row.slice(0, NEEDED).includes(null)) continue
          const [start, end, value, coveredMs, head, tail, estimated, flags] = row as Row
          // Rollups of an earlier version have no such fields.
          list.push({
            meter,
            grain,
            start,
            end,
            value,
            coveredMs,
            head,
            tail,
            estimated: estimated ?? 0,
            flags: flags ?? 0,
          })
        }
      }
    }
  }
  return ordered.flatMap((meter) => found.get(meter) ?? [])
}

/** The instant, and the fields that a rollup of any version has. */
const NEEDED = 6
type Row = [number, number, number, number, number, number, number | null, number | null]
