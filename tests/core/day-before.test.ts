import { expect, it } from 'vitest'
import { Calendar } from '../../core/calendar.ts'
import type { Scope } from '../../core/organisation-index.ts'
import { HOUR_MS } from '../../core/window.ts'
import { profilePoints } from '../../figures/profile-points.ts'
import { incomer, organisation, site } from '../support/organisation.ts'

it('the day before shows an hour that clocks show twice as the mean of both, like a typical day', () => {
  const berlin = new Calendar('Europe/Berlin')
  const org = organisation([site({ id: 'park', zone: 'Europe/Berlin', meters: [incomer('in')] })])
  const again = Date.parse('2026-10-25T01:00:00Z')
  const points = profilePoints(org.scope('site:park') as Scope, berlin, {
    now: Date.parse('2026-10-26T08:00:00Z'),
    lookup: (_, grain, start) =>
      grain !== 'hour'
        ? undefined
        : {
            ...{ start, end: start + HOUR_MS, coveredMs: HOUR_MS, head: 0, tail: 0, flags: 0, estimated: 0 },
            value: start === again ? 30 : 10,
          },
  })
  const yesterday = points.filter(({ tags }) => tags.days === 'yesterday')
  expect(yesterday.map(({ fields }) => fields.mean)).toEqual(
    Array.from({ length: 24 }, (_, hour) => (hour === 2 ? 20 : 10)),
  )
})
