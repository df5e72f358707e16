/** What the page says of today against a typical day, in English. */
export const typical = {
  title: 'Today against a typical day',
  of: (what: string, scope: string) => `${what} · ${scope}`,
  soFar: (clock: string) => `today up to ${clock}`,
  usual: (amount: string, days: string) => `usual by then: ${amount} on ${days}`,
  classes: { workday: 'a workday', restday: 'a day of rest' },
  above: (percent: string, amount: string) => `${percent} above the usual (+${amount})`,
  below: (percent: string, amount: string) => `${percent} below the usual (−${amount})`,
  same: 'as usual',
  left: (n: number) =>
    n === 1
      ? '1 hour is left out: it lacks data or is estimated'
      : `${n} hours are left out: they lack data or are estimated`,
  noHour: 'No hour of today is complete yet.',
  noHistory: 'There is not enough history to say what is usual by now.',
  severalZones: 'Its sites go by several clocks, so it has no typical day. Choose a site.',
  chart: (what: string, day: string) => `${what} by the hour, ${day}, before what is usual`,
  legend: {
    hour: 'Hour of today',
    running: 'Still running',
    band: 'Eight of ten such days',
    mean: 'Mean of such days',
  },
  tip: {
    usual: (amount: string) => `usual ${amount}`,
    band: (low: string, high: string) => `${low} – ${high}`,
    toCome: 'to come',
    noData: 'no data',
  },
  method: 'How it is made',
  clock: (hour: number) => `${String(hour).padStart(2, '0')}:00`,
}

export type TypicalText = typeof typical
