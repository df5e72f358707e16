import type { MeterRow, SitesAnswer } from '../answers.ts'
import { Inspector } from '../inspect/inspector.tsx'
import { scopesOf } from '../scopes.ts'

interface Props {
  meter: MeterRow
  date: string
  sites: SitesAnswer
  show: (date: string) => void
  close: () => void
}

/** The last step down: a meter's day with its readings. */
export function DayReadings({ meter, date, sites, show, close }: Props) {
  const scope = scopesOf(sites).find((one) => one.scope === `site:${meter.site}`)
  // Of a sensor no figure is made.
  if (scope === undefined || meter.utility === 'outdoor-temperature') return null
  return (
    <Inspector
      scope={scope}
      sites={sites.rows}
      utility={meter.utility}
      meter={meter.id}
      date={date}
      show={show}
      close={close}
    />
  )
}
