import { expect, it } from 'vitest'
import { notedSubscriptions, noteSubscriptions } from '../../roles/subscriptions.ts'
import { temporaryFolder } from '../ingest/support.ts'

it('what a broker was asked for is remembered, and nothing is told from not known', async () => {
  const data = await temporaryFolder()
  expect(await notedSubscriptions(data)).toBeNull()
  await noteSubscriptions(data, ['$share/a/b/+', 'b/+'])
  expect(await notedSubscriptions(data)).toEqual(['$share/a/b/+', 'b/+'])
  await noteSubscriptions(data, [])
  expect(await notedSubscriptions(data)).toEqual([])
})
