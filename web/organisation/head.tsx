import type { MeterRow, SitesAnswer } from '../answers.ts'
import { useLocale } from '../i18n.ts'
import { follow, helpHref } from '../route.ts'
import { useWords } from './words.ts'

interface Props {
  answer: SitesAnswer
  meters: readonly MeterRow[] | undefined
}

interface Shown {
  name: string
  value: number | undefined
  shown: string
  /** Of how many sites it is known, where that is not said of all. */
  of?: number
}

/** Who it is, how large, and since when that is what counts. */
export function Head({ answer, meters }: Props) {
  const { format, nameOf } = useLocale()
  const words = useWords()
  const { organisation, rows, boundaries } = answer
  const people = rows.flatMap(({ employees }) => employees?.fullTime ?? [])
  const areas = rows.flatMap(({ floorAreaM2 }) => floorAreaM2 ?? [])
  const count = (n: number) => ({ value: n, shown: format.whole(n) })
  const facts: Shown[] = [
    { name: words.facts.sites, ...count(rows.length) },
    { name: words.facts.boundaries, ...count(boundaries.length) },
    { name: words.facts.meters, value: meters?.length, shown: meters ? format.whole(meters.length) : '…' },
    { name: words.facts.employees, ...count(sum(people)), of: people.length },
    {
      name: words.facts.floorArea,
      value: sum(areas),
      shown: `${format.whole(sum(areas))} m²`,
      of: areas.length,
    },
  ]
  return (
    <header class="organisation-head">
      <h1>{nameOf(organisation.name)}</h1>
      <p class="place">
        {[format.place(organisation.zone), organisation.zone, organisation.currency]
          .filter(Boolean)
          .join(' · ')}
      </p>
      <dl class="head-facts">
        {facts.map(({ name, value, shown, of }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              <data value={value} data-sum>
                {shown}
              </data>
              {of !== undefined && of < rows.length && <small>{words.factsOf(of, rows.length)}</small>}
            </dd>
          </div>
        ))}
      </dl>
      <p class="read-only">
        {words.readOnly(format.minute(organisation.readAt, organisation.zone))}{' '}
        <a href={helpHref('configuration')} onClick={follow}>
          {words.howToChange}
        </a>
      </p>
    </header>
  )
}

export function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, one) => all + one, 0)
}
