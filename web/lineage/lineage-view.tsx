import { useEffect, useState } from 'preact/hooks'
import type { LineageAnswer, LineageNode, MeterRow, SitesAnswer } from '../answers.ts'
import { get, getRows } from '../api.ts'
import { useLocale } from '../i18n.ts'
import { familyOf } from '../indicator.ts'
import { useResource } from '../resource.ts'
import type { View } from '../route.ts'
import { Trouble } from '../trouble.tsx'
import { Branch } from './branch.tsx'
import { DayReadings } from './day-readings.tsx'
import { Head } from './head.tsx'
import { walkByKeys } from './keys.ts'
import './lineage.css'
import { above, dayAt, keepInAddress, step, toggled, wayTo } from './trail.ts'
import { useWords } from './words.ts'

interface Props {
  view: Extract<View, { name: 'lineage' }>
  sites: SitesAnswer | undefined
}

/** Where a figure comes from: numerator and denominator down to sites, meters, months, days and readings. */
export function LineageView({ view, sites }: Props) {
  const { nameOf } = useLocale()
  const words = useWords()
  const { indicator, scope, period } = view
  const address = `lineage?${new URLSearchParams({ indicator, scope, period })}`
  const [at, setAt] = useState(view.at)
  const [opened, setOpened] = useState<ReadonlySet<string>>(() => new Set(wayTo(view.at)))
  const answer = useResource(address, (signal) => get<LineageAnswer>(`${address}&depth=1`, signal))
  const meters = useResource('meters', (signal) => getRows<MeterRow>('meters', signal))
  const name = answer.value === undefined ? undefined : nameOf(answer.value.name)

  useEffect(() => {
    if (name !== undefined) document.title = `${words.title(name)} — wattwell`
  }, [name, words])

  function goTo(path: string) {
    setAt(path)
    keepInAddress(path)
  }
  function open(path: string) {
    // A day opens no branch but its readings.
    if (dayAt(path) !== undefined && meterOf(path) !== undefined) return goTo(path)
    const next = toggled(opened, path)
    setOpened(next)
    goTo(next.has(path) ? path : above(path))
  }
  const meterOf = (path: string) => meters.value?.find(({ id }) => id === dayAt(path)?.meter)
  const zoneOf = (id: string) => {
    const site = meters.value?.find((meter) => meter.id === id)?.site
    return sites?.rows.find((one) => one.id === site)?.zone
  }

  if (answer.problem !== undefined) {
    return (
      <main>
        <Trouble problem={answer.problem} retry={answer.refetch} />
      </main>
    )
  }
  if (answer.value === undefined) {
    return (
      <main aria-busy="true">
        <div class="skeleton view-skeleton" />
      </main>
    )
  }
  const { numerator, denominator } = answer.value
  const day = dayAt(at)
  const meter = meterOf(at)
  const side = (title: string, root: LineageNode) => (
    <section class={`card lineage-side ${familyOf(root.id)}`} aria-label={title}>
      <header>
        <h2>{root.name === null ? root.id : nameOf(root.name)}</h2>
        <p>{title}</p>
      </header>
      <div class="line line-head" aria-hidden="true">
        <span>{words.columns.part}</span>
        <span>{words.columns.share}</span>
        <span>{words.columns.value}</span>
        <span>{words.columns.how}</span>
      </div>
      <ul class="lineage-tree" onKeyDown={walkByKeys}>
        {(root.partCount === 0 ? [root] : root.parts).map((part) => (
          <Branch
            key={part.node}
            node={part}
            above={root.name === null ? root.id : nameOf(root.name)}
            opened={opened}
            open={open}
            address={address}
            zoneOf={zoneOf}
            depth={0}
          />
        ))}
      </ul>
      {root.partCount > 0 && root.left > 0 && <p class="left-out">{words.left(root.left)}</p>}
    </section>
  )
  return (
    <main id="lineage" class="lineage">
      <Head answer={answer.value} zone={sites?.organisation.zone} />
      {meters.problem !== undefined && <Trouble problem={meters.problem} retry={meters.refetch} />}
      {side(denominator === null ? words.sum : words.numerator, numerator)}
      {denominator !== null && side(words.denominator, denominator)}
      {day !== undefined && meter !== undefined && sites !== undefined && (
        <DayReadings
          meter={meter}
          date={day.date}
          sites={sites}
          show={(date) => goTo(step(above(at), date))}
          close={() => goTo(above(at))}
        />
      )}
    </main>
  )
}
