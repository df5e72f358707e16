import type { IndicatorRow, LineageAnswer, SitesAnswer } from '../answers.ts'
import { get } from '../api.ts'
import { useLocale } from '../i18n.ts'
import { Icon } from '../icons.tsx'
import { Formula } from '../lineage/formula.tsx'
import { useResource } from '../resource.ts'
import { follow, lineageHref } from '../route.ts'
import { Trouble } from '../trouble.tsx'
import { Part } from './part.tsx'
import { useWords } from './words.ts'

interface Props {
  row: IndicatorRow
  sites: SitesAnswer | undefined
}

/** The indicator as it stands: of the widest boundary that can have it, in the last year that is over. */
export function Example({ row, sites }: Props) {
  const { nameOf } = useLocale()
  const words = useWords()
  const scope = row.scopes[0]
  const period = String(new Date().getFullYear() - 1)
  const address =
    scope === undefined
      ? null
      : `lineage?${new URLSearchParams({ indicator: row.id, scope, period })}&depth=1`
  const answer = useResource(address, (signal) => get<LineageAnswer>(address ?? '', signal))
  if (scope === undefined || sites === undefined) return null
  const { value, problem, refetch } = answer
  return (
    <Part title={words.example}>
      <div class="example">
        {problem !== undefined && <Trouble problem={problem} retry={refetch} />}
        {value === undefined && problem === undefined && <div class="skeleton example-skeleton" />}
        {value !== undefined && (
          <>
            <p class="note">{words.exampleOf(nameOf(value.scopeName), period)}</p>
            <Formula answer={value} />
            {value.value === null && (
              <p class="note">
                {words.noExample}: {value.reason}
              </p>
            )}
            <p>
              <a class="onward" href={lineageHref({ indicator: row.id, scope, period })} onClick={follow}>
                {words.follow}
                <Icon name="forward" />
              </a>
            </p>
          </>
        )}
      </div>
    </Part>
  )
}
