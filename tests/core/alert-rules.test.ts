import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { alertsSchema } from '../../core/alert-file.ts'
import { against, rulesOf } from '../../core/alert-rules.ts'
import { readConfig } from '../../read-config.ts'
import { incomer, site } from '../support/organisation.ts'

const HOUR = 3_600_000

const rule = (id: string, stated: object[] = []) =>
  rulesOf(alertsSchema.parse({ rules: stated })).find((one) => one.id === id)

/** What is said of a configuration with this `alerts.yaml`. */
async function saidOf(yaml: string): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'config-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const organisation = {
    organisation: { id: 'o', zone: 'UTC' },
    sites: [site({ id: 's', meters: [incomer('m')] })],
  }
  writeFileSync(join(folder, 'organisation.yaml'), JSON.stringify(organisation))
  writeFileSync(join(folder, 'alerts.yaml'), yaml)
  return readConfig(folder).then(
    () => 'accepted',
    (error: Error) => error.message.replaceAll(folder, ''),
  )
}

describe('the rules in force', () => {
  it('are those that come with the program where nothing is stated', () => {
    expect(rule('silent')).toMatchObject({
      kind: 'meter-silent',
      above: 3,
      forMs: HOUR / 4,
      severity: 'warning',
    })
    expect(rule('peak-demand')).toMatchObject({ severity: 'critical', above: 1, clear: 0.95 })
  })

  it('are changed by id, added to, and switched off', () => {
    expect(rule('silent', [{ id: 'silent', for: 'PT30M', severity: 'critical' }])).toMatchObject({
      above: 3,
      forMs: HOUR / 2,
      severity: 'critical',
    })
    expect(rule('silent', [{ id: 'silent', enabled: false }])).toBeUndefined()
    const own = { id: 'wue', kind: 'indicator-limit', indicator: 'wue', below: 2, for: 'P2D' }
    expect(rule('wue', [own])).toMatchObject({ above: null, below: 2, forMs: 48 * HOUR })
  })

  it('clear a little away from where they fire, whatever threshold is stated', () => {
    expect(rule('pue', [{ id: 'pue', above: 1.2 }])?.clear).toBeCloseTo(1.08)
    const low = rulesOf(
      alertsSchema.parse({ rules: [{ id: 'x', kind: 'indicator-limit', indicator: 'ref', below: 0.9 }] }),
    ).find(({ id }) => id === 'x')
    expect([0.8, 0.95, 1.1].map((value) => against(value, low as NonNullable<typeof low>))).toEqual([
      'breach',
      'between',
      'clear',
    ])
  })
})

describe('an alerts.yaml that is not accepted is told by file, line, field and what is', () => {
  it.each([
    [
      'rules:\n  - id: silent\n    for: 3h',
      '/alerts.yaml:3: rules[0].for: an ISO 8601 duration such as PT15M, PT3H or P1D (got "3h")',
    ],
    [
      'rules:\n  - id: mine',
      '/alerts.yaml:2: rules[0].kind: a rule of your own needs a kind, one of target-verdict, consumption-band',
    ],
    [
      'rules:\n  - { id: silent, indicator: pue }',
      'rules[0].indicator: meter-silent has no "indicator"; it takes id, kind, enabled, severity, for, clearFor, repeat, of, above',
    ],
    ['rules:\n  - { id: leak, of: { meters: [x] } }', 'there is no meter "x"; there are m (got "x")'],
    [
      'rules:\n  - { id: i, kind: indicator-limit, indicator: puh, above: 1 }',
      'there is no indicator "puh"; there are energy,',
    ],
    [
      'rules:\n  - { id: leak, above: 0.2, clear: 0.4 }',
      'rules[0].clear: must not lie above 0.2, where it is wrong (got 0.4)',
    ],
    [
      'contracts:\n  - { meter: x, kW: 5 }',
      'contracts[0].meter: there is no meter of electricity "x"; there are m',
    ],
    ['rules:\n  - { id: silent }\n  - { id: silent }', 'two rules with the same id'],
    ['rules:\n  - { id: silent, kind: meter-stuck }', 'the rule "silent" is of the kind meter-silent'],
  ])('%s', async (yaml, said) => {
    expect(await saidOf(yaml)).toContain(said)
  })

  it("the demo's is accepted", async () => {
    expect((await readConfig('config')).alerts.contracts).toHaveLength(3)
  })
})
