import type { SeriesCheck } from './series.ts'

export const freeCooling: SeriesCheck = {
  measurement: 'free_cooling',
  known: 'value',
  running: ['coverage'],
  async *points({ get, sites, from, to, wants }) {
    for (const { id, kind } of sites) {
      if (kind !== 'data-center') continue
      for (const grain of ['day', 'month', 'year']) {
        if (!wants({ scope: `site:${id}`, grain })) continue
        const { rows, threshold } = await get(
          `/free-cooling?scope=site:${id}&grain=${grain}&from=${from}&to=${to}&limit=1100`,
        )
        if (threshold === null) continue
        for (const { start, value, unit, coverage, partial = false } of rows) {
          const tags = { scope: `site:${id}`, unit, grain }
          yield { tags, at: Date.parse(start), fields: { value, coverage, partial: partial ? 1 : 0 } }
        }
      }
    }
  },
}
