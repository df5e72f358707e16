import { describe, expect, it } from 'vitest'
import { readSettings } from '../settings.ts'

const refusal = (env: Record<string, string>): string => {
  try {
    readSettings(env)
  } catch (error) {
    return (error as Error).message
  }
  return ''
}

describe('STORE_URL', () => {
  it.each(['http://influx:8086', 'https://influx/behind/', 'http://[::1]:8086/'])(
    'may be %s',
    (STORE_URL) => {
      expect(readSettings({ STORE_URL }).store.url).toBe(STORE_URL)
    },
  )

  it.each([
    'http://meters:secret@influx:8086',
    'http://meters:sec@secret@influx:8086',
    'http://meters:x/secret@influx:8086',
    'http://influx:8086/?p=secret',
    'http://influx:8086/#secret',
    'influx:secret@influx:8086',
  ])('is refused with more than an address, and tells no password: %s', (STORE_URL) => {
    expect(refusal({ STORE_URL })).toMatch(/^STORE_URL=".*" is not accepted: .*INFLUX_PASSWORD/)
    expect(refusal({ STORE_URL })).not.toMatch(/secret/)
  })
})

it.each(['a\nb', 'a b', 'ä'])(
  'refuses the token %j, which no header can hold, without telling it',
  (token) => {
    expect(refusal({ INFLUX_TOKEN: token })).toMatch(/^INFLUX_TOKEN="…" is not accepted/)
  },
)

describe('what simulated meters are told to be', () => {
  it('is nothing special where nothing is set', () => {
    expect(readSettings({}).simulation).toEqual({ without: [], faults: {} })
  })

  it('is read by name', () => {
    const env = { SIMULATE_WITHOUT: 'floodlights, free-cooling', SIMULATE_FAULTS: 'late=0.01,spikes=0.001' }
    expect(readSettings(env).simulation).toEqual({
      without: ['floodlights', 'free-cooling'],
      faults: { late: 0.01, spikes: 0.001 },
    })
  })

  it('is refused with what there is', () => {
    expect(refusal({ SIMULATE_WITHOUT: 'sunshine' })).toMatch(/^SIMULATE_WITHOUT="sunshine" .*free-cooling/)
    expect(refusal({ SIMULATE_FAULTS: 'spikes=2' })).toMatch(/^SIMULATE_FAULTS="spikes=2" .*dropouts/)
  })
})

describe('how notices go out', () => {
  it('is not at all by mail where nothing is set, and the page is where HTTP listens', () => {
    expect(readSettings({})).toMatchObject({ smtp: { url: '', from: '' }, pageUrl: '' })
  })

  it.each(['smtp://host', 'smtps://user:p%40ss@host:465', 'smtp://[::1]:2525'])(
    'may be by %s',
    (SMTP_URL) => {
      expect(readSettings({ SMTP_URL }).smtp.url).toBe(SMTP_URL)
    },
  )

  it.each(['a@example.com', 'Energy watch <a@example.com>', '能源 <a@example.com>'])(
    'may be from %s',
    (SMTP_FROM) => {
      expect(readSettings({ SMTP_FROM }).smtp.from).toBe(SMTP_FROM)
    },
  )

  it('is refused with anything else, without telling a password', () => {
    expect(refusal({ SMTP_URL: 'http://duty:secret@host' })).toMatch(
      /^SMTP_URL="http:\/\/…@host" is not accepted/,
    )
    expect(refusal({ SMTP_FROM: 'nobody' })).toMatch(/^SMTP_FROM="nobody" is not accepted/)
    expect(refusal({ SMTP_FROM: 'a@example.com\nBcc: b@example.com' })).toMatch(/^SMTP_FROM/)
    expect(refusal({ PAGE_URL: 'energy.example.com' })).toMatch(
      /^PAGE_URL="energy.example.com" is not accepted/,
    )
  })

  it('has no slash at the end of the page', () => {
    expect(readSettings({ PAGE_URL: 'https://example.com/energy/' }).pageUrl).toBe(
      'https://example.com/energy',
    )
  })
})
