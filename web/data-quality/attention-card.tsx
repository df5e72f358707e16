import { useState } from 'preact/hooks'
import type { MeterQualityRow, SitesAnswer } from '../answers.ts'
import { download, linesOf } from '../csv.ts'
import { useLocale } from '../i18n.ts'
import { Icon } from '../icons.tsx'
import { familyOf } from '../indicator.ts'
import { qualities } from '../quality.ts'
import { follow, meterHref } from '../route.ts'
import type { Attention } from './attention.ts'
import { useWords } from './words.ts'

interface Props {
  attention: readonly Attention[] | undefined
  sites: SitesAnswer | undefined
  year: number
  now: number
}

const FIRST = 8

/** The meters that something is wrong with, worst first, each with the day to look at. */
export function AttentionCard({ attention, sites, year, now }: Props) {
  const { text, format } = useLocale()
  const words = useWords()
  const [all, setAll] = useState(false)
  const shown = all ? attention : attention?.slice(0, FIRST)
  return (
    <section class="card attention" aria-labelledby="attention-title" aria-busy={attention === undefined}>
      <header>
        <div>
          <h2 id="attention-title">{words.attention}</h2>
          <p class="note">{words.attentionNote}</p>
        </div>
        <div class="actions">
          <button
            type="button"
            class="quiet-button"
            disabled={attention === undefined || attention.length === 0}
            onClick={() => attention && download(`data-quality-meters-${year}.csv`, csvOf(attention))}
          >
            <Icon name="download" />
            {text.downloadCsv}
          </button>
        </div>
      </header>
      {attention === undefined && <div class="skeleton attention-skeleton" />}
      {attention?.length === 0 && <p class="empty">{words.attentionNone}</p>}
      {shown !== undefined && shown.length > 0 && (
        <ol>
          {shown.map((one) => (
            <Line key={one.meter.id} of={one} sites={sites} now={now} />
          ))}
        </ol>
      )}
      {!all && attention !== undefined && attention.length > FIRST && (
        <button type="button" class="quiet-button" onClick={() => setAll(true)}>
          {words.showAll(format.whole(attention.length))}
        </button>
      )}
    </section>
  )
}

function Line({ of, sites, now }: { of: Attention; sites: SitesAnswer | undefined; now: number }) {
  const { text, format, nameOf } = useLocale()
  const words = useWords()
  const { meter, known } = of
  const site = sites?.rows.find(({ id }) => id === meter.site)
  const utility = meter.utility === 'outdoor-temperature' ? undefined : text.utilities[meter.utility]
  const day = known?.worst?.day
  return (
    <li class={familyOf(meter.utility)}>
      <p class="whose">
        <a href={meterHref(meter.id, day)} onClick={follow}>
          {nameOf(meter.name)}
        </a>
        <code>{meter.id}</code>
        <small>{[site && nameOf(site.name), utility].filter(Boolean).join(' · ')}</small>
      </p>
      <p class="lacks">
        {saidOf(of, useLocale(), words, now).map((said) => (
          <span key={said}>{said}</span>
        ))}
      </p>
      {known === undefined ? <span /> : <DaysBar known={known} />}
      <a class="look" href={meterHref(meter.id, day)} onClick={follow}>
        {day === undefined ? words.lookAtMeter : words.lookAt(format.day(day))}
        <Icon name="forward" />
      </a>
    </li>
  )
}

/** What is wrong, in words with the numbers. */
function saidOf(
  { meter, known, lacks, conflicts }: Attention,
  { text, format }: ReturnType<typeof useLocale>,
  words: ReturnType<typeof useWords>,
  now: number,
): string[] {
  const list: string[] = []
  if (lacks.includes('silent')) {
    list.push(
      meter.last === null ? words.never : words.silentSince(format.ago(Date.parse(meter.last.at), now)),
    )
  }
  if (known !== undefined) {
    const { days, coverage, estimated } = known
    if (lacks.includes('low')) list.push(words.covered(format.percent(coverage)))
    if (days.missing > 0) list.push(words.incomplete(text.dayCount(days.missing)))
    if (lacks.includes('estimated')) list.push(words.estimated(format.percent(estimated)))
    if (days.estimated > 0) list.push(words.estimatedDays(text.dayCount(days.estimated)))
    if (days.suspect > 0) list.push(words.suspectDays(text.dayCount(days.suspect)))
  }
  if (conflicts > 0) list.push(words.conflicts(conflicts))
  return list
}

/** The days of the year by how they are known, as parts of a bar. */
function DaysBar({ known: { days } }: { known: MeterQualityRow }) {
  const { text } = useLocale()
  const words = useWords()
  const some = qualities.filter((quality) => days[quality] > 0)
  const label = some.map((one) => `${text.inspect.qualities[one]} ${text.dayCount(days[one])}`).join(', ')
  return (
    <span class="days-bar" role="img" aria-label={words.daysBar(label)} title={label}>
      {some.map((quality) => (
        <i key={quality} class={quality} style={{ flexGrow: days[quality] }} />
      ))}
    </span>
  )
}

function csvOf(attention: readonly Attention[]): string {
  return linesOf([
    [
      'meter',
      'site',
      'utility',
      'role',
      'state',
      'last',
      'lacks',
      'coverage',
      'estimated',
      ...qualities.map((one) => `days_${one}`),
      'conflicts',
      'worst_day',
    ],
    ...attention.map(({ meter, known, lacks, conflicts }) => [
      meter.id,
      meter.site,
      meter.utility,
      meter.role,
      meter.state,
      meter.last?.at,
      lacks.join(' '),
      known?.coverage,
      known?.estimated,
      ...qualities.map((one) => known?.days[one]),
      conflicts,
      known?.worst?.day,
    ]),
  ])
}
