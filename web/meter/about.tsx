import type { ComponentChildren } from 'preact'
import type { MeterRow, SitesAnswer } from '../answers.ts'
import { useLocale } from '../i18n.ts'
import { useLive } from '../live.ts'
import { follow, meterHref, siteHref } from '../route.ts'
import { useWords } from './words.ts'

interface Props {
  meter: MeterRow
  meters: readonly MeterRow[]
  site: SitesAnswer['rows'][number]
}

/** What the meter is: its last reading, where it stands and hangs, and how its readings are read. */
export function About({ meter, meters, site }: Props) {
  const { format, nameOf } = useLocale()
  const words = useWords()
  const fresh = useLive().latest.find((one) => one.meter === meter.id)
  const last = fresh !== undefined && fresh.at > (meter.last?.at ?? '') ? fresh : meter.last
  const parent = meters.find(({ id }) => id === meter.parent)
  const children = meters.filter((one) => one.parent === meter.id)
  const area = site.areas.find(({ id }) => id === meter.area)
  const parts = partsOf(meter, meters)
  const limits = [
    [words.atMost, meter.limitPerHour] as const,
    [words.never, meter.minimumPerHour] as const,
  ].flatMap(([said, value]) => (value === null ? [] : [{ said, value }]))
  const inUse = [
    meter.from !== null && words.from(format.day(meter.from, 'long')),
    meter.to !== null && words.until(format.day(meter.to, 'long')),
  ].filter((one) => one !== false)
  return (
    <section class="card meter-about" aria-labelledby="about-title">
      <h2 id="about-title">{words.about}</h2>
      <dl class="facts">
        {meter.kind !== 'virtual' && (
          <Fact term={words.last}>
            {last === null ? (
              words.lastNone
            ) : (
              <>
                <b>
                  <data value={last.value}>{format.exact(last.value, last.unit)}</data>
                </b>
                <small>
                  <time dateTime={last.at}>{format.minute(last.at, site.zone)}</time>
                </small>
              </>
            )}
          </Fact>
        )}
        <Fact term={words.site}>
          <a href={siteHref(site.id)} onClick={follow}>
            {nameOf(site.name)}
          </a>
        </Fact>
        {area !== undefined && <Fact term={words.area}>{nameOf(area.name)}</Fact>}
        {meter.use !== null && <Fact term={words.use}>{words.uses[meter.use] ?? meter.use}</Fact>}
        {parent !== undefined && (
          <Fact term={words.parent}>
            <MeterLinks of={[parent]} />
          </Fact>
        )}
        {children.length > 0 && (
          <Fact term={words.children}>
            <MeterLinks of={children} />
          </Fact>
        )}
        {meter.formula !== null && (
          <Fact term={words.formula}>
            <code>{meter.formula}</code>
          </Fact>
        )}
        {parts.length > 0 && (
          <Fact term={words.parts}>
            <MeterLinks of={parts} />
          </Fact>
        )}
        {meter.readingUnit !== null && (
          <Fact term={meter.kind === 'register' ? words.register : words.gauge}>
            {format.unit(meter.readingUnit)}
            {meter.multiplier !== null && meter.multiplier !== 1 && (
              <> {words.multiplier(format.exact(meter.multiplier, ''))}</>
            )}
            <small>
              {meter.maxGap !== null && words.gap(format.lasting(lengthOf(meter.maxGap)))}
              {meter.kind === 'register' &&
                (meter.digits === null ? words.digitsUnknown : words.digits(meter.digits))}
            </small>
          </Fact>
        )}
        {limits.length > 0 && (
          <Fact term={words.limits}>
            {limits.map(({ said, value }) => (
              <data key={said} value={value} class="line-of">
                {said(format.exact(value, meter.unit))}
              </data>
            ))}
          </Fact>
        )}
        {inUse.length > 0 && <Fact term={words.inUse}>{inUse.join(' ')}</Fact>}
        {meter.topic !== null && (
          <Fact term={words.topic}>
            <code>{meter.topic}</code>
          </Fact>
        )}
      </dl>
    </section>
  )
}

function Fact({ term, children }: { term: string; children: ComponentChildren }) {
  return (
    <div>
      <dt>{term}</dt>
      <dd>{children}</dd>
    </div>
  )
}

function MeterLinks({ of }: { of: readonly MeterRow[] }) {
  const { nameOf } = useLocale()
  return (
    <>
      {of.map(({ id, name }) => (
        <a key={id} class="line-of" href={meterHref(id)} title={id} onClick={follow}>
          {nameOf(name)}
        </a>
      ))}
    </>
  )
}

/** The meters that a formula names, in its order. */
function partsOf({ formula }: MeterRow, meters: readonly MeterRow[]): MeterRow[] {
  const names = new Set(formula?.split(/[^\w.-]+/))
  return [...names].flatMap((name) => meters.find(({ id }) => id === name) ?? [])
}

/** Milliseconds of an ISO 8601 duration as the API gives it. */
function lengthOf(duration: string): number {
  const [, days, hours, minutes, seconds] =
    /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/.exec(duration) ?? []
  const [d = 0, h = 0, m = 0, s = 0] = [days, hours, minutes, seconds].map((part) => Number(part ?? 0))
  return (((d * 24 + h) * 60 + m) * 60 + s) * 1000
}
