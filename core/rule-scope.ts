import type { Rule } from './alert-rules.ts'
import type { Measurand, Utility } from './organisation.ts'
import type { MeterEntry, SiteEntry } from './organisation-index.ts'

/** Whether a rule is of a meter. */
export function heedsMeter(rule: Rule, { meter, site }: MeterEntry): boolean {
  const { meters } = rule.of
  return (meters === undefined || meters.includes(meter.id)) && heedsSite(rule, { site }, meter.utility)
}

/** Whether a rule is of a site, and of a utility there where one is named. */
export function heedsSite({ of }: Rule, { site }: Pick<SiteEntry, 'site'>, utility?: Measurand): boolean {
  return (
    (of.sites === undefined || of.sites.includes(site.id)) &&
    (of.utilities === undefined || utility === undefined || of.utilities.includes(utility as Utility))
  )
}
