/** What came of an attempt to deliver. */
export type Outcome =
  | { readonly kind: 'delivered' }
  /** It may go better soon: nobody answers, or asks for patience. */
  | { readonly kind: 'later'; readonly reason: string; readonly afterMs?: number }
  /** The receiver does not let us in, until somebody changes something there or here. */
  | { readonly kind: 'barred'; readonly reason: string }
  /** This message will not be taken as it is. */
  | { readonly kind: 'refused'; readonly reason: string }
  /** The receiver wants nothing more, ever. */
  | { readonly kind: 'gone'; readonly reason: string }

/** A text that others have sent, fit to be shown in one line. */
export function excerpt(text: string, length = 200): string {
  const line = text.replace(/\s+/g, ' ').trim()
  return line.length > length ? `${line.slice(0, length)}…` : line
}
