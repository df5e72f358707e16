/** What is wrong somewhere, for how long, and what has been done about it. */

/** From what may wait to what may not. */
export const severities = ['info', 'warning', 'critical'] as const
export type Severity = (typeof severities)[number]

/** A sentence or a name in both languages. */
export interface Words {
  readonly en: string
  readonly zh: string
}

/** Beyond what was to be expected, since it began. Null where it cannot be told; absent where it makes no sense. */
export interface Cost {
  readonly kWh?: number | null
  readonly m3?: number | null
  readonly tCO2e?: number | null
}

/** A span's course in equal steps, with the band it was expected in. */
export interface Course {
  readonly unit: string
  /** Start of the first step, epoch milliseconds. */
  readonly from: number
  readonly stepMs: number
  readonly values: readonly (number | null)[]
  readonly low?: readonly (number | null)[]
  readonly high?: readonly (number | null)[]
}

/** What an alert speaks of. */
export interface AlertSubject {
  /** Of the rule in `alerts.yaml`. */
  readonly rule: string
  /** A scope (`meter:…`, `site:…`, `boundary:…`), `target:<id>`, or `installation`. */
  readonly subject: string
  /** The site it belongs to; null where it concerns several or none. */
  readonly site: string | null
  readonly utility: string | null
}

export const alertStatuses = ['pending', 'firing', 'acknowledged', 'resolved'] as const
export type AlertStatus = (typeof alertStatuses)[number]

export interface Alert extends AlertSubject {
  /** The same for as long as it lasts, and after a restart. */
  readonly id: string
  readonly kind: string
  readonly severity: Severity
  readonly status: AlertStatus
  /** When what is wrong began, epoch milliseconds. */
  readonly since: number
  readonly firedAt: number | null
  readonly resolvedAt: number | null
  readonly acknowledged: { readonly by: string; readonly note: string; readonly at: number } | null
  /** It came and went so often that it is taken as one that lasts. */
  readonly flapping: boolean
  /** What is wrong, in a sentence with its figures. */
  readonly summary: Words
  /** What to look at first. */
  readonly advice: Words
  readonly value: number | null
  readonly limit: number | null
  readonly unit: string
  readonly cost: Cost
  readonly course?: Course
}

/** Where no notice goes out: of a silence nobody hears; of a planned outage no meter counts as silent. */
export interface Pause {
  readonly id: string
  readonly kind: 'silence' | 'planned-outage'
  /** What it holds for; what is left out holds for all. */
  readonly of: {
    readonly sites?: readonly string[]
    readonly meters?: readonly string[]
    readonly rules?: readonly string[]
    readonly alerts?: readonly string[]
  }
  /** Epoch milliseconds, half-open. */
  readonly from: number
  readonly to: number
  readonly by: string
  readonly note: string
  readonly enteredAt: number
}

/** Something that subscribers are to hear of an alert, once each. */
export interface Notice {
  /** Stable: `<alert>/<kind>/<number>`. */
  readonly id: string
  readonly kind: 'firing' | 'reminder' | 'resolved'
  /** Epoch milliseconds. */
  readonly at: number
  /** As it stood then. */
  readonly alert: Alert
}
