import { useState } from 'preact/hooks'
import type { IndicatorsAnswer, SitesAnswer } from '../answers.ts'
import { get } from '../api.ts'
import { askTargets } from '../asked-targets.ts'
import { linesOf } from '../csv.ts'
import { useLocale } from '../i18n.ts'
import { useResource } from '../resource.ts'
import { follow, helpHref, targetHref } from '../route.ts'
import { ruleOf } from '../target-rule.ts'
import { Trouble } from '../trouble.tsx'
import { Search, speaksOf } from './search.tsx'
import { targetLines } from './sheets.ts'
import { useWords } from './words.ts'

/** Every target as it is defined: what it demands of what, from which baseline, and who says so. */
export function TargetList(_: { answer: SitesAnswer }) {
  const locale = useLocale()
  const { format, nameOf, text } = locale
  const words = useWords()
  const [wanted, setWanted] = useState('')
  const targets = useResource('targets', askTargets)
  const indicators = useResource('indicators', (signal) => get<IndicatorsAnswer>('indicators', signal))
  const indicatorName = (id: string) => {
    const row = indicators.value?.rows.find((one) => one.id === id)
    return row === undefined ? id : nameOf(row.name)
  }
  const shown = (targets.value ?? []).filter((target) =>
    speaksOf(
      [target.id, target.name.en, target.name.zh, target.scopeName.en, target.scopeName.zh, target.indicator],
      wanted,
    ),
  )
  if (targets.problem !== undefined) return <Trouble problem={targets.problem} retry={targets.refetch} />
  if (targets.value === undefined) return <div class="skeleton view-skeleton" />
  if (targets.value.length === 0) return <p class="empty">{text.noTargets}</p>
  return (
    <>
      <Search
        wanted={wanted}
        setWanted={setWanted}
        hint={words.searchIn.targets}
        found={shown.length}
        file={{ name: 'targets.csv', text: () => linesOf(targetLines(shown)) }}
      />
      {shown.length === 0 && <p class="empty">{words.nothingFound}</p>}
      <div class="card table-card">
        <table class="org-table">
          <thead>
            <tr>
              <th scope="col">{words.target}</th>
              <th scope="col">{words.demand}</th>
              <th scope="col">{words.indicator}</th>
              <th scope="col">{words.baseline}</th>
              <th scope="col">{words.source}</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((target) => {
              const { id, name, scopeName, kind, baselineOf, baselineStated, unit, source, indicator } =
                target
              return (
                <tr key={id}>
                  <th scope="row">
                    <a href={targetHref(id)} onClick={follow}>
                      {nameOf(name)}
                    </a>
                    <small>{nameOf(scopeName)}</small>
                  </th>
                  <td data-label={words.demand}>
                    <span>
                      {ruleOf(target, locale) || '—'}
                      <small>{words.targetKinds[kind]}</small>
                    </span>
                  </td>
                  <td data-label={words.indicator}>
                    <span>
                      <a href={helpHref(indicator)} onClick={follow}>
                        {indicatorName(indicator)}
                      </a>
                      <small>{format.unit(unit)}</small>
                    </span>
                  </td>
                  <td data-label={words.baseline}>
                    {baselineOf === null ? (
                      <span class="not-stated">{words.noBaseline}</span>
                    ) : (
                      <span>
                        {baselineStated === null ? (
                          '—'
                        ) : (
                          <data value={baselineStated}>{format.amount(baselineStated, unit)}</data>
                        )}
                        <small>
                          {baselineOf.year}
                          {baselineOf.proxy && ` · ${words.proxy}`}
                        </small>
                      </span>
                    )}
                  </td>
                  <td data-label={words.source} class="source">
                    <span>
                      {source ?? '—'}
                      {baselineOf?.source && (
                        <small>
                          {words.baseline}: {baselineOf.source}
                        </small>
                      )}
                    </span>
                  </td>
                </tr>
              )
            })}
          </tbody>
        </table>
      </div>
    </>
  )
}
