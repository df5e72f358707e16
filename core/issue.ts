/** Why a piece of bad data could not be taken. Bad data is a value, never thrown. */
export interface Issue {
  /** Stable, kebab-case; scripts and the page key on it. */
  readonly code: IssueCode
  /** One sentence for a person: what was wrong, and what is accepted. */
  readonly message: string
}

export const issueCodes = [
  'unknown-topic',
  'unknown-meter',
  'not-a-reading-meter',
  'not-json',
  'not-a-reading',
  'no-time',
  'time-without-zone',
  'impossible-time',
  'time-ahead',
  'time-too-old',
  'no-number',
  'not-finite',
  'unknown-unit',
  'unit-does-not-convert',
  'too-large',
  'too-many-readings',
  'store-refused',
] as const
export type IssueCode = (typeof issueCodes)[number]

export function issue(code: IssueCode, message: string): Issue {
  return { code, message }
}
