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
    const lines = points.flatMap((point) => {
      const tags = Object.entries(point.tags).map(([key, value]) => `,${key}=${tag(value)}`)
      const fields = Object.entries(point.fields).flatMap(([key, value]) =>
        value === null ? [] : [`${key}=${typeof value === 'string' ? text(value) : float(value)}`],
      )
      return fields.length === 0
        ? []
        : [`${point.measurement}${tags.join('')} ${fields.join(',')} ${point.at}`]
    })
    const [refused] = await writeLines(this.#connection, lines, 'ms')
    if (refused !== undefined) throw new Error(`InfluxDB refuses a figure: ${refused.reason}`)
  }
}
