import type { SeriesCheck } from './series.ts'

const WATERS = ['tap-water', 'reclaimed-water', 'rainwater']

/** Of a utility of which something hangs below the supply, and of waters. */
export const balance: SeriesCheck = {
  measurement: 'balance',
  known: 'supply',
  running: ['coverage'],
  unsettled: ['metered', 'unmetered', 'share'],
  async *points({ get, sites, from, to, wants }) {
    for (const { id, utilities } of sites) {
      for (const utility of utilities) {
        for (const grain of ['day', 'month', 'year']) {
          const scope = `site:${id}`
          if (!wants({ scope, utility, grain })) continue
          const span = `from=${from}&to=${to}&limit=5000`
          const { rows } = await get(`/balance?scope=${scope}&utility=${utility}&grain=${grain}&${span}`)
          if (!WATERS.includes(utility) && rows.every(({ nodes }: { nodes: object[] }) => nodes.length === 1))
            continue
          for (const { start, unit, supply } of rows) {
            const { value, coverage, estimated, unmetered } = supply
            const fields = {
              supply: value,
              coverage,
              estimated,
              unmetered: unmetered.remainder,
              share: unmetered.remainderShare,
              metered: unmetered.remainder === null ? null : value - unmetered.remainder,
            }
            yield { tags: { scope, utility, unit, grain }, at: Date.parse(start), fields }
          }
        }
      }
    }
  },
}
