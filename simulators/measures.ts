import { kwhPer } from '../core/energy.ts'
import type { Driver } from './drivers.ts'

/** What a saving measure spares in a year like 2025, where, and what it answers to. */
interface Saving {
  readonly meter: string
  /** In the unit of the meter's loads. */
  readonly perYear: number
  readonly driver: Driver
  /** For `--help` and messages. */
  readonly what: string
}

const HEAT_RECOVERED_GJ = 38_333
const gasMegajoules = (kwhPer('m3', 'natural-gas') as number) * 3.6

/**
 * The saving measures of the demo organisation (DOMAIN, section 7). They are in force; a load whose measure
 * is left out is higher by what the measure spares.
 */
export const savings = {
  'free-cooling': mwh('dc-e-cooling', 400, 'freeCooling', 'free cooling of the data centre'),
  'free-cooling-towers': mwh('park-e-hvac', 270, 'freeCooling', 'free cooling of the science park'),
  'washroom-sensors': mwh('park-e-light', 380, 'away', 'infrared sensors in washrooms'),
  // Where people had to see, lamps would burn as long as the line runs.
  'dark-factory': mwh('yz-e-line', 310, 'shift', 'production without light'),
  'screens-off': mwh('park-e-it', 140, 'away', 'screens off when nobody is there'),
  floodlights: mwh('park-e-light', 65, 'night', 'fewer floodlights'),
  'heat-recovery': {
    meter: 'ev-gas-rto',
    perYear: (HEAT_RECOVERED_GJ * 1000) / gasMegajoules,
    driver: 'shift',
    what: `${HEAT_RECOVERED_GJ.toLocaleString('en')} GJ a year of heat recovered at the oxidiser, as natural gas`,
  },
} as const satisfies Record<string, Saving>

export type Measure = keyof typeof savings
export const measures = Object.keys(savings) as Measure[]

/** The measures of a list such as `free-cooling,floodlights`. Throws on a name that is none, with those there are. */
export function measuresOf(text: string): Measure[] {
  return namesIn(text).map((name) => {
    if (Object.hasOwn(savings, name)) return name as Measure
    throw new Error(`there is no measure "${name}"; there are ${measures.join(', ')}`)
  })
}

function mwh(meter: string, perYear: number, driver: Driver, what: string): Saving {
  return { meter, perYear: perYear * 1000, driver, what: `${what}, ${perYear} MWh a year` }
}

function namesIn(text: string): string[] {
  return text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '')
}
