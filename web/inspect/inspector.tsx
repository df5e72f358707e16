import { useEffect, useRef, useState } from 'preact/hooks'
import type { ConsumptionRow, MeterRow, SiteRow, Utility } from '../answers.ts'
import { getRows } from '../api.ts'
import { addDays, startOfDay, todayIn } from '../days.ts'
import { useLocale } from '../i18n.ts'
import { Icon } from '../icons.tsx'
import { familyOf } from '../indicator.ts'
import { useTouched } from '../live.ts'
import { useResource } from '../resource.ts'
import { follow, meterHref } from '../route.ts'
import type { Scope } from '../scopes.ts'
import { touches } from '../touched.ts'
import { Trouble } from '../trouble.tsx'
import { mostDoubtful } from './day-quality.ts'
import { Fills } from './fills.tsx'
import { MeterDay } from './meter-day.tsx'
import { MeterList } from './meter-list.tsx'
import { meterTree } from './meter-tree.ts'

interface Props {
  scope: Scope
  sites: readonly SiteRow[]
  utility: Utility
  /** The meter that is looked at first; the one most in doubt where left out. */
  meter?: string
  date: string
  show: (date: string) => void
  close: () => void
}

/** Looks into one day of a figure: which meters it is made of, and the readings behind each. */
export function Inspector({ scope, sites, utility, meter, date, show, close }: Props) {
  const { text, format, nameOf } = useLocale()
  const words = text.inspect
  const dialog = useRef<HTMLDialogElement>(null)
  const [picked, pick] = useState(meter)
  useEffect(() => dialog.current?.showModal(), [])

  const meters = useResource('meters', (signal) => getRows<MeterRow>('meters', signal))
  const tree = meters.value === undefined ? undefined : meterTree(meters.value, scope.sites, utility)
  const zoneOf = (meter: MeterRow) => sites.find((site) => site.id === meter.site)?.zone ?? scope.zone
  const spanOf = (meter: MeterRow) => {
    const zone = zoneOf(meter)
    return { start: startOfDay(date, zone), end: startOfDay(addDays(date, 1), zone) }
  }

  const hours = useResource(
    tree === undefined ? null : `hours ${scope.scope} ${utility} ${date}`,
    async (signal) => {
      const query = `grain=hour&from=${date}&to=${addDays(date, 1)}`
      const rows = (tree ?? []).map(async ({ meter }): Promise<[string, ConsumptionRow[]]> => {
        const one = encodeURIComponent(`meter:${meter.id}`)
        return [meter.id, await getRows<ConsumptionRow>(`consumption?scope=${one}&${query}`, signal)]
      })
      return new Map(await Promise.all(rows))
    },
  )
  useTouched((touched) => (touches(touched, scope.sites) ? hours.refetch() : undefined))
  const hoursOf = (meter: string) => hours.value?.get(meter) ?? []

  // What is shown stays when its quality changes: it was mended, and must not go from under the hand.
  const doubtful = hours.value === undefined || tree === undefined ? undefined : mostDoubtful(tree, hoursOf)
  useEffect(() => {
    if (doubtful !== undefined) pick((was) => was ?? doubtful)
  }, [doubtful])
  const chosen = tree?.find(({ meter }) => meter.id === (picked ?? doubtful))?.meter
  const problem = meters.problem ?? hours.problem
  const last = date >= todayIn(scope.zone)

  return (
    <dialog
      ref={dialog}
      class={`panel inspector ${familyOf(utility)}`}
      aria-labelledby="inspector-title"
      onClose={close}
    >
      <Fills />
      <header>
        <div>
          <h2 id="inspector-title">{words.lookInto(format.day(date, 'long'))}</h2>
          <p>
            {nameOf(scope.name)} · {text.utilities[utility]}
          </p>
        </div>
        <div class="inspector-actions">
          <button
            type="button"
            class="quiet-button square"
            aria-label={words.earlier}
            title={words.earlier}
            onClick={() => show(addDays(date, -1))}
          >
            <Icon name="back" />
          </button>
          <button
            type="button"
            class="quiet-button square"
            aria-label={words.later}
            title={words.later}
            disabled={last}
            onClick={() => show(addDays(date, 1))}
          >
            <Icon name="forward" />
          </button>
          <button type="button" class="quiet-button" onClick={() => dialog.current?.close()}>
            {text.close}
          </button>
        </div>
      </header>
      {problem !== undefined && (
        <Trouble problem={problem} retry={() => Promise.all([meters.refetch(), hours.refetch()])} />
      )}
      {tree?.length === 0 && <p class="empty">{words.noMeters}</p>}
      {tree !== undefined && tree.length > 0 && hours.value === undefined && problem === undefined && (
        <div class="skeleton face-skeleton" />
      )}
      {tree !== undefined && hours.value !== undefined && (
        <div class={tree.length > 1 ? 'inspector-body' : 'inspector-body single'}>
          {tree.length > 1 && (
            <MeterList
              tree={tree}
              sites={sites}
              hoursOf={hoursOf}
              spanOf={spanOf}
              chosen={chosen?.id}
              choose={pick}
            />
          )}
          {chosen !== undefined && (
            <section aria-label={nameOf(chosen.name)}>
              <h3 class="meter-title">
                {nameOf(chosen.name)}
                <code>{chosen.id}</code>
                <a href={meterHref(chosen.id, date)} onClick={follow}>
                  {words.toMeter}
                </a>
              </h3>
              <MeterDay
                key={`${chosen.id} ${date}`}
                meter={chosen}
                zone={zoneOf(chosen)}
                span={spanOf(chosen)}
                hours={hoursOf(chosen.id)}
                refetchHours={hours.refetch}
              />
            </section>
          )}
        </div>
      )}
    </dialog>
  )
}
