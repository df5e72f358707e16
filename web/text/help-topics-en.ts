/** What the page says of its methods, in English. What is said here is what docs/methods.md and core/ do. */
export interface Topic {
  readonly title: string
  readonly group: 'page' | 'known' | 'sites' | 'figures' | 'targets' | 'reports' | 'alerts'
  readonly lead: string
  readonly formula?: string
  readonly points?: readonly string[]
  readonly standard?: string
  readonly nullWhere?: readonly string[]
  readonly example?: string
  /** Other topics, or indicators. */
  readonly see?: readonly string[]
}

export const topics = {
  start: {
    title: 'How to read the page',
    group: 'page',
    lead: 'Every figure is reckoned from readings and entries, and can be followed back to them.',
    points: [
      'A figure that is underlined under the pointer leads to what it is made of: numerator and denominator, sites, carriers, meters, months, days, readings.',
      'A dash is a figure that is not known. A click on it says why; it is never a zero.',
      'Marks beside a figure say how well it is known: ○ interpolated, ■ edited, ◇ estimated, ▲ suspect.',
      'What still runs, a day, month or year, is known only so far and says so.',
      'Every address can be shared: it opens the same figure, day or alert for somebody else.',
      'Lists and charts can be downloaded as CSV, with unrounded figures and their units.',
    ],
    see: ['coverage', 'quality', 'verdict', 'keys'],
  },
  keys: {
    title: 'By keys alone',
    group: 'page',
    lead: 'All that can be clicked can be reached with Tab and opened with Enter; the first Tab on the overview leads past the head of the page.',
    points: [
      'A chart by day: ← and → go from day to day, Enter looks into the day.',
      'A chart of months: ← and → go from month to month.',
      'The readings of a day: ← and → from reading to reading, ↑ and ↓ by the hour, the first press to the first that is in doubt; Enter shows what can be done.',
      'What a figure is made of: ↑ and ↓ from line to line, → opens, ← closes or goes to what the line hangs on, Home and End to the first and last.',
      'Escape closes what has opened over the page, and the place where you were has the focus again.',
    ],
    see: ['start'],
  },
  configuration: {
    title: 'Where the organisation is stated, and how it is changed',
    group: 'page',
    lead: 'Sites, meters, boundaries, targets, factors and alert rules stand in YAML files of the folder that WATTWELL_CONFIG names. They are read once, at the start.',
    points: [
      'organisation.yaml: sites with zone, grid and kind, areas with floor area, employees, revenue, meters, boundaries. Whatever changes over time is a list of values, each with the day that it holds from.',
      'targets.yaml: what is to be reached, of which boundary, from which baseline, with the source.',
      'factors.yaml: heat values, densities, coal equivalents, emission factors and warming potentials of your own. They go before those that come with wattwell.',
      'alerts.yaml: rules that are changed, added or switched off.',
      'wattwell check-config names file, line and field of what is not accepted; a wrong file stops the start. The figures that a change concerns are reckoned anew by themselves.',
      'Figures that no meter gives are no configuration: they are entered over the API or from a CSV file, with source and name, and stay in versions.',
    ],
    see: ['factors', 'denominators', 'entries'],
  },

  coverage: {
    title: 'Coverage',
    group: 'known',
    lead: 'The share of a span that lies between readings which could be joined; while the span runs, of the part that has elapsed.',
    formula: 'Coverage = covered time ÷ elapsed time of the span',
    points: [
      'The coverage of a sum is that of its worst meter: where one meter has nothing, the sum is unknown and not smaller.',
      'Every import, generation and export meter is expected in every span in which it is in use.',
      'An indicator needs 95 %. Consumption shows what is known even below that, with its coverage.',
    ],
    nullWhere: ['Of an indicator: below 95 %.', 'Of a consumption: at coverage 0.'],
    see: ['quality', 'gaps', 'verdict'],
  },
  quality: {
    title: 'Quality marks',
    group: 'known',
    lead: 'How an interval is known. A figure has the worst of all intervals that it is made of.',
    points: [
      'measured: known from readings.',
      '○ interpolated: a straight line over a short stretch, such as over a rejected reading; the total is certain.',
      '■ edited: somebody declared or entered it.',
      '◇ estimated: its course is estimated.',
      '▲ suspect: a lower bound, or something that no rule can decide.',
      'missing: a part of the span has no data. One hour without data makes its year missing; the coverage says how much that is.',
      '× rejected or excluded, of readings only: the rules do not count it, or somebody took it out.',
    ],
    see: ['coverage', 'estimated', 'spikes', 'events'],
  },
  zero: {
    title: 'Zero and missing',
    group: 'known',
    lead: 'A register that stands still has used 0. Where nothing was read nothing is known, and the figure is null with a reason.',
    points: [
      'Time after the last reading is not known until the next one comes.',
      'The same meter and instant counts once. Where two values came for one instant, the later arrival counts and both are kept.',
      'A reading that comes late changes just the hours, days, months and years that it touches, within seconds.',
    ],
    see: ['coverage', 'gaps'],
  },
  estimated: {
    title: 'Estimated share',
    group: 'known',
    lead: 'The part of a figure whose course between two certain faces, or whose total, was estimated.',
    formula: 'Estimated share = Σ estimated parts ÷ value',
    points: [
      'A span that holds a whole gap counts it as measured, since both faces are certain; a span that cuts it counts its share as estimated.',
      'A target gets no verdict where more than 10 % is estimated.',
    ],
    see: ['gaps', 'verdict'],
  },
  gaps: {
    title: 'Gaps and holes',
    group: 'known',
    lead: 'Between two faces of a register the total is certain and its course is not.',
    points: [
      'Up to two hours: straight from the rate before to the rate after, scaled to what the register counted; interpolated.',
      'Longer: each hour runs as the mean of the same local hour on like days (Monday to Friday, Saturday, Sunday) up to four weeks before, scaled to what the register counted; estimated.',
      'A hole, which no two faces bound, is filled by like days for up to seven days and stays estimated; a longer one is missing.',
      'The estimate is gone by itself when the real readings come.',
    ],
    example:
      'Three like days with 40, 50, 60; 44, 52, 66; 42, 54, 63 have the mean 42, 52, 63. The register counted 164.85: the hours are 44.1, 54.6 and 66.15.',
    see: ['estimated', 'zero'],
  },
  registers: {
    title: 'Registers, gauges and boundaries of spans',
    group: 'known',
    lead: 'A register has used the difference of its face times its multiplier; a gauge the area under the straight lines between its readings.',
    formula: 'Consumption = (face at the end − face at the beginning) × multiplier',
    points: [
      'Hours, days and years rarely begin at a reading: the face at the edge is taken from the line between the readings before and after, so the sum over any split of a span is the same.',
      'Days, months and years are the local ones of the site, with 23 and 25 hours where clocks change.',
    ],
    example: 'Read at 23:50 with 5,000 and at 00:20 with 5,030: 10 belong to the old day, 20 to the new one.',
    see: ['spikes', 'gaps'],
  },
  spikes: {
    title: 'Rollovers, resets, spikes and stuck registers',
    group: 'known',
    lead: 'What the rules make of a reading stands in its flags; a rule never changes or deletes a reading.',
    points: [
      'A fall is a rollover where the register has digits and new face + 10^digits − old face is no more than the limit lets through in that time; any other fall is a reset.',
      'After a reset at least what the new face shows was used, as a lower bound that is suspect.',
      'Readings that leave the line and come back to it, after at most three readings or six hours, are a spike: they do not count, and their neighbours are joined.',
      'A register that stands still where the load never is zero was stuck: what it catches up is spread over that time.',
      'State digits, limitPerHour and minimumPerHour of a meter where they are known: the rules decide by them.',
    ],
    example: 'Six digits, limit 1,000 an hour: from 999,950 to 120 in an hour is 170.',
    see: ['events', 'quality'],
  },
  events: {
    title: 'Mending what is wrong',
    group: 'known',
    lead: 'What no rule can know is declared in the journal of a meter. The reading stays, the declaration stays, and so does the word that takes it back.',
    points: [
      'Exclude a reading, or declare a rollover, a reset, a replacement, another multiplier, or what the hours used.',
      'Declared events come before all rules. A correction stands in place of everything else and is edited.',
      'The figures of that day, month and year follow by themselves within seconds; published ones stay, and the change stands in their ledger.',
    ],
    see: ['spikes', 'restatements'],
  },

  site: {
    title: 'What makes up a site, an area and a boundary',
    group: 'sites',
    lead: 'A site is what came in and what it made itself, less what it gave away.',
    formula: 'Site = Σ import + Σ generation − Σ export',
    points: [
      'Submeters and virtual meters never add to the site.',
      'A boundary is the sum of its sites. An area is the sum of the meters that name it, without those that hang on another of the same area.',
      'Energy, emissions, tap water, discharge and waste need a meter or an entry at every site of a boundary. A site without reclaimed water, solar panels or a fuel is taken to have none.',
    ],
    nullWhere: ['Of a boundary: a site of it has nothing that gives the figure. The reason names it.'],
    see: ['unmetered', 'coverage', 'energy'],
  },
  unmetered: {
    title: 'Balance and unmetered remainder',
    group: 'sites',
    lead: 'What a meter passed on that no meter below it shows: losses, loads without a meter, or a meter that reads too little.',
    formula: 'Remainder = consumption of the meter − Σ of those that hang on it',
    points: [
      'Above 5 % it is marked, and an alert can say so.',
      'A negative one means that more is metered below than above: look for a wrong multiplier or a wrong parent.',
    ],
    nullWhere: ['The meter or one below it has less than 99 % coverage: the missing one is named.'],
    example: 'An incomer of 1,000 with submeters of 500 and 410: 90, or 9 %, are unmetered.',
    see: ['site', 'alert-rules'],
  },
  'night-flow': {
    title: 'Night flow',
    group: 'sites',
    lead: 'The least mean flow of one interval between 02:00 and 04:00 local time. What runs then though nobody draws it may be a leak.',
    points: [
      'The intervals are quarters of an hour where every meter was read so often that night, else hours.',
      'A site’s is the least of the sum of its import meters.',
      'The share is against the mean flow of the day. Where work goes on by night, a share near 100 % is no leak.',
    ],
    nullWhere: [
      'A minute of the night is not covered.',
      'Of the share: the day still runs, has below 95 % coverage, or nothing flowed.',
    ],
    see: ['alert-rules', 'typical-day'],
  },
  'typical-day': {
    title: 'A typical day',
    group: 'sites',
    lead: 'How the load runs over a day by the local clock: the mean of the last 28 days that are over, workdays and days of rest apart, with the band in which eight of ten days lie.',
    points: [
      'The band goes from the 10th to the 90th percentile.',
      'An hour counts where at least 95 % of it has data and nothing of it is estimated or suspect.',
      'Workdays are Monday to Friday; public holidays are not known.',
      'Today is held against the same kind of day, by the complete hours so far.',
    ],
    nullWhere: [
      'Fewer than four days count at that hour.',
      'The clocks of a boundary’s sites do not run alike.',
    ],
    see: ['base-load', 'usual'],
  },
  'base-load': {
    title: 'Base load',
    group: 'sites',
    lead: 'What runs when nobody needs it: the median of each day’s third lowest hour, since one or two may be an outage.',
    points: ['Its share is of the mean load.', 'The alert on base load takes the same base of a day.'],
    nullWhere: ['A day with fewer than 20 known hours has none; fewer than four days have one.'],
    see: ['typical-day', 'alert-rules'],
  },

  denominators: {
    title: 'Employees, floor area and revenue',
    group: 'figures',
    lead: 'What intensities are divided by. There is no default: a site without a stated value has no such figure.',
    points: [
      'Per employee: full-time employees in force at the end of the span, the published method; of a running span, now.',
      'Per employee (average headcount): weighted by how long each number held.',
      'Per floor area: all areas of the site, weighted by how long each area held.',
      'Per revenue: the statements of revenue that make up just the span; a longer one is not split.',
      'What is entered for the scope and the span goes before organisation.yaml.',
    ],
    nullWhere: [
      'A value is missing, or zero.',
      'Revenue: the span still runs.',
      'An area or a meter by employees or revenue.',
    ],
    example:
      '100 people for 90 days, then 160 for 275, are 145.2055 on average. 10,000 m² for 181 days and 14,000 for 184 are 12,016.44 m².',
    see: ['energy-per-employee', 'energy-per-area', 'energy-per-revenue'],
  },
  ratios: {
    title: 'Shares and ratios',
    group: 'figures',
    lead: 'Numerator and denominator are summed over the whole span and all sites first, and divided once. A ratio is never averaged or summed.',
    points: ['Numerator, denominator and coverage of each figure can be seen behind it.'],
    nullWhere: [
      'The denominator is unknown or zero.',
      'One of the two is below zero: more went out than in.',
    ],
    see: ['pue', 'pv-share', 'reclaimed-water-share'],
  },
  entries: {
    title: 'Entries',
    group: 'figures',
    lead: 'Figures that no meter gives, typed in or from a file, with source and name. They are never overwritten: what is said again is the next version.',
    points: [
      'What is entered for a scope and just this period goes before the meters; its quality is edited, its coverage 1.',
      'Entered months of a year take the place of the meters in those months, the other months are metered.',
      'A total entered for a year says nothing of its months.',
      'Refrigerants, certificates, savings and other events add up.',
    ],
    see: ['denominators', 'ghg-scope1'],
  },
  factors: {
    title: 'Factors, and those carried forward',
    group: 'figures',
    lead: 'Heat values, densities, coal equivalents, emission factors and warming potentials, each with the days that it holds for and its source.',
    points: [
      'The most specific series that is listed counts: that of the site, its grid, its kind of site, its country, then the international one.',
      'A day that none holds for is an error that names the factor. No other is taken in silence.',
      'carryForward allows a factor to be used after its last day until a newer one begins; every figure that used it says so.',
      'A period in which a factor changes is reckoned by its months, or by its days.',
    ],
    nullWhere: ['No factor holds on a day of the period, and none may be carried forward.'],
    see: ['ghg-scope2', 'ghg-scope2-market', 'configuration'],
  },
  lineage: {
    title: 'What a figure is made of',
    group: 'figures',
    lead: 'A figure keeps the tree that it was summed from. A value is the sum of weight × value of its parts; what a site exports has the weight −1.',
    points: [
      'At each step stand coverage, estimated share, quality, the factors, and what there was before the factor.',
      'Parts that nothing gives, or whose meters were not in use, are left out and counted.',
    ],
    see: ['start', 'factors'],
  },

  path: {
    title: 'The path of a target',
    group: 'targets',
    lead: 'A straight line from the baseline to what must be met in the end; after that year the limit.',
    formula: 'Path(y) = B × (1 − reduction × (y − y₀) ÷ (yₜ − y₀))',
    points: [
      'Ceilings and floors hold in every year. Cumulative targets grow by the days of their years.',
      'A proxy is a baseline that was published for another boundary and stands in for one that never was.',
      'A baseline is normalised by floor area or employees where targets.yaml says so, and adjusted for static factors with a stated effect; each step is shown.',
    ],
    example: 'From 4.51 in 2020 five per cent less by 2026: 4.2845.',
    see: ['verdict', 'projection'],
  },
  projection: {
    title: 'What the year comes to',
    group: 'targets',
    lead: 'Every method that there is data for is reckoned and shown; one is chosen. Complete months alone count, numerator and denominator apart.',
    formula: 'Projected = complete months × (last year’s total ÷ last year’s same months)',
    points: [
      'By the same months of last year, where that year covers at least 95 % and has the same months.',
      'By weather and weekday, where a site has a sensor of outdoor temperature and the model erred less in trials on known months.',
      'A straight line otherwise; always of low confidence.',
      'At the pace so far: of savings and cumulative targets that are entered.',
      'The band is where nine years in ten end. Confidence is high where half of it is at most 5 % of the figure, medium up to 15 %.',
    ],
    nullWhere: ['No month of the year is complete yet.'],
    see: ['verdict', 'path', 'drivers'],
  },
  verdict: {
    title: 'Verdicts',
    group: 'targets',
    lead: 'Where the year is heading, held against its own point on the path.',
    formula: 'p = (baseline − projected) ÷ (baseline − path value of the year)',
    points: [
      'With a baseline: on track at p ≥ 1, at risk from 0.75, off track below.',
      'A ceiling: on track up to the limit, at risk up to 2 % above, off track beyond. A floor mirrors that.',
      'Not enough data, whatever the number says: coverage below 95 %, more than 10 % estimated, no baseline, or nothing that can be projected.',
      'A year that differs by more than 25 % from the one before warns: check the boundary and the denominator.',
      'Progress is the way to the final limit, so a year can be on track with half of it.',
    ],
    see: ['path', 'projection', 'left'],
  },
  left: {
    title: 'What is left to use, or still needed',
    group: 'targets',
    lead: 'How much the rest of the year may still use, or must still bring, for the path to be met.',
    formula: 'Left = path value × denominator at the year’s end − used so far',
    points: [
      'Negative when exceeded. By the months that are left it says how much each may use.',
      'Of a share: what the rest of the year must have; above 100 % it cannot be reached.',
    ],
    see: ['path', 'verdict'],
  },
  drivers: {
    title: 'What drives a target',
    group: 'targets',
    lead: 'Which sites, meters, entries and denominators a figure owes its distance to, from the path or from last year. They add up exactly.',
    formula: 'N/D − n/d = (N − n) × (1/D + 1/d) ÷ 2 − (D − d) × (N + n) ÷ (2 D d)',
    points: [
      'Against last year: this year’s complete months and the same ones of the year before.',
      'Against the path: every part of last year’s same months is asked for the same cut; what it does beyond that is its contribution.',
    ],
    standard: 'J. W. Sun, Energy Economics 20, 1998',
    nullWhere: [
      'A part is not known: so is every total above it. Cumulative targets have no split against the path.',
    ],
    see: ['projection', 'lineage'],
  },

  restatements: {
    title: 'Publications and restatements',
    group: 'reports',
    lead: 'Publishing freezes a year with everything that it rests on. A later change never alters it: it stands beside it as a restatement.',
    points: [
      'Each has its cause: late data, a correction, a factor, the boundary, or the method; with the old value, the new one and the percentage.',
      'Material is a change of 5 % or more, and one from or to a figure that is undefined.',
      'wattwell verify reckons a publication anew from its own file and says which figure differs.',
    ],
    see: ['rounding', 'factors'],
  },
  rounding: {
    title: 'Rounding',
    group: 'reports',
    lead: 'Figures are reckoned unrounded and rounded only to be shown.',
    points: [
      'The annual report rounds half up, to two decimals unless the row says otherwise; 1.005 is 1.01.',
      'Totals are sums of unrounded figures, so a column of rounded ones may not add up to its rounded total.',
      'CSV and the API have the unrounded numbers.',
    ],
    see: ['restatements'],
  },

  usual: {
    title: 'What is usual',
    group: 'alerts',
    lead: 'Medians over the six weeks before, by the hour of the clock and by workday, Saturday and Sunday.',
    points: [
      'Only hours that were wholly metered count, on both sides: no consumption alert fires on a gap.',
      'What is going on becomes usual only when it fills half of the weeks before.',
      'What the other meters of the site do at the same time is weather, a holiday or an event, and no fault of one of them.',
    ],
    see: ['alert-rules', 'typical-day'],
  },
  'alert-rules': {
    title: 'When an alert fires',
    group: 'alerts',
    lead: 'The rules that come with wattwell; alerts.yaml changes their limits, adds others and switches them off.',
    points: [
      'Target: its projection is at risk or off track; over after two days on track.',
      'Consumption out of its band: an hour lies more than 30 % beyond what is usual at that hour of that kind of day, for three hours.',
      'Night flow: the least flow of each of three nights is up by more than 20 % of the mean flow.',
      'Base load: the base of each of three days is up by more than 20 %.',
      'Peak demand: a quarter of an hour exceeds the contract; critical.',
      'PUE: above 1.6 for a day.',
      'Unmetered remainder: more than 5 % reached no meter below, over two days.',
      'Meter silent: no reading for three hours. Meter stuck: it is read, and shows the same face for six hours. Meter resets: more than twice in seven days.',
      'Factor missing: no emission factor holds for what a site buys.',
      'Spool filling: its disk lasts less than 24 hours; critical. Clock of a device off: by more than 10 minutes for three hours.',
      'The cost of an alert is what went beyond the usual since it began.',
    ],
    see: ['usual', 'alert-states'],
  },
  'alert-states': {
    title: 'Watched, firing, acknowledged, resolved',
    group: 'alerts',
    lead: 'An alert is watched until it has lasted as long as its rule says, then it fires, and is told again every day until somebody acknowledges it.',
    points: [
      'What begins or ends more than four times within a day counts as one that lasts.',
      'A silence lets nobody hear until its end; a planned outage keeps meters from counting as silent.',
      'Where nothing is known, the state that is there holds.',
    ],
    see: ['alert-rules'],
  },
} as const satisfies Record<string, Topic>

export type Topics = Record<keyof typeof topics, Topic>
