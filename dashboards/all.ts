import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard'
import { alerts } from './alerts.ts'
import { campus } from './campus.ts'
import { carbon } from './carbon.ts'
import { dataCentre } from './data-centre.ts'
import { dataQuality } from './data-quality.ts'
import { factory } from './factory.ts'
import type { Language } from './kit/language.ts'
import { meter } from './meter.ts'
import { operations } from './operations.ts'
import { organisation } from './organisation.ts'
import { site } from './site.ts'
import { water } from './water.ts'

/** Every dashboard by its name, in the order of docs/dashboards.md. */
export const dashboards: Readonly<Record<string, (lang: Language) => Dashboard>> = {
  organisation,
  site,
  meter,
  campus,
  'data-centre': dataCentre,
  factory,
  water,
  carbon,
  'data-quality': dataQuality,
  alerts,
  operations,
}
