import { useId, useState } from 'preact/hooks'
import type { MeterRow, SiteRow, SitesAnswer } from '../answers.ts'
import { useLocale } from '../i18n.ts'
import { Icon } from '../icons.tsx'
import { useNow } from '../now.ts'
import { follow, siteHref } from '../route.ts'
import { Course } from './course.tsx'
import { areaSteps } from './sheets.ts'
import { SiteStated } from './site-stated.tsx'
import { useWords } from './words.ts'

interface Props {
  site: SiteRow
  meters: readonly MeterRow[] | undefined
  boundaries: SitesAnswer['boundaries']
  currency: string | null
}

/** A site in a line; opened, all that is stated of it with its dates. */
export function SiteItem({ site, meters, boundaries, currency }: Props) {
  const { text, format, nameOf } = useLocale()
  const words = useWords()
  const now = useNow()
  const id = useId()
  const [open, setOpen] = useState(false)
  const name = nameOf(site.name)
  const people = site.stated.employees.flatMap(({ from, fullTime }) =>
    fullTime === null ? [] : [{ from, value: fullTime }],
  )
  return (
    <li class="org-item">
      <div class="org-line">
        <span class="org-name">
          <Icon name={site.kind} />
          <span>
            <h2>
              <a href={siteHref(site.id)} onClick={follow}>
                {name}
              </a>
            </h2>
            <small>
              {[text.kinds[site.kind], format.place(site.zone), site.grid ?? words.noGrid].join(' · ')}
            </small>
          </span>
        </span>
        <dl class="org-facts">
          <Fact name={words.floorArea} value={site.floorAreaM2} unit="m²">
            <Course steps={areaSteps(site)} today={now} />
          </Fact>
          <Fact name={words.employees} value={site.employees?.fullTime ?? null} unit="">
            <Course steps={people} today={now} />
          </Fact>
          <Fact name={words.meters} value={site.meters.length} unit="">
            <small class="utilities">
              {site.utilities.map((utility) => text.utilities[utility]).join(words.comma)}
            </small>
          </Fact>
        </dl>
        <button
          type="button"
          class="quiet-button square"
          aria-expanded={open}
          aria-controls={id}
          aria-label={open ? words.hide(name) : words.open(name)}
          onClick={() => setOpen(!open)}
        >
          <Icon name="down" />
        </button>
      </div>
      <div id={id} hidden={!open}>
        {open && <SiteStated site={site} meters={meters} boundaries={boundaries} currency={currency} />}
      </div>
    </li>
  )
}

interface FactProps {
  name: string
  value: number | null
  unit: string
  children: preact.ComponentChildren
}

function Fact({ name, value, unit, children }: FactProps) {
  const { format } = useLocale()
  const words = useWords()
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        {value === null ? (
          <span class="not-stated">{words.notStated}</span>
        ) : (
          <data value={value} data-sum>
            {`${format.whole(value)} ${unit}`.trimEnd()}
          </data>
        )}
        {children}
      </dd>
    </div>
  )
}
