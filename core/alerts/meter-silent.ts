import type { Pause, Words } from '../alert.ts'
import type { Rule } from '../alert-rules.ts'
import { ruleOf } from '../meter-rule.ts'
import type { Observation } from '../observation.ts'
import { nameIn } from '../organisation.ts'
import type { MeterEntry, SiteEntry } from '../organisation-index.ts'
import { holds, outagesOf } from '../pause.ts'
import { HOUR_MS } from '../window.ts'

/** From how many meters on a site that is wholly silent is told as one. */
const TOGETHER = 3
/** Where one meter is silent, those that have not sent for this share of its limit are silent with it. */
const WITH_IT = 0.5

/** A meter and when it last sent; undefined where it never has. */
export interface Heard {
  readonly entry: MeterEntry
  readonly last: number | undefined
}

interface Silence extends Heard {
  /** Milliseconds without a word that nobody planned; null where that says nothing. */
  readonly ms: number | null
  readonly since: number
}

/**
 * Silent meters: `above` hours without a reading. A meter that never sent is being installed, and one that is not
 * in use may be silent; what falls into a planned outage does not count, and the time begins anew after it.
 * Where all meters of a site are silent, or of all sites, that is one alert: their own are held meanwhile.
 */
export function silentMeters(
  rule: Rule,
  heard: readonly Heard[],
  pauses: readonly Pause[],
  now: number,
): Observation[] {
  const silences = heard.map((one) => silenceOf(one, pauses, now))
  const limit = (rule.above as number) * HOUR_MS
  const sites = new Map<string, Silence[]>()
  for (const one of silences) {
    const list = sites.get(one.entry.site.id)
    if (list === undefined) sites.set(one.entry.site.id, [one])
    else list.push(one)
  }
  const silent = new Map([...sites].map(([id, list]) => [id, together(list, limit)]))
  const expected = [...silent.values()].filter((one) => one !== null)
  const all = expected.length >= 2 && expected.every(Boolean)
  return [
    theInstallation(rule, silences, all, expected.length, now),
    ...[...sites].map(([id, list]) => theSite(rule, list, silent.get(id) ?? null, all, now)),
    ...silences.map((one) => theMeter(rule, one, silent.get(one.entry.site.id) === true, now)),
  ]
}

function silenceOf({ entry, last }: Heard, pauses: readonly Pause[], now: number): Silence {
  const rule = ruleOf(entry.meter, entry.calendar)
  const none = { entry, last, ms: null, since: last ?? now }
  if (last === undefined || rule === undefined || now < rule.usedFrom || now >= rule.usedTo) return none
  const outages = outagesOf(pauses, entry.site.id, entry.meter.id)
  if (outages.some((outage) => holds(outage, now))) return none
  const over = outages
    .filter(({ to }) => to <= now)
    .map(({ from, to }) => (from <= now && to > last ? to : last))
  const since = Math.max(last, rule.usedFrom, ...over)
  return { entry, last, ms: Math.max(0, now - since), since }
}

/** Whether all meters of a site that should be heard are silent; null where too few should. */
function together(list: readonly Silence[], limit: number): boolean | null {
  const expected = list.filter(({ ms }) => ms !== null)
  if (expected.length < TOGETHER) return null
  return (
    expected.every(({ ms }) => (ms as number) > limit * WITH_IT) &&
    expected.some(({ ms }) => (ms as number) > limit)
  )
}

function theMeter(rule: Rule, { entry, ms, since }: Silence, covered: boolean, now: number): Observation {
  const limit = rule.above as number
  const hours = ms === null ? null : ms / HOUR_MS
  const seen =
    hours === null || (covered && hours > limit * WITH_IT) ? 'unknown' : hours > limit ? 'breach' : 'clear'
  const { meter, site } = entry
  const named = (lang: 'en' | 'zh') => `${nameIn(lang, meter)} (${meter.id}, ${nameIn(lang, site)})`
  return {
    subject: `meter:${meter.id}`,
    site: site.id,
    utility: meter.utility,
    seen,
    at: now,
    since,
    value: hours,
    limit,
    unit: 'h',
    summary: {
      en: `${named('en')} has sent nothing for ${told(hours)} h.`,
      zh: `${named('zh')}已 ${told(hours)} 小时没有上报数据。`,
    },
    advice: {
      en: 'Look whether the device has power and its gateway a connection; if the work was planned, enter it as a planned outage.',
      zh: '请检查表计供电及网关连接；若属计划停电，请登记为计划停机。',
    },
    cost: {},
  }
}

function theSite(
  rule: Rule,
  list: readonly Silence[],
  silent: boolean | null,
  all: boolean,
  now: number,
): Observation {
  const { site } = (list[0] as Silence).entry as SiteEntry
  const summary = (hours: number | null) => ({
    en: `None of the ${list.length} meters of ${nameIn('en', site)} has sent anything for ${told(hours)} h.`,
    zh: `${nameIn('zh', site)}的 ${list.length} 块表计均已 ${told(hours)} 小时没有上报数据。`,
  })
  const seen = silent === null || (all && silent) ? 'unknown' : silent ? 'breach' : 'clear'
  return { ...group(rule, list, now, summary), subject: `site:${site.id}`, site: site.id, seen }
}

function theInstallation(
  rule: Rule,
  list: readonly Silence[],
  all: boolean,
  sites: number,
  now: number,
): Observation {
  const summary = (hours: number | null) => ({
    en: `No meter of any site has sent anything for ${told(hours)} h: ${list.length} meters at ${sites} sites.`,
    zh: `所有站点的表计均已 ${told(hours)} 小时没有上报数据：${sites} 个站点共 ${list.length} 块。`,
  })
  return {
    ...group(rule, list, now, summary),
    subject: 'installation',
    site: null,
    seen: all ? 'breach' : 'clear',
  }
}

/** What is true of several meters is true since the last of them was heard. */
function group(
  rule: Rule,
  list: readonly Silence[],
  now: number,
  summary: (hours: number | null) => Words,
): Omit<Observation, 'subject' | 'site' | 'seen'> {
  const expected = list.filter(({ ms }) => ms !== null)
  const since = expected.length === 0 ? now : Math.max(...expected.map((one) => one.since))
  const hours = expected.length === 0 ? null : (now - since) / HOUR_MS
  return {
    utility: null,
    at: now,
    since,
    value: hours,
    limit: rule.above,
    unit: 'h',
    summary: summary(hours),
    advice: {
      en: 'Look at what they share: the network of the site, its gateway, the broker and the address that the devices send to.',
      zh: '请检查它们共用的部分：站点网络、网关、消息服务器及设备的上报地址。',
    },
    cost: {},
  }
}

function told(hours: number | null): string {
  return hours === null ? '–' : hours.toFixed(hours < 10 ? 1 : 0)
}
