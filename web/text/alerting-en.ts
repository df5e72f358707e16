/** What the page says of alerts everywhere, in English. */
export const alerting = {
  alerts: 'Alerts',
  severities: { info: 'Note', warning: 'Warning', critical: 'Critical' },
  /** In the overview's line. */
  now: 'What fires now',
  quiet: 'All quiet: no alert is open.',
  seen: (n: string) => `${n} seen to`,
  since: (ago: string) => `since ${ago}`,
  all: 'All alerts',
}
