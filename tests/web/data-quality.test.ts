import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { chromiumIsThere, chromiumPath } from '../support/chromium.ts'
import { NOW, serveKnownWorld } from './known-world.ts'
import { viewBench } from './view-bench.ts'

const tile = (page: Page, name: string) =>
  page.locator('.tile', { has: page.getByText(name, { exact: true }) }).locator('data')
const row = (page: Page, site: string) =>
  page.locator('.matrix tbody tr', { has: page.getByRole('rowheader', { name: site, exact: true }) })
const lines = (page: Page) => page.locator('.attention li')

describe.skipIf(!chromiumIsThere)(
  `data quality on the page${chromiumIsThere ? '' : ` (skipped: no ${chromiumPath})`}`,
  { timeout: 30_000 },
  () => {
    const bench = viewBench(NOW, serveKnownWorld)

    it('says how many sites are known well enough, and what stands in the way', async () => {
      const page = await bench.open('?quality')
      await page
        .getByRole('heading', { level: 1, name: '1 of 2 sites are known well enough in 2026' })
        .waitFor()
      await lines(page).first().waitFor()
      for (const [name, count] of [
        ['Silent meters', '1'],
        ['Below 95 % covered', '2'],
        ['With suspect days', '1'],
        ['Conflicts', '1'],
        ['In quarantine', '25'],
      ] as const) {
        await expect.poll(() => tile(page, name).getAttribute('value')).toBe(count)
      }
      expect(await page.locator('.quality-head .first').textContent()).toContain(
        'Repair first: Depot · Depot water',
      )
    })

    it('lists the meters that need attention, worst first, each with the day to look at', async () => {
      const page = await bench.open('?quality')
      await lines(page).first().waitFor()
      expect(await lines(page).locator('.whose code').allTextContents()).toEqual([
        'depot-water',
        'depot-in',
        'park-hvac',
        'park-water',
      ])
      expect(await lines(page).nth(0).textContent()).toContain('silent, last heard 10 days ago')
      expect(await lines(page).nth(1).textContent()).toMatch(/\d\d.*% covered19 days incomplete/)
      expect(await lines(page).nth(3).textContent()).toContain('1 conflict')
      await lines(page).nth(2).getByRole('link', { name: 'Look at 3 Feb' }).click()
      await page.getByRole('heading', { name: 'Tue, 3 Feb 2026' }).waitFor()
      await page.getByRole('heading', { name: 'Air conditioning' }).waitFor()
    })

    it('has the covered share of every site as the API gives it, down to the days of a meter', async () => {
      const page = await bench.open('?quality')
      const cells = row(page, 'Depot').locator('data')
      await cells.first().waitFor()
      const { rows } = (
        await bench.api.get('/consumption?scope=site:depot&utility=electricity&grain=year&from=2025&to=2027')
      ).body
      expect(await cells.first().getAttribute('value')).toBe(String(rows[1].coverage))
      await page.getByRole('group', { name: 'Utility' }).getByRole('button', { name: 'Electricity' }).click()
      const january = row(page, 'Depot').getByRole('button', { name: 'Depot, January 2026: 38.7' })
      await january.click()
      expect(new URL(page.url()).searchParams.get('month')).toBe('2026-01')
      const squares = page.locator('.day-squares')
      await squares.locator('.measured').first().waitFor()
      expect(await squares.locator('.none').count()).toBe(19)
      expect(await squares.locator('.measured').count()).toBe(12)
      await page.reload()
      await squares.locator('.none').nth(18).click()
      await page.getByRole('heading', { name: 'Mon, 19 Jan 2026' }).waitFor()
      await page.getByText('No data on this day.').waitFor()
    })

    it('goes through the quarantine by reason, page by page, with what to do', async () => {
      const page = await bench.open('?quality')
      const shown = page.locator('.refused-list li')
      await shown.first().waitFor()
      expect(await shown.count()).toBe(10)
      const reason = page.locator('.reasons button', { hasText: 'Unknown meter' })
      expect(await reason.textContent()).toContain('Add the meter to organisation.yaml')
      expect(await reason.locator('data').getAttribute('value')).toBe('15')
      await reason.click()
      await expect.poll(() => page.locator('.refused-list').textContent()).not.toContain('no-time')
      await page.getByRole('button', { name: 'Show more' }).click()
      await expect.poll(() => shown.count()).toBe(15)
      expect(await page.getByRole('button', { name: 'Show more' }).count()).toBe(0)
      const [file] = await Promise.all([
        page.waitForEvent('download'),
        page.locator('.quality-refused').getByRole('button', { name: 'Download CSV' }).click(),
      ])
      expect((await readFile(await file.path(), 'utf8')).trimEnd().split('\r\n').length).toBe(16)
    })

    it.each([
      { width: 360, scheme: 'dark', lang: 'zh' },
      { width: 1920, scheme: 'light', lang: 'en' },
    ] as const)('is clean for axe and fits, $width wide, $scheme, in $lang', async (opening) => {
      const page = await bench.open('?quality&utility=electricity&of=depot&month=2026-01', opening)
      await page.locator('.day-squares .measured').first().waitFor()
      await lines(page).first().waitFor()
      await page.locator('.refused-list li').first().waitFor()
      expect(await bench.faults()).toEqual([])
      if (opening.lang === 'en') return
      const said = (await page.locator('main').textContent()) ?? ''
      const names =
        /(group|facility\/[\w/-]+|organisation\.yaml|park-[\w-]+|depot-[\w-]+|unknown-meter|no-time|CSV|there is no .*? at park|there is no "at"|\{[^}]*\}|"at")/g
      expect(said.replaceAll(names, '')).not.toMatch(/[A-Za-z]{2,}/)
    })
  },
)
