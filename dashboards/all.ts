import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard'
import { campus } from './campus.ts'
import { carbon } from './carbon.ts'
import { dataCentre } from './data-centre.ts'
import { factory } from './factory.ts'
import type { Language } from './kit/language.ts'
import { meter } from './meter.ts'
import { organisation } from './organisation.ts'
import { site } from './site.ts'

/** Every dashboard by its name, in the order of docs/dashboards.md. */
export const dashboards: Readonly<Record<string, (lang: Language) => Dashboard>> = {
  organisation,
  site,
  meter,
  campus,
  'data-centre': dataCentre,
  factory,
  carbon,
}
