import type { Lang } from './preferences.ts'

/** Numbers, amounts and instants as they are read; nothing here is used for reckoning. */
export interface Formats {
  /** `digits` after the point; without it as many as its size asks for. */
  number(value: number, digits?: number): string
  whole(value: number): string
  percent(value: number, digits?: number): string
  /** A number with its unit; a share of unit `1` as per cent. */
  amount(value: number, unit: string, digits?: number): string
  /** The figure alone, to stand beside its unit. */
  figure(value: number, unit: string, digits?: number): string
  unit(unit: string): string
  /** Whose time a site has. The city in a zone's name is not the site's: Wuhan is in Asia/Shanghai. */
  place(zone: string): string
  /** A local date `YYYY-MM-DD`; `full` has the year, `long` the weekday as well. */
  day(date: string, style?: 'short' | 'full' | 'long'): string
  /** The local day of an instant in epoch milliseconds. */
  dayOf(instant: number, zone: string): string
  /** The month that a local date lies in. */
  month(date: string): string
  /** The name alone, of `YYYY-MM`. */
  monthName(month: string): string
  time(instant: string, zone: string): string
  /** Hour and minute; the instant in epoch milliseconds. */
  clock(instant: number, zone: string): string
  dateTime(instant: string, zone?: string): string
  /** How long ago; both in epoch milliseconds. */
  ago(instant: number, now: number): string
  /** How long a span is, in its largest unit. */
  lasting(ms: number): string
  /** Day and minute. */
  minute(instant: string, zone: string): string
  /** With all its digits, as a face must be read. */
  exact(value: number, unit: string): string
}

const short = { day: 'numeric', month: 'short', timeZone: 'UTC' } as const
const full = { ...short, year: 'numeric' } as const
const days = { short, full, long: { ...full, weekday: 'short' } } as const

const LOCALES: Record<Lang, string> = { en: 'en-GB', zh: 'zh-CN' }

export function formats(lang: Lang, unitWords: Record<string, string>): Formats {
  const locale = LOCALES[lang]
  const numbers = new Map<string, Intl.NumberFormat>()

  function numberFormat(style: 'decimal' | 'percent', digits: number, least: number): Intl.NumberFormat {
    const key = `${style}${digits}/${least}`
    let format = numbers.get(key)
    if (format === undefined) {
      format = new Intl.NumberFormat(locale, {
        style,
        minimumFractionDigits: least,
        maximumFractionDigits: digits,
        signDisplay: 'negative',
      })
      numbers.set(key, format)
    }
    return format
  }

  function number(value: number, digits = digitsFor(value)): string {
    return minus(numberFormat('decimal', digits, digits).format(value))
  }

  function percent(value: number, digits = 1): string {
    return minus(numberFormat('percent', digits, 0).format(value))
  }

  function figure(value: number, unit: string, digits?: number): string {
    return inPercent(unit) ? percent(value, digits) : number(value, digits)
  }

  function unit(symbol: string): string {
    if (isShare(symbol)) return ''
    return symbol
      .split('/')
      .map((part) => unitWords[part] ?? part.replace(/^m([23])$/, raised).replace('CO2', 'CO₂'))
      .join('/')
  }

  // One is dear to make, and none is made before it is asked for: the first paint needs hardly any.
  const made = new Map<string, Intl.DateTimeFormat>()

  function dates(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
    const key = JSON.stringify(options)
    let format = made.get(key)
    if (format === undefined) {
      format = new Intl.DateTimeFormat(locale, options)
      made.set(key, format)
    }
    return format
  }

  let relative: Intl.RelativeTimeFormat | undefined

  return {
    number,
    ago(instant, now) {
      const { count, unit } = inLargest(Math.max(now - instant, 0))
      relative ??= new Intl.RelativeTimeFormat(locale, { numeric: 'auto', style: 'long' })
      return relative.format(-count, unit)
    },
    lasting(ms) {
      const { count, unit } = inLargest(ms)
      return new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' }).format(count)
    },
    percent,
    figure,
    unit,
    place(zone) {
      // Not of the epoch: then much of Europe kept one time all year, and would be named after it.
      const parts = dates({ timeZone: zone, timeZoneName: 'longGeneric' }).formatToParts(Date.UTC(2024, 0))
      return parts.find((part) => part.type === 'timeZoneName')?.value ?? zone
    },
    whole: (value) => minus(numberFormat('decimal', 0, 0).format(value)),
    amount: (value, symbol, digits) => `${figure(value, symbol, digits)} ${unit(symbol)}`.trimEnd(),
    day: (date, style = 'short') => dates(days[style]).format(new Date(`${date}T00:00:00Z`)),
    dayOf: (instant, zone) => dates({ day: 'numeric', month: 'short', timeZone: zone }).format(instant),
    month: (date) =>
      dates({ month: 'long', year: 'numeric', timeZone: 'UTC' }).format(new Date(`${date}T00:00:00Z`)),
    monthName: (month) =>
      dates({ month: 'short', timeZone: 'UTC' }).format(new Date(`${month}-01T00:00:00Z`)),
    clock: (instant, zone) =>
      dates({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone: zone }).format(instant),
    time: (instant, zone) => dates({ timeStyle: 'medium', timeZone: zone }).format(new Date(instant)),
    minute: (instant, zone) =>
      dates({ dateStyle: 'medium', timeStyle: 'short', timeZone: zone }).format(new Date(instant)),
    exact: (value, symbol) =>
      `${minus(numberFormat('decimal', 6, 0).format(value))} ${unit(symbol)}`.trimEnd(),
    dateTime: (instant, zone) =>
      dates({
        dateStyle: 'medium',
        timeStyle: 'medium',
        ...(zone === undefined ? {} : { timeZone: zone }),
      }).format(new Date(instant)),
  }
}

/** Whether it is read in per cent. */
export function inPercent(unit: string): boolean {
  return unit === '1'
}

/** Whether it is one amount by another of its kind, which no sum of months gives: a share, or a ratio, which is read without a unit. */
export function isShare(unit: string): boolean {
  return inPercent(unit) || unit === ''
}

/** Digits after the point that tell two figures apart, so that 4.2846 never reads as equal to 4.2845. */
export function digitsApart(a: number, b: number, unit: string): number {
  const scale = inPercent(unit) ? 100 : 1
  const least = inPercent(unit) ? 1 : Math.max(digitsFor(a), digitsFor(b))
  for (let digits = least; digits < 5; digits += 1) {
    if (a === b || (a * scale).toFixed(digits) !== (b * scale).toFixed(digits)) return digits
  }
  return 5
}

/** Digits after the point for a column of figures, so that its points stand below each other. */
export function digitsOf(values: readonly number[]): number | undefined {
  const sizes = values.map(Math.abs).filter((size) => size > 0)
  if (sizes.length === 0) return undefined
  const most = Math.max(...sizes)
  return Math.min(digitsFor(Math.min(...sizes)), most >= 1000 ? 0 : most >= 100 ? 1 : 3)
}

const SPANS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const

/** Two of a unit at least, so that an hour and a half is no "1 hour". */
function inLargest(ms: number): { count: number; unit: 'day' | 'hour' | 'minute' } {
  const [unit, length] = SPANS.find(([, length]) => ms >= 2 * length) ?? SPANS[2]
  return { count: Math.round(ms / length), unit }
}

function digitsFor(value: number): number {
  const size = Math.abs(value)
  if (size === 0 || size >= 1000) return 0
  if (size >= 100) return 1
  if (size >= 0.1) return 2
  return size >= 0.01 ? 3 : 4
}

function raised(_: string, power: string): string {
  return power === '2' ? 'm²' : 'm³'
}

function minus(text: string): string {
  return text.replace('-', '−')
}
