import { QUALITIES, type SeriesCheck } from './series.ts'

const GRAINS = ['hour', 'day', 'month', 'year'] as const

/** Of sites. Hours stand in the series as far back as 31 days before they were written. */
export const use: SeriesCheck = {
  measurement: 'use',
  known: 'value',
  running: ['coverage', 'quality'],
  async *points({ get, from, to, hoursFrom, wants }) {
    const { rows: meters } = await get('/meters')
    const named = new Set<string>()
    for (const { site, utility, use: of } of meters) if (of !== null) named.add(`${site} ${utility} ${of}`)
    for (const one of named) {
      const [site, utility = '', of = ''] = one.split(' ')
      for (const grain of GRAINS) {
        if (!wants({ scope: `site:${site}`, utility, use: of, grain })) continue
        const span = `from=${grain === 'hour' ? hoursFrom : from}&to=${to}`
        const { rows } = await get(
          `/consumption?scope=site:${site}&utility=${utility}&use=${of}&grain=${grain}&${span}`,
        )
        for (const { start, value, unit, coverage, estimated, quality } of rows) {
          const tags = { scope: `site:${site}`, utility, use: of, unit, grain }
          const fields = { value, coverage, estimated, quality: QUALITIES.indexOf(quality) }
          yield { tags, at: Date.parse(start), fields }
        }
      }
    }
  },
}
