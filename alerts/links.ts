/** Addresses that messages point to. `pageUrl` has no slash at its end. */

/** The list of alerts, or one of them. */
export function alertsLink(pageUrl: string, alert = ''): string {
  return `${pageUrl}/?alerts=${encodeURIComponent(alert)}`
}

/** Ends a subscription without a key: asks when it is opened, and does it by a POST (RFC 8058). */
export function unsubscribeLink(pageUrl: string, token: string): string {
  return `${pageUrl}/unsubscribe/${token}`
}
