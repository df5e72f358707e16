import { type Notice, severities } from '../core/alert.ts'
import { costText, timeText } from './figures.ts'
import type { Letter } from './letter.ts'
import { alertsLink } from './links.ts'
import { messageWords } from './words.ts'

/** So many alerts are spelt out in a message, and so many of one group while others want room as well. */
const LINES = 20
const LINES_OF_GROUP = 5
const GROUPS = 15

/** What a message says, for a channel to set. */
export interface Message {
  /** One line. */
  readonly subject: string
  /** Sentences before the groups; there are none of a test or of a summary. */
  readonly intro: string
  readonly groups: readonly MessageGroup[]
  /** Says how many alerts are not spelt out; null where all are. */
  readonly further: string | null
  readonly link: string
}

/** Alerts of one rule at one site. */
export interface MessageGroup {
  readonly title: string
  readonly count: number
  readonly lines: readonly MessageLine[]
}

export interface MessageLine {
  readonly notice: Notice
  /** "Critical · New", in words. */
  readonly mark: string
  readonly text: string
  /** From when, and to when where it is over. */
  readonly time: string
  /** What it has cost so far; null where that cannot be told. */
  readonly cost: string | null
  readonly advice: string
  readonly link: string
}

/** Sets a message in the subscriber's language: the gravest groups first, no more lines than can be read. */
export function messageOf(letter: Letter, maxLines = LINES): Message {
  const { delivery, subscription, pageUrl } = letter
  const words = messageWords[subscription.lang]
  const link = alertsLink(pageUrl)
  if (delivery.kind === 'test')
    return { subject: words.test, intro: words.testBody(subscription.name), groups: [], further: null, link }
  const notices = latestOfEach(delivery.notices)
  const total = notices.length + delivery.more
  const groups = grouped(notices, letter, maxLines)
  if (delivery.kind === 'summary') {
    // Of what was beyond the cap only the counts: whoever wanted few messages wants them short.
    const counts = groups.map((group) => ({ ...group, lines: [] }))
    const elsewhere = total - groups.reduce((sum, group) => sum + group.count, 0)
    const further = elsewhere > 0 ? words.further(elsewhere) : null
    return { subject: words.summary(total), intro: '', groups: counts, further, link }
  }
  const left = total - groups.reduce((sum, group) => sum + group.lines.length, 0)
  const [only] = groups[0]?.lines ?? []
  const subject =
    notices.length === 1 && only !== undefined
      ? `[${only.mark}] ${groups[0]?.title.split(' · ')[0]}: ${only.text}`
      : words.several(countsOf(notices), new Set(notices.map(({ alert }) => alert.site)).size)
  return { subject, intro: '', groups, further: left > 0 ? words.further(left) : null, link }
}

/** A message with as many alerts spelt out as a channel has room for; the others are counted in it. */
export function fittingMessage<T>(
  letter: Letter,
  render: (message: Message) => T,
  fits: (set: T) => boolean,
): T {
  for (const lines of [LINES, 12, 8, 5, 3, 2, 1]) {
    const set = render(messageOf(letter, lines))
    if (fits(set)) return set
  }
  return render(messageOf(letter, 0))
}

/** Of an alert that ended and began anew only how it stands. */
function latestOfEach(notices: readonly Notice[]): Notice[] {
  return [...new Map(notices.map((notice) => [notice.alert.id, notice])).values()]
}

function countsOf(notices: readonly Notice[]) {
  const of = (kind: Notice['kind']) => notices.filter((notice) => notice.kind === kind).length
  return { begun: of('firing'), lasting: of('reminder'), ended: of('resolved') }
}

function grouped(notices: readonly Notice[], letter: Letter, maxLines: number): MessageGroup[] {
  const { lang } = letter.subscription
  const byGroup = new Map<string, Notice[]>()
  for (const notice of notices) {
    const key = `${notice.alert.site ?? ''}|${notice.alert.rule}`
    const group = byGroup.get(key)
    if (group === undefined) byGroup.set(key, [notice])
    else group.push(notice)
  }
  const sorted = [...byGroup.values()].sort((a, b) => gravity(b) - gravity(a) || b.length - a.length)
  const perGroup = sorted.length === 1 ? maxLines : LINES_OF_GROUP
  let room = maxLines
  return sorted.slice(0, GROUPS).map((group) => {
    const shown = group.toSorted((a, b) => rank(b) - rank(a)).slice(0, Math.min(room, perGroup))
    room -= shown.length
    const { site, rule } = (group[0] as Notice).alert
    const where = site === null ? messageWords[lang].nowhere : letter.names.site(site, lang)
    const title = `${where} · ${letter.names.rule(rule, lang)}`
    return { title, count: group.length, lines: shown.map((notice) => lineOf(notice, letter)) }
  })
}

function gravity(notices: readonly Notice[]): number {
  return Math.max(...notices.map(rank))
}

/** What is over comes after all that is not. */
function rank({ kind, alert }: Notice): number {
  return severities.indexOf(alert.severity) + (kind === 'resolved' ? 0 : severities.length)
}

function lineOf(notice: Notice, { subscription, pageUrl }: Letter): MessageLine {
  const { lang, zone } = subscription
  const { alert, kind } = notice
  const words = messageWords[lang]
  const marks = [words.severities[alert.severity], words.kinds[kind]]
  if (alert.flapping) marks.push(words.flapping)
  const until = alert.resolvedAt === null ? '' : ` ${words.until} ${timeText(alert.resolvedAt, zone, lang)}`
  return {
    notice,
    mark: marks.join(' · '),
    text: alert.summary[lang],
    time: `${words.since} ${timeText(alert.since, zone, lang)}${until}`,
    cost: costText(alert.cost, lang),
    advice: alert.advice[lang],
    link: alertsLink(pageUrl, alert.id),
  }
}
