import type { Connection } from './influx-connection.ts'
import { float, tag, text } from './influx-lines.ts'
import { writeLines } from './influx-writes.ts'
import type { FigurePoint, FigureSink } from './store.ts'

/** Figures as series that Grafana reads. */
export class FigureSeries implements FigureSink {
  readonly #connection: Connection

  constructor(connection: Connection) {
    this.#connection = connection
  }

  async put(points: readonly FigurePoint[]): Promise<void> {
    const lines: string[] = []
    let last: FigurePoint | undefined
    let series = ''
    for (const point of points) {
      // Points of one series mostly come together, and a history has a million of them.
      if (point.tags !== last?.tags || point.measurement !== last.measurement) series = seriesOf(point)
      last = point
      const fields = fieldsOf(point)
      if (fields !== '') lines.push(`${series} ${fields} ${point.at}`)
    }
    const [refused] = await writeLines(this.#connection, lines, 'ms')
    if (refused !== undefined) throw new Error(`InfluxDB refuses a figure: ${refused.reason}`)
  }
}

function seriesOf({ measurement, tags }: FigurePoint): string {
  let series = measurement as string
  for (const key in tags) series += `,${key}=${tag(tags[key] as string)}`
  return series
}

function fieldsOf({ fields }: FigurePoint): string {
  let list = ''
  for (const key in fields) {
    const value = fields[key]
    if (value === null || value === undefined) continue
    list += `${list === '' ? '' : ','}${key}=${typeof value === 'string' ? text(value) : float(value)}`
  }
  return list
}
