import type { SeriesCheck } from './series.ts'

const WATERS = ['tap-water', 'reclaimed-water', 'rainwater']

export const nightFlow: SeriesCheck = {
  measurement: 'night_flow',
  known: 'value',
  async *points({ get, sites, from, to, wants }) {
    for (const { id, utilities } of sites) {
      for (const utility of utilities.filter((one: string) => WATERS.includes(one))) {
        if (!wants({ scope: `site:${id}`, utility })) continue
        const span = `from=${from}&to=${to}&limit=1100`
        // Of what is not brought in through a meter there is no night flow, and the API says so.
        const { rows = [] } = await get(`/night-flow?scope=site:${id}&utility=${utility}&${span}`)
        for (const { start, unit, value, share, coverage, estimated } of rows) {
          const fields = { value, share, ...(value !== null && { coverage, estimated }) }
          yield { tags: { scope: `site:${id}`, utility, unit }, at: Date.parse(start), fields }
        }
      }
    }
  },
}
