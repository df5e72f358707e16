import type { SitesAnswer, SubscriptionRow } from '../answers.ts'
import type { Locale } from '../i18n.ts'
import type { Words } from './words.ts'

/** Which alerts a subscription is of, in a line. */
export function ofWords(
  { of }: Pick<SubscriptionRow, 'of'>,
  sites: SitesAnswer | undefined,
  { text, nameOf }: Locale,
  words: Words,
): string {
  const siteName = (id: string) => {
    const site = sites?.rows.find((one) => one.id === id)
    return site === undefined ? id : nameOf(site.name)
  }
  const utilities: Record<string, string> = text.utilities
  return [
    words.severitiesFrom[of.severity ?? 'info'],
    of.sites === undefined ? words.allSites : of.sites.map(siteName).join(', '),
    ...(of.utilities === undefined ? [] : [of.utilities.map((one) => utilities[one] ?? one).join(', ')]),
    ...(of.rules === undefined ? [] : [of.rules.join(', ')]),
  ].join(' · ')
}

/** When it hears, in a line. */
export function scheduleWords(
  { when, at, zone, quiet, capPerHour, lang }: SubscriptionRow,
  { format }: Locale,
  words: Words,
): string {
  const schedule = words.schedules[when]
  return [
    when === 'daily' && at !== undefined ? words.digestAt(schedule, at, format.place(zone)) : schedule,
    ...(quiet === undefined ? [] : [words.quietSaid(quiet.from, quiet.to)]),
    words.capSaid(format.whole(capPerHour)),
    lang === 'zh' ? '中文' : 'English',
  ].join(' · ')
}
