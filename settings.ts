import { resolve } from 'node:path'
import { z } from 'zod'
import { type FaultRates, faultNames, faultRatesOf } from './simulators/fault-rates.ts'
import { type Measure, measures, measuresOf } from './simulators/measures.ts'
import type { StoreLocation } from './store/open.ts'

/** One setting that was not accepted. */
export interface SettingProblem {
  readonly name: string
  readonly value: string
  readonly accepted: string
}

/** Thrown by `readSettings`: one line a problem, each with the name, the value and what is accepted. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError'
  readonly problems: readonly SettingProblem[]

  constructor(problems: readonly SettingProblem[]) {
    super(
      problems
        .map(({ name, value, accepted }) => `${name}="${value}" is not accepted: ${accepted}`)
        .join('\n'),
    )
    this.problems = problems
  }
}

const port = z
  .string()
  .regex(/^\d{1,5}$/)
  .transform(Number)
  .refine((number) => number <= 65_535)

const host = z.string().regex(/^[A-Za-z0-9.:_-]+$/)
const text = z.string()

function url(...schemes: string[]) {
  return z
    .string()
    .refine((value) => value === '' || (URL.canParse(value) && schemes.includes(new URL(value).protocol)))
}

/** Credentials have settings of their own, and what else stands behind an address would go nowhere. */
function bareUrl(...schemes: string[]) {
  return url(...schemes).refine((value) => {
    if (!URL.canParse(value)) return true
    const { username, password, search, hash } = new URL(value)
    return `${username}${password}${search}${hash}` === ''
  })
}

/** What a parser makes of a text; what it throws on is not accepted. */
function parsed<T>(parse: (value: string) => T) {
  return z.string().transform((value, context): T => {
    try {
      return parse(value)
    } catch (error) {
      context.addIssue({ code: 'custom', message: (error as Error).message })
      return z.NEVER
    }
  })
}

/** Every setting: its schema, its default, and what is accepted, in words. */
const settings = {
  WATTWELL_CONFIG: [text.min(1), './config', 'a folder with organisation.yaml'],
  WATTWELL_DATA: [text.min(1), './data', 'a folder that can be written'],
  HTTP_HOST: [host, '127.0.0.1', 'a host name or address'],
  HTTP_PORT: [port, '8080', 'a port from 0 (any free one) to 65535'],
  HTTP_KEY: [
    z.string().regex(/^(\S{20,})?$/),
    '',
    'a key that opens the API, beside those of "wattwell key": 20 characters or more, without spaces',
  ],
  MQTT_URL: [
    url('mqtt:', 'mqtts:'),
    '',
    'mqtt://[user:password@]host[:port], mqtts://…, or empty for the embedded broker',
  ],
  MQTT_HOST: [host, '127.0.0.1', 'a host name or address'],
  MQTT_PORT: [port, '1883', 'a port from 0 (any free one) to 65535'],
  MQTT_USERNAME: [text, '', 'the user that clients of the embedded broker must give, with MQTT_PASSWORD'],
  MQTT_PASSWORD: [text, '', 'the password to MQTT_USERNAME'],
  STORE_URL: [
    bareUrl('http:', 'https:'),
    '',
    'http://host[:port][/path] or https://… of an InfluxDB 1.x, 2.x or 3.x, or empty for the embedded DuckDB; credentials go into INFLUX_USERNAME and INFLUX_PASSWORD, or INFLUX_TOKEN',
  ],
  INFLUX_TOKEN: [
    // In a header that cannot be sent, the error would tell it.
    z.string().regex(/^[\x21-\x7e]*$/),
    '',
    'a token of the InfluxDB 2.x or 3.x at STORE_URL, without spaces and line breaks',
  ],
  INFLUX_USERNAME: [text, '', 'a user of the InfluxDB 1.x at STORE_URL, with INFLUX_PASSWORD'],
  INFLUX_PASSWORD: [text, '', 'the password to INFLUX_USERNAME'],
  INFLUX_DATABASE: [
    z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/),
    'wattwell',
    'letters, digits, - and _: the database, of a 2.x also the bucket',
  ],
  SIMULATE: [
    z.enum(['', '0', '1']),
    '',
    '1 or 0; empty: 1 where the demo organisation is used and this process has both roles',
  ],
  SIMULATE_WITHOUT: [
    parsed(measuresOf),
    '',
    `saving measures that the simulators leave out, with commas, of ${measures.join(', ')}`,
  ],
  SIMULATE_FAULTS: [
    parsed((value) => faultRatesOf(value.split(',').filter((part) => part.trim() !== ''))),
    '',
    `faults of the simulated meters with their rates, such as dropouts=0.01,spikes=0.001, of ${faultNames.join(', ')}`,
  ],
  ROLES: [
    z.enum(['ingest', 'service', 'ingest,service', 'service,ingest']),
    'ingest,service',
    'ingest, service, or both with a comma; one alone needs STORE_URL',
  ],
  KEEP_READINGS: [
    z
      .string()
      .regex(/^(P\d{1,2}Y)?$/)
      .refine((value) => value === '' || Number.parseInt(value.slice(1), 10) >= 2),
    '',
    'P2Y or more whole years beside the running one, or empty: for ever',
  ],
  KEEP_HOURS: [
    z
      .string()
      .regex(/^(P\d{1,2}Y)?$/)
      .refine((value) => value === '' || Number.parseInt(value.slice(1), 10) >= 2),
    '',
    'P2Y or more whole years beside the running one, and no fewer than KEEP_READINGS, or empty: for ever; days, months and years are always kept',
  ],
  SMTP_URL: [
    url('smtp:', 'smtps:'),
    '',
    'smtp://[user:password@]host[:port] or smtps://…, with SMTP_FROM; empty: no notices go out by mail',
  ],
  SMTP_FROM: [
    z.string().regex(/^([^<>@\r\n]*<[^<>@\s]+@[^<>@\s]+>|[^<>@\s]+@[^<>@\s]+)?$/),
    '',
    'the sender of mail: an address, or a name before one in < >',
  ],
  PAGE_URL: [
    bareUrl('http:', 'https:'),
    '',
    'http://host[:port][/path] or https://…: the page as those who get notices reach it; empty: the address that HTTP listens on',
  ],
  LOG_LEVEL: [z.enum(['debug', 'info', 'warn', 'error']), 'info', 'debug, info, warn or error'],
} as const satisfies Record<string, readonly [z.ZodType, string, string]>

export interface Settings {
  readonly config: string
  readonly data: string
  readonly http: { readonly host: string; readonly port: number }
  /** A key that opens the API; empty where there is none but those in the data folder. */
  readonly httpKey: string
  /** Empty for the embedded broker. */
  readonly mqttUrl: string
  readonly mqtt: {
    readonly host: string
    readonly port: number
    readonly username: string
    readonly password: string
  }
  readonly store: StoreLocation
  readonly roles: { readonly ingest: boolean; readonly service: boolean }
  /** Whole years before the running one that are kept; null: for ever. */
  readonly keep: { readonly readingYears: number | null; readonly hourYears: number | null }
  /** Null: wherever the demo organisation is used by one process. */
  readonly simulate: boolean | null
  /** What simulated meters are told to be, where they run. */
  readonly simulation: { readonly without: readonly Measure[]; readonly faults: FaultRates }
  readonly smtp: { readonly url: string; readonly from: string }
  /** Without a slash at its end; empty for the address that HTTP listens on. */
  readonly pageUrl: string
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error'
}

/** For `--help`: every setting with its default and what is accepted. */
export const settingsHelp: readonly { name: string; default: string; accepted: string }[] = Object.entries(
  settings,
).map(([name, [, standard, accepted]]) => ({ name, default: standard, accepted }))

/** Reads the environment once. Throws SettingsError with every setting that is not accepted. */
export function readSettings(env: Readonly<Record<string, string | undefined>>): Settings {
  const problems: SettingProblem[] = []
  const read = <Name extends keyof typeof settings>(name: Name): z.output<(typeof settings)[Name][0]> => {
    const [schema, standard, accepted] = settings[name]
    // Left empty, as in an .env, is left out.
    const value = env[name] || standard
    const parsed = schema.safeParse(value)
    if (parsed.success) return parsed.data as z.output<(typeof settings)[Name][0]>
    problems.push({
      name,
      value: /PASSWORD|TOKEN|KEY/.test(name)
        ? '…'
        : value.replace(/^([^:]*:(\/\/)?).*@/, '$1…@').replace(/[?#].*/, '…'),
      accepted,
    })
    return undefined as never
  }
  const roles = read('ROLES') ?? ''
  const simulate = read('SIMULATE')
  const result: Settings = {
    config: resolve(read('WATTWELL_CONFIG') ?? '.'),
    data: resolve(read('WATTWELL_DATA') ?? '.'),
    http: { host: read('HTTP_HOST'), port: read('HTTP_PORT') },
    httpKey: read('HTTP_KEY'),
    mqttUrl: read('MQTT_URL'),
    mqtt: {
      host: read('MQTT_HOST'),
      port: read('MQTT_PORT'),
      username: read('MQTT_USERNAME'),
      password: read('MQTT_PASSWORD'),
    },
    store: {
      url: read('STORE_URL'),
      token: read('INFLUX_TOKEN'),
      username: read('INFLUX_USERNAME'),
      password: read('INFLUX_PASSWORD'),
      database: read('INFLUX_DATABASE'),
    },
    roles: { ingest: roles.includes('ingest'), service: roles.includes('service') },
    keep: { readingYears: years(read('KEEP_READINGS')), hourYears: years(read('KEEP_HOURS')) },
    simulate: simulate === '' ? null : simulate === '1',
    simulation: { without: read('SIMULATE_WITHOUT'), faults: read('SIMULATE_FAULTS') },
    smtp: { url: read('SMTP_URL'), from: read('SMTP_FROM') },
    pageUrl: (read('PAGE_URL') ?? '').replace(/\/+$/, ''),
    logLevel: read('LOG_LEVEL'),
  }
  const { readingYears, hourYears } = result.keep
  // Where hours are gone their days could not be carried up again from late readings.
  if (problems.length === 0 && (hourYears ?? Infinity) < (readingYears ?? Infinity)) {
    const [, , accepted] = settings.KEEP_HOURS
    problems.push({ name: 'KEEP_HOURS', value: `P${hourYears}Y`, accepted })
  }
  if (problems.length > 0) throw new SettingsError(problems)
  return result
}

function years(duration: string | undefined): number | null {
  return duration === undefined || duration === '' ? null : Number.parseInt(duration.slice(1), 10)
}
