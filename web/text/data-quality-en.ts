type Reason = readonly [title: string, todo: string]

/** What the page says of how well everything is known, in English. */
export const dataQuality = {
  title: 'Data quality',
  headlineWaiting: (year: number) => `How well each of the sites is known in ${year}, so far`,
  headline: (sound: string, all: string, year: number): [string, string] => [
    `${sound} of ${all}`,
    ` sites are known well enough in ${year}`,
  ],
  rule: 'In every utility at least 95 % of the time is covered and at most 10 % is estimated. Of a site that is not, the figures stand, but no target is judged by them.',
  first: 'Repair first:',
  firstNone: 'Nothing has to be repaired.',
  and: '; ',

  tiles: {
    silent: 'Silent meters',
    low: 'Below 95 % covered',
    estimated: 'Above 10 % estimated',
    suspect: 'With suspect days',
    refused: 'In quarantine',
    conflicts: 'Conflicts',
  },
  ofMeters: (n: string) => `of ${n} meters`,
  thisYear: (year: number) => `meters in ${year}`,
  messages: 'refused messages',
  lastDays: 'in 31 days',

  matrix: 'How much is known',
  cells: 'Sites by spans',
  matrixNote:
    'Covered share in per cent; below, what of it is estimated. Choose a month of a site to see its meters day by day.',
  matrixNoteAll:
    'Covered share of the year in per cent; below, what of it is estimated. Choose a utility to see its months.',
  all: 'All',
  scope: 'Site',
  year: 'Year',
  cell: (covered: string, estimated: string) => `${covered} covered, ${estimated} estimated`,
  cellOf: (scope: string, span: string) => `${scope}, ${span}: `,
  estimatedShort: (percent: string) => `◇ ${percent}`,
  looks: {
    whole: 'Whole',
    nearly: 'At least 95 %',
    low: 'Below 95 %',
    guessed: 'Above 10 % estimated',
    none: 'Not metered, or to come',
  },
  noUtility: 'Nothing is metered here yet.',

  detail: (site: string, month: string) => `${site}, ${month}: the meters day by day`,
  detailDay: (meter: string, day: string, known: string) => `${meter}, ${day}: ${known}`,
  close: 'Close',
  dayKnown: (quality: string, covered: string) => `${quality}, ${covered} covered`,

  attention: 'Meters that need attention',
  attentionNote: 'Worst first: silent ones, then what lacks, what is estimated, what is suspect.',
  attentionNone: 'No meter needs attention: all are heard, and this year lacks nothing.',
  never: 'never heard',
  silentSince: (ago: string) => `silent, last heard ${ago}`,
  covered: (percent: string) => `${percent} covered`,
  incomplete: (days: string) => `${days} incomplete`,
  estimated: (percent: string) => `${percent} estimated`,
  estimatedDays: (days: string) => `${days} estimated`,
  suspectDays: (days: string) => `${days} suspect`,
  conflicts: (n: number) => (n === 1 ? '1 conflict' : `${n} conflicts`),
  lookAt: (day: string) => `Look at ${day}`,
  lookAtMeter: 'Look at the meter',
  showAll: (n: string) => `Show all ${n}`,
  daysBar: (parts: string) => `Days of this year: ${parts}`,

  quarantine: 'Quarantine',
  quarantineNote: 'Messages that could not be taken. They are acknowledged and kept, none of them is lost.',
  quarantineNone: 'Nothing is in quarantine: every message that came could be taken.',
  reasonsOf: 'Reasons',
  every: 'All reasons',
  more: 'Show more',
  shown: (n: string) => `${n} shown`,
  reasons: {
    'unknown-topic': [
      'Unknown topic',
      'Publish to facility/<site>/<meter>/reading, or let the device be quiet.',
    ],
    'unknown-meter': [
      'Unknown meter',
      'Add the meter to organisation.yaml, or correct site and meter in the topic.',
    ],
    'not-a-reading-meter': [
      'Meter without readings',
      'A virtual meter is reckoned: send to the meters of its formula.',
    ],
    'not-json': [
      'No JSON',
      'Send a JSON object or an array of them; often the payload was cut or is plain text.',
    ],
    'not-a-reading': ['No reading', 'Send {"at", "value", "unit"}; see the payload for what came instead.'],
    'no-time': ['No time', 'Add "at" with a zone, or epoch milliseconds.'],
    'time-without-zone': ['Time without a zone', 'Let the device add Z or an offset such as +08:00 to "at".'],
    'impossible-time': ['Impossible time', 'Check how the device writes its time: there is no such instant.'],
    'time-ahead': ['Time ahead', 'Set the device’s clock: its time is more than 10 minutes ahead.'],
    'time-too-old': [
      'Time too old',
      'Set the device’s clock; often it sends seconds instead of milliseconds.',
    ],
    'no-number': ['No number', 'Send "value" as a JSON number, without quotes or unit.'],
    'not-finite': ['Number too large', 'No meter counts that far: the device sends an error value.'],
    'unknown-unit': [
      'Unknown unit',
      'Correct the unit’s spelling, or leave it out: then it is the meter’s own.',
    ],
    'unit-does-not-convert': [
      'Unit does not fit',
      'Correct the unit in the device or in organisation.yaml; perhaps the topic is another meter’s.',
    ],
    'too-large': ['Too large', 'Send the readings in smaller messages.'],
    'too-many-readings': ['Too many readings', 'Send at most 10,000 readings in one message.'],
    'store-refused': [
      'Refused by the store',
      'The reason is the store’s own; see the operations guide for InfluxDB.',
    ],
  } as Record<string, Reason>,
}
