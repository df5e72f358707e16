import type { LatestReading, MeterRow, SitesAnswer } from './answers.ts'
import { API, getRows } from './api.ts'
import { useLocale } from './i18n.ts'
import { useLive } from './live.ts'
import { Quarantine } from './quarantine.tsx'
import { useResource } from './resource.ts'

/** The quiet end: what just came in, what was refused, and where the figures can be had. */
export function Footer({ answer }: { answer: SitesAnswer | undefined }) {
  const { text, format, nameOf } = useLocale()
  const { latest, health } = useLive()
  const zone = answer?.organisation.zone
  const meters = useResource(zone === undefined ? null : 'meters', (signal) =>
    getRows<MeterRow>('meters', signal),
  )
  function nameIn(reading: LatestReading): string {
    const meter = meters.value?.find((one) => one.id === reading.meter)
    const site = answer?.rows.find((one) => one.id === meter?.site)
    const names = [site, meter].flatMap((one) => (one === undefined ? [] : nameOf(one.name)))
    return meter === undefined ? reading.meter : names.join(' · ')
  }

  return (
    <footer class="footer">
      <section class="ticker" aria-labelledby="latest-title">
        <h2 id="latest-title">{text.latest}</h2>
        {latest.length === 0 ? (
          <p class="empty">{text.noReadings}</p>
        ) : (
          <ul>
            {latest.map((reading) => (
              <li key={reading.meter}>
                <span class="meter-name" title={reading.meter}>
                  {nameIn(reading)}
                </span>
                <b>{format.amount(reading.value, reading.unit)}</b>
                <time dateTime={reading.at}>{format.time(reading.at, zone ?? 'UTC')}</time>
              </li>
            ))}
          </ul>
        )}
      </section>
      <section class="aside">
        <Quarantine count={health?.quarantine ?? undefined} zone={zone} />
        <nav class="links">
          <a href="docs">{text.reference}</a>
          <a href={`${API}/openapi.json`}>{text.openapi}</a>
        </nav>
        <p class="version">{health !== undefined && text.version(health.version)}</p>
      </section>
    </footer>
  )
}
