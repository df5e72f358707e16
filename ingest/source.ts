/** What came in since the start. */
export interface Counts {
  readonly messages: number
  readonly readings: number
  /** Records in quarantine: one for each message and reason. */
  readonly quarantined: number
}

/** Where messages come from: the embedded broker, or a subscription to an external one. */
export interface ReadingSource {
  /** `mqtt://host:port`, without credentials. */
  readonly url: string
  readonly kind: 'embedded' | 'external'
  readonly counts: Counts
  /** Resolves when it first takes readings: what is published before that is nobody's. */
  readonly listening: Promise<void>
  /** `error` is one sentence for a person, and there only while it is not ok. */
  state(): { readonly ok: boolean; readonly error?: string }
  /** Ends within about two seconds. What was not acknowledged comes again from whoever sent it. */
  close(): Promise<void>
}
