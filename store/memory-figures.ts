import type { FigurePoint, FigureSink } from './store.ts'

/** Figures as an InfluxDB keeps them: a point that is put again keeps the fields that it is not given. */
export class MemoryFigures implements FigureSink {
  readonly #points = new Map<string, FigurePoint>()

  async put(points: readonly FigurePoint[]): Promise<void> {
    for (const point of points) {
      const tags = Object.entries(point.tags).sort(([a], [b]) => (a < b ? -1 : 1))
      const key = JSON.stringify([point.measurement, tags, point.at])
      const given = Object.entries(point.fields).filter(([, value]) => value !== null)
      this.#points.set(key, {
        ...point,
        fields: { ...this.#points.get(key)?.fields, ...Object.fromEntries(given) },
      })
    }
  }

  /** The points of a measurement, by time. */
  all(measurement: FigurePoint['measurement']): FigurePoint[] {
    return [...this.#points.values()]
      .filter((point) => point.measurement === measurement)
      .sort((a, b) => a.at - b.at)
  }
}
