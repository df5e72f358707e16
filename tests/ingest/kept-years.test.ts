import { describe, expect, it } from 'vitest'
import type { KeepRule } from '../../core/retention.ts'
import { NativeDecoder } from '../../ingest/decode/native.ts'
import { incomer, organisationFile, site } from '../support/organisation.ts'

const NOW = Date.UTC(2026, 6, 1)
/** Its years begin at half past six in the evening of UTC. */
const kolkata = organisationFile([site({ id: 's', zone: 'Asia/Kolkata', meters: [incomer('m')] })])
const newYear = (year: number) => Date.UTC(year - 1, 11, 31, 18, 30)
const twoYears: KeepRule = { years: 2, protectedYears: [] }

/** The reason for which a reading of an instant is refused at `now`; undefined where it is taken. */
function decoderOf(keep: KeepRule) {
  const decoder = new NativeDecoder(kolkata, keep)
  return (at: number, now = NOW) => {
    const reasons: (string | undefined)[] = []
    decoder.decode('facility/s/m/reading', Buffer.from(JSON.stringify([{ at, value: 1 }])), now, {
      reading: () => reasons.push(undefined),
      quarantine: ({ issue }) => reasons.push(`${issue.code}: ${issue.message}`),
    })
    expect(reasons).toHaveLength(1)
    return reasons[0]
  }
}

describe('a reading of a year that is no longer kept', () => {
  it.each([
    ['in the midst of it', newYear(2023) + 180 * 86_400_000],
    ['in its last moment, where the site is', newYear(2024) - 1],
  ])('%s is refused with from when on and by which setting', (_, at) => {
    expect(decoderOf(twoYears)(at)).toBe(
      `time-too-old: ${new Date(at).toISOString()} lies in 2023, which is no longer kept: by KEEP_READINGS=P2Y readings are taken from 2024-01-01 on`,
    )
  })

  it('is refused from the turn of the year on, without a start', () => {
    const refusal = decoderOf(twoYears)
    const turn = Date.UTC(2027, 0, 1, 12)
    expect(refusal(newYear(2024), turn - 1)).toBeUndefined()
    expect(refusal(newYear(2024), turn)).toContain('from 2025-01-01 on')
    expect(refusal(newYear(2025), turn)).toBeUndefined()
  })

  it('names the baseline’s years that are kept', () => {
    const refusal = decoderOf({ years: 2, protectedYears: [2018, 2020, 2021] })
    expect(refusal(newYear(2018))).toBeUndefined()
    expect(refusal(newYear(2022) - 1)).toBeUndefined()
    expect(refusal(newYear(2022))).toContain("on, and of the baseline's 2018, 2020 to 2021")
  })
})

describe('a reading of a kept year', () => {
  it('is taken from its first moment on', () => {
    expect(decoderOf(twoYears)(newYear(2024))).toBeUndefined()
  })

  it('may be of any year where readings are kept for ever', () => {
    expect(decoderOf({ years: null, protectedYears: [] })(newYear(2001))).toBeUndefined()
  })
})
