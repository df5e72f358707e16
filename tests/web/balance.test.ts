import { describe, expect, it } from 'vitest'
import { chromiumIsThere, chromiumPath } from '../support/chromium.ts'
import { pageBench } from './bench.ts'

describe.skipIf(!chromiumIsThere)(
  `the balance view${chromiumIsThere ? '' : ` (skipped: no ${chromiumPath})`}`,
  { timeout: 30_000 },
  () => {
    const bench = pageBench()

    it('shows supply, submeters and what remained, and marks a remainder above 5 %', async () => {
      const { page } = await bench.open()
      await page.getByRole('button', { name: 'Balance' }).click()
      const lines = page.locator('.branch')
      await lines.first().waitFor()
      expect(await lines.locator('.branch-name').allTextContents()).toEqual([
        'Supply',
        'Server rooms',
        'Cooling plant',
        'Chiller 1',
        'Unmetered',
        'Lighting',
        expect.stringContaining('Unmetered'),
      ])
      expect(await page.locator('.branch.marked').count()).toBe(1)
      expect(await page.locator('.branch.marked').textContent()).toContain('10.4%')
      expect(await page.locator('.balance-alarm').textContent()).toContain('More than 5 % is unmetered')
    })

    it('goes from month to month', async () => {
      const { page } = await bench.open()
      await page.getByRole('button', { name: 'Balance' }).click()
      await page.getByText('November 2026, so far').waitFor()
      expect(await page.getByRole('button', { name: 'Month after' }).isDisabled()).toBe(true)
      await page.getByRole('button', { name: 'Month before' }).click()
      await page.getByText('October 2026', { exact: true }).waitFor()
      expect(await page.locator('.branch').first().textContent()).toContain('1,173,600 kWh')
    })

    it('shows the night flow of water with its newest value', async () => {
      const { page } = await bench.open()
      await page.locator('.consumption').getByRole('button', { name: 'Tap water' }).click()
      await page.getByRole('button', { name: 'Balance' }).click()
      const flow = page.locator('.night-flow')
      await flow.locator('.flow-line').waitFor()
      expect(await flow.locator('.night-figures b').textContent()).toMatch(/^0\.\d\d m³\/h$/)
      // A night that is not known leaves a gap: the line begins anew after it.
      const line = (await flow.locator('.flow-line path').getAttribute('d')) ?? ''
      expect(line.match(/M/g)).toHaveLength(2)
    })

    it('asks for a site where a boundary was chosen', async () => {
      const { page } = await bench.open()
      await page.locator('.picker select').selectOption('boundary:group')
      await page.getByRole('button', { name: 'Balance' }).click()
      await page.locator('.choose-site').getByRole('button', { name: 'North Park' }).click()
      await page.locator('.branch').first().waitFor()
      expect(await page.locator('.picker select').inputValue()).toBe('site:north-park')
    })

    it.each([360, 390, 1280])('fits %i pixels in Chinese', async (width) => {
      const { page } = await bench.open({ width, lang: 'zh' })
      await page.locator('.consumption').getByRole('button', { name: '自来水' }).click()
      await page.getByRole('button', { name: '平衡' }).click()
      await page.locator('.flow-line').waitFor()
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width)
      expect(((await page.locator('.balance').textContent()) ?? '').replaceAll(/m³(\/h)?/g, '')).not.toMatch(
        /[A-Za-z]{2,}/,
      )
    })
  },
)
