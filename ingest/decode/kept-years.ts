import { type Calendar, dateOf, type Span } from '../../core/calendar.ts'
import { type Issue, issue } from '../../core/issue.ts'
import { forgettableYears, type KeepRule, keptSpans, nextTurn } from '../../core/retention.ts'

/** Which years of a zone readings are still taken of: what is no longer kept could not be recomputed. */
export class KeptYears {
  readonly #rule: KeepRule
  readonly #calendar: Calendar
  #spans: readonly Span[] = []
  #from = Number.NEGATIVE_INFINITY
  #until = Number.NEGATIVE_INFINITY

  constructor(rule: KeepRule, calendar: Calendar) {
    this.#rule = rule
    this.#calendar = calendar
  }

  /** Why a reading of an instant is not taken at `now`; undefined where it is. */
  refusal(at: number, now: number): Issue | undefined {
    if (now >= this.#until) this.#reckon(now)
    if (at >= this.#from || this.#spans.some(({ start, end }) => at >= start && at < end)) return undefined
    const [year, from] = [this.#dateAt(at).slice(0, 4), this.#dateAt(this.#from)]
    const older = this.#spans.slice(0, -1).map(({ start, end }) => {
      const [first, last] = [this.#dateAt(start).slice(0, 4), this.#dateAt(end - 1).slice(0, 4)]
      return first === last ? first : `${first} to ${last}`
    })
    const also = older.length === 0 ? '' : `, and of the baseline's ${older.join(', ')}`
    return issue(
      'time-too-old',
      `${new Date(at).toISOString()} lies in ${year}, which is no longer kept: by KEEP_READINGS=P${this.#rule.years}Y readings are taken from ${from} on${also}`,
    )
  }

  #reckon(now: number): void {
    this.#spans = keptSpans(forgettableYears(this.#rule, now), this.#calendar)
    this.#from = (this.#spans.at(-1) as Span).start
    this.#until = nextTurn(now)
  }

  #dateAt(instant: number): string {
    return dateOf(this.#calendar.dayAt(instant))
  }
}
