import type { MeterRow, SitesAnswer, Utility } from '../answers.ts'
import { Choice } from '../choice.tsx'
import { download } from '../csv.ts'
import { useLocale } from '../i18n.ts'
import { Icon } from '../icons.tsx'
import { familyOf } from '../indicator.ts'
import { useResource } from '../resource.ts'
import { keepInAddress, qualityHref, type View } from '../route.ts'
import type { Scope } from '../scopes.ts'
import { Trouble } from '../trouble.tsx'
import { columnsOf, matrixCsv } from './columns.ts'
import { type Covered, fetchCovered } from './coverage.ts'
import { Matrix } from './matrix.tsx'
import { MatrixLegend } from './matrix-legend.tsx'
import { useWords } from './words.ts'

interface Props {
  view: Extract<View, { name: 'quality' }>
  year: number
  sites: SitesAnswer | undefined
  scopes: readonly Scope[]
  utilities: readonly Utility[]
  years: Covered | undefined
  meters: readonly MeterRow[]
}

/** What is known of every site: of all utilities by the year, of one by the month. */
export function MatrixCard({ view, year, sites, scopes, utilities, years, meters }: Props) {
  const { text, format } = useLocale()
  const words = useWords()
  const utility = utilities.find((one) => one === view.utility)
  const shownYear = view.month?.slice(0, 4) === String(year - 1) ? year - 1 : year
  const months = useResource<Covered>(
    utility === undefined ? null : `months ${utility} ${year}`,
    async (signal) =>
      new Map(await fetchCovered(scopes, utility as Utility, 'month', [year - 1, year + 1], signal)),
  )
  const columns = columnsOf(utility, utilities, shownYear, year, text.utilities, format.monthName)
  const covered =
    utility === undefined ? years : years && months.value && new Map([...years, ...months.value])
  const rows = utility === undefined ? scopes : scopes.filter((one) => one.utilities.includes(utility))
  const ordered = [...rows.filter(isBoundary), ...rows.filter((one) => !isBoundary(one))]

  function choose(wanted: Utility | 'all', of?: { site: string; month: string }, ofYear = shownYear) {
    const month = of?.month ?? (ofYear === year ? undefined : `${ofYear}`)
    keepInAddress(
      qualityHref({
        ...(wanted !== 'all' && { utility: wanted }),
        ...(of !== undefined && { of: of.site }),
        ...(month !== undefined && { month }),
      }),
    )
  }

  return (
    <section
      class={`card quality-matrix ${familyOf(utility ?? '')}`}
      aria-labelledby="matrix-title"
      aria-busy={covered === undefined}
    >
      <header>
        <div>
          <h2 id="matrix-title">{words.matrix}</h2>
          <p class="note">{utility === undefined ? words.matrixNoteAll : words.matrixNote}</p>
        </div>
        <div class="actions">
          {utility !== undefined && (
            <Choice
              legend={words.year}
              options={[year, year - 1]}
              chosen={shownYear}
              choose={(one) => choose(utility, undefined, one)}
              label={String}
            />
          )}
          <button
            type="button"
            class="quiet-button"
            disabled={covered === undefined}
            onClick={() =>
              covered &&
              download(
                `data-quality-${utility ?? 'all'}-${shownYear}.csv`,
                matrixCsv(ordered, columns, covered),
              )
            }
          >
            <Icon name="download" />
            {text.downloadCsv}
          </button>
        </div>
      </header>
      <div class="pickers">
        <Choice
          legend={text.utility}
          options={['all' as const, ...utilities]}
          chosen={utility ?? ('all' as const)}
          choose={(one) => choose(one)}
          label={(one) => (one === 'all' ? words.all : text.utilities[one])}
        />
      </div>
      {months.problem !== undefined && utility !== undefined && (
        <Trouble problem={months.problem} retry={months.refetch} />
      )}
      {sites !== undefined && utilities.length === 0 && <p class="empty">{words.noUtility}</p>}
      {covered === undefined ? (
        <div class="skeleton" style={{ height: `${3 + 2.8125 * Math.max(ordered.length, 8)}rem` }} />
      ) : (
        <Matrix
          rows={ordered}
          columns={columns}
          covered={covered}
          meters={meters}
          sites={sites?.rows ?? []}
          opened={
            view.of !== undefined && view.month !== undefined
              ? { site: view.of, month: view.month }
              : undefined
          }
          open={(of) => utility !== undefined && choose(utility, of)}
          close={() => utility !== undefined && choose(utility)}
        />
      )}
      <MatrixLegend />
    </section>
  )
}

function isBoundary({ kind }: Scope): boolean {
  return kind === 'boundary'
}
