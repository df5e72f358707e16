/** A fault, what its rate counts, and the highest rate that it can have. */
interface FaultKind {
  readonly what: string
  readonly rate: string
  readonly most: number
}

/** The faults of real meters that the simulators know. All but `two-way-feed` change only what is sent. */
export const faultKinds = {
  dropouts: { what: 'stretches of up to 2 h without readings', rate: 'share of the time', most: 0.2 },
  outages: { what: 'stretches of 2 h to 3 days without readings', rate: 'share of the time', most: 0.1 },
  duplicates: { what: 'the same reading sent again', rate: 'share of the readings', most: 1 },
  shuffled: { what: 'readings of two hours sent in another order', rate: 'share of the time', most: 1 },
  late: { what: 'readings kept back for minutes to 5 days', rate: 'share of the time', most: 0.3 },
  stuck: {
    what: 'faces that stand still for up to 6 h, then catch up',
    rate: 'share of the time',
    most: 0.1,
  },
  spikes: { what: 'one to three wrong values, high or zero', rate: 'share of the readings', most: 0.05 },
  resets: { what: 'registers that begin again at 0', rate: 'chance a meter and day', most: 0.5 },
  rollovers: {
    what: 'registers that pass the end of their face in the first days',
    rate: 'share of the registers',
    most: 1,
  },
  replacements: {
    what: 'registers replaced by another one, on record',
    rate: 'chance a meter and day',
    most: 0.5,
  },
  'clock-drift': { what: 'clocks that stray by up to 2 minutes', rate: 'share of the meters', most: 1 },
  units: { what: 'values in another unit, which is stated', rate: 'share of the readings', most: 1 },
  'unstated-units': {
    what: 'values in another unit, which is not stated',
    rate: 'share of the readings',
    most: 0.05,
  },
  'two-way-feed': {
    what: 'sites with panels and an export meter that feed out at noon; truly so',
    rate: 'share of the days',
    most: 1,
  },
} as const satisfies Record<string, FaultKind>

export type Fault = keyof typeof faultKinds
export const faultNames = Object.keys(faultKinds) as Fault[]

/** How often each fault happens; what is left out never does. */
export type FaultRates = Readonly<Partial<Record<Fault, number>>>

/** The rates of texts such as `spikes=0.001`. Throws on what is no fault or no rate of it, with what is accepted. */
export function faultRatesOf(texts: readonly string[]): FaultRates {
  const rates: Partial<Record<Fault, number>> = {}
  for (const text of texts) {
    const [name = '', rate = ''] = text.split('=').map((part) => part.trim())
    if (!Object.hasOwn(faultKinds, name)) {
      throw new Error(`there is no fault "${name}"; there are ${faultNames.join(', ')}`)
    }
    const fault = name as Fault
    const { most } = faultKinds[fault]
    const number = /^\d*\.?\d+(e-?\d+)?$/i.test(rate) ? Number(rate) : Number.NaN
    if (!(number >= 0 && number <= most)) {
      throw new Error(`${fault}=${rate} is not accepted: ${fault}=<rate>, from 0 to ${most}`)
    }
    rates[fault] = number
  }
  return rates
}

/** Whether any of them changes what is sent. */
export function disturbs(rates: FaultRates): boolean {
  return faultNames.some((fault) => fault !== 'two-way-feed' && (rates[fault] ?? 0) > 0)
}
