import { expect, test } from 'vitest'
import { Calendar } from '../../core/calendar.ts'
import { HOUR_MS } from '../../core/window.ts'
import { SiteProfile } from '../../simulators/profile.ts'
import { demo, SEED, siteOf } from './support/demo.ts'

const ZONE = new Calendar('Asia/Shanghai')
const JUNE = { start: Date.parse('2026-06-01T00:00+08:00'), end: Date.parse('2026-07-01T00:00+08:00') }

function hours(site: string, twoWayFeed: number) {
  const profile = new SiteProfile(siteOf(site), ZONE, SEED, undefined, { without: [], twoWayFeed })
  const list: Record<string, number>[] = []
  for (let at = JUNE.start; at < JUNE.end; at += HOUR_MS) {
    const { amounts } = profile.hour(at)
    list.push(Object.fromEntries(profile.meters.map(({ id }, m) => [id, amounts[m] as number])))
  }
  return list
}

test('a site that feeds out takes nothing from the grid meanwhile, and its meters still balance', () => {
  const usual = hours('appliance-factory', 0)
  const feeding = hours('appliance-factory', 1)
  const sum = (list: typeof usual, id: string) =>
    list.reduce((total, used) => total + (used[id] as number), 0)
  expect(sum(feeding, 'home-e-out')).toBeGreaterThan(sum(usual, 'home-e-out') + 10_000)
  let still = 0
  for (const [h, used] of feeding.entries()) {
    const of = (id: string) => used[`home-${id}`] as number
    expect(of('e-in') + of('pv-east') + of('pv-west') - of('e-out')).toBeCloseTo(of('e-main') * 1.007, 6)
    expect(of('pv-east')).toBe(usual[h]?.['home-pv-east'])
    if (of('e-in') === 0) {
      still += 1
      expect(of('e-out')).toBeGreaterThan(0)
      expect(of('e-main')).toBeGreaterThan(150)
    }
  }
  expect(still).toBeGreaterThan(20)
})

test('a share of the days is that share', () => {
  const fed = (share: number) => {
    const usual = hours('appliance-factory', 0)
    const days = new Set<number>()
    for (const [h, used] of hours('appliance-factory', share).entries()) {
      if ((used['home-e-out'] as number) > (usual[h]?.['home-e-out'] as number)) days.add(Math.floor(h / 24))
    }
    return days.size
  }
  expect(fed(0.3)).toBeGreaterThan(2)
  expect(fed(0.3)).toBeLessThan(fed(1))
})

test('a site without an export meter never feeds out', () => {
  expect(
    demo.sites.find(({ id }) => id === 'science-park')?.meters.some(({ role }) => role === 'export'),
  ).toBe(false)
  expect(hours('science-park', 1)).toEqual(hours('science-park', 0))
})
