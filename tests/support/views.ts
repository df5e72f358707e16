/** A view of the page over the demo organisation: what is walked by tests, measured, and taken as pictures. */
export interface DemoView {
  readonly name: string
  /** Below the page's own address, without a language. */
  readonly path: string
}

const last = new Date().getFullYear() - 1

/** Every view once. A new one needs a line here, and is checked, measured and pictured from then on. */
export const demoViews: readonly DemoView[] = [
  { name: 'overview', path: '' },
  { name: 'site', path: '?site=science-park' },
  { name: 'meter', path: '?meter=park-e-in' },
  { name: 'target', path: '?target=energy-per-employee-2026' },
  {
    name: 'lineage',
    path: `?lineage=energy-per-employee&scope=boundary:own-offices&period=${last}&at=numerator,energy-indirect,electricity-bought-energy,site:science-park,park-e-in`,
  },
  { name: 'report', path: `reports/${last}?boundary=own-offices` },
  { name: 'alerts', path: '?alerts' },
  { name: 'subscriptions', path: '?subscriptions' },
  { name: 'quality', path: '?quality' },
  { name: 'organisation', path: '?organisation' },
  { name: 'help', path: '?help' },
]

/** The address of a view in a language. */
export function addressOf(http: string, { path }: DemoView, lang: 'en' | 'zh' = 'en'): string {
  return `${http}/${path}${path.includes('?') ? '&' : '?'}lang=${lang}`
}
