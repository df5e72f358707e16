import { useEffect, useState } from 'preact/hooks'

/** What the page shows, by its address. */
export type View =
  | { readonly name: 'overview' }
  | {
      readonly name: 'lineage'
      readonly indicator: string
      readonly scope: string
      readonly period: string
      /** The branch that is open, with all above it. */
      readonly at: string
    }
  | { readonly name: 'report'; readonly year: number; readonly boundary: string | undefined }
  /** `at`: the alert that is open; empty for the first. */
  | { readonly name: 'alerts'; readonly at: string }
  | { readonly name: 'subscriptions' }
  | { readonly name: 'target'; readonly id: string }
  /** `utility` and `day` as the reader chose them; undefined for what the view begins with. */
  | {
      readonly name: 'site'
      readonly id: string
      readonly utility: string | undefined
      readonly day: string | undefined
    }
  | { readonly name: 'meter'; readonly id: string; readonly day: string | undefined }
  /** The utility that is chosen, and the site and month whose meters are shown; undefined for none. */
  | {
      readonly name: 'quality'
      readonly utility: string | undefined
      readonly of: string | undefined
      readonly month: string | undefined
    }
  /** `at`: the part that is shown; empty for the first. */
  | { readonly name: 'organisation'; readonly at: string }
  /** `at`: the figure that is explained; empty for all. */
  | { readonly name: 'help'; readonly at: string }

export type Figure = Pick<Extract<View, { name: 'lineage' }>, 'indicator' | 'scope' | 'period'> & {
  readonly at?: string
}

export function viewOf({ pathname, search }: Pick<Location, 'pathname' | 'search'>): View {
  const asked = new URLSearchParams(search)
  const [, year] = /\/reports\/(\d{4})$/.exec(pathname) ?? []
  if (year !== undefined)
    return { name: 'report', year: Number(year), boundary: asked.get('boundary') ?? undefined }
  const alert = asked.get('alerts')
  if (alert !== null) return { name: 'alerts', at: alert }
  if (asked.has('subscriptions')) return { name: 'subscriptions' }
  const target = asked.get('target')
  if (target !== null) return { name: 'target', id: target }
  const day = asked.get('day') ?? undefined
  const site = asked.get('site')
  if (site !== null) return { name: 'site', id: site, utility: asked.get('utility') ?? undefined, day }
  const meter = asked.get('meter')
  if (meter !== null) return { name: 'meter', id: meter, day }
  if (asked.has('quality')) {
    return {
      name: 'quality',
      utility: asked.get('utility') ?? undefined,
      of: asked.get('of') ?? undefined,
      month: asked.get('month') ?? undefined,
    }
  }
  const part = asked.get('organisation')
  if (part !== null) return { name: 'organisation', at: part }
  const help = asked.get('help')
  if (help !== null) return { name: 'help', at: help }
  const indicator = asked.get('lineage')
  const scope = asked.get('scope')
  const period = asked.get('period')
  if (indicator === null || scope === null || period === null) return { name: 'overview' }
  return { name: 'lineage', indicator, scope, period, at: asked.get('at') ?? '' }
}

/** The view of the address that the window is at; follows back and forward. */
export function useView(): View {
  const [view, setView] = useState(() => viewOf(location))
  useEffect(() => {
    const follow = () => setView(viewOf(location))
    addEventListener('popstate', follow)
    return () => removeEventListener('popstate', follow)
  }, [])
  return view
}

export function overviewHref(): string {
  return `./${query({})}`
}

export function lineageHref({ indicator, scope, period, at }: Figure): string {
  return `./${query({ lineage: indicator, scope, period, ...(at !== undefined && { at }) })}`
}

export function alertsHref(at = ''): string {
  return `./${query({ alerts: at })}`
}

export function subscriptionsHref(): string {
  return `./${query({ subscriptions: '' })}`
}

export function targetHref(id: string): string {
  return `./${query({ target: id })}`
}

export function siteHref(
  id: string,
  chosen: { readonly utility?: string; readonly day?: string } = {},
): string {
  return `./${query({ site: id, ...chosen })}`
}

export function meterHref(id: string, day?: string): string {
  return `./${query({ meter: id, ...(day !== undefined && { day }) })}`
}

export function qualityHref(
  chosen: { readonly utility?: string; readonly of?: string; readonly month?: string } = {},
): string {
  return `./${query({ quality: '', ...chosen })}`
}

export function organisationHref(at = ''): string {
  return `./${query({ organisation: at })}`
}

export function helpHref(at = ''): string {
  return `./${query({ help: at })}`
}

export function reportHref(year: number, boundary?: string): string {
  return `./reports/${year}${query(boundary === undefined ? {} : { boundary })}`
}

/** Puts what the reader chose into the address, so that it can be shared; back leads past it. */
export function keepInAddress(href: string): void {
  history.replaceState(null, '', href)
  dispatchEvent(new PopStateEvent('popstate'))
}

/** Follows a link within this document; whatever asks for a new tab or leaves the document is the browser's. */
export function follow(event: MouseEvent): void {
  const { href } = event.currentTarget as HTMLAnchorElement
  const to = new URL(href)
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return
  if (to.pathname !== location.pathname) return
  event.preventDefault()
  history.pushState(null, '', to)
  dispatchEvent(new PopStateEvent('popstate'))
  scrollTo(0, 0)
}

/** A language that the address names goes along. */
function query(fields: Readonly<Record<string, string>>): string {
  const lang = new URLSearchParams(location.search).get('lang')
  const all = new URLSearchParams({ ...fields, ...(lang !== null && { lang }) })
  // Colons and commas may stand in a query, and read better; so does a field without a value.
  const text = all
    .toString()
    .replaceAll('%3A', ':')
    .replaceAll('%2C', ',')
    .replace(/=(?=&|$)/, '')
  return text === '' ? '' : `?${text}`
}
