import { useEffect, useRef } from 'preact/hooks'
import type {
  ConflictRow,
  MeterQualityRow,
  MeterRow,
  QuarantineReason,
  SitesAnswer,
  Utility,
} from '../answers.ts'
import { getRows } from '../api.ts'
import { addDays, todayIn } from '../days.ts'
import { useLocale } from '../i18n.ts'
import { useLive, useTouched } from '../live.ts'
import { useNow } from '../now.ts'
import { useResource } from '../resource.ts'
import type { View } from '../route.ts'
import { scopesOf } from '../scopes.ts'
import { Trouble } from '../trouble.tsx'
import { attentionOf } from './attention.ts'
import { AttentionCard } from './attention-card.tsx'
import { type Covered, fetchCovered } from './coverage.ts'
import './data-quality.css'
import './matrix.css'
import './month-detail.css'
import './attention.css'
import { Head } from './head.tsx'
import { MatrixCard } from './matrix-card.tsx'
import { QuarantineCard } from './quarantine-card.tsx'
import { useWords } from './words.ts'

interface Props {
  view: Extract<View, { name: 'quality' }>
  sites: SitesAnswer | undefined
}

/** All days of all meters are not reckoned again for every reading. */
const AGAIN_MS = 60_000
const CONFLICT_DAYS = 31

/** Whether this year's figures can be relied on, and what to repair first. */
export function QualityView({ view, sites }: Props) {
  const { text } = useLocale()
  const words = useWords()
  const now = useNow()
  useEffect(() => {
    document.title = `${words.title} — wattwell`
  }, [words])

  const zone = sites?.organisation.zone ?? 'UTC'
  const today = todayIn(zone, new Date(now))
  const year = Number(today.slice(0, 4))
  const scopes = sites === undefined ? [] : scopesOf(sites)
  const utilities = (Object.keys(text.utilities) as Utility[]).filter((utility) =>
    scopes.some((scope) => scope.utilities.includes(utility)),
  )
  const years = useResource<Covered>(sites === undefined ? null : `years ${year}`, async (signal) => {
    const rows = utilities.map((one) => fetchCovered(scopes, one, 'year', [year - 1, year + 1], signal))
    return new Map((await Promise.all(rows)).flat())
  })
  const meters = useResource('meters', (signal) => getRows<MeterRow>('meters', signal))
  const known = useResource('data-quality', (signal) => getRows<MeterQualityRow>('data-quality', signal))
  const from = addDays(today, 1 - CONFLICT_DAYS)
  const conflicts = useResource(`conflicts ${from}`, (signal) =>
    getRows<ConflictRow>(`conflicts?from=${from}&to=${addDays(today, 1)}`, signal),
  )
  const reasons = useResource('reasons', (signal) => getRows<QuarantineReason>('quarantine/reasons', signal))
  const { health } = useLive()
  useEffect(() => void (reasons.value !== undefined && reasons.refetch()), [health?.quarantine])

  const read = useRef(Date.now())
  useTouched(() => {
    if (Date.now() - read.current < AGAIN_MS) return
    read.current = Date.now()
    return Promise.all([years, meters, known, conflicts].map((one) => one.refetch()))
  })

  const problem = years.problem ?? meters.problem ?? known.problem ?? conflicts.problem
  const attention =
    meters.value === undefined || known.value === undefined
      ? undefined
      : attentionOf(meters.value, known.value, conflicts.value ?? [])
  return (
    <main id="data-quality" class="quality-view">
      <Head
        year={year}
        sites={sites}
        years={years.value}
        attention={attention}
        meters={meters.value}
        conflicts={conflicts.value?.length}
        refused={reasons.value?.reduce((sum, { count }) => sum + count, 0)}
      />
      {problem !== undefined && (
        <Trouble
          problem={problem}
          retry={() => Promise.all([years, meters, known, conflicts].map((one) => one.refetch()))}
        />
      )}
      <MatrixCard
        view={view}
        year={year}
        sites={sites}
        scopes={scopes}
        utilities={utilities}
        years={years.value}
        meters={meters.value ?? []}
      />
      <AttentionCard
        attention={conflicts.value === undefined ? undefined : attention}
        sites={sites}
        year={year}
        now={now}
      />
      <QuarantineCard reasons={reasons} zone={sites?.organisation.zone} />
    </main>
  )
}
