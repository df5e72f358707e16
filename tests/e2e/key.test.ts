import { expect, it, onTestFinished } from 'vitest'
import { home, run, startProgram } from '../support/program.ts'

const organisation = {
  organisation: { id: 'test', zone: 'UTC' },
  sites: [{ id: 'works', kind: 'factory', zone: 'UTC', meters: [] }],
}
const KEY = 'a-key-of-the-environment'

it('a key of the environment opens the API to other machines, and nothing else does', async () => {
  const place = await home(organisation)
  onTestFinished(place.remove)
  const program = await startProgram(place.folder, { HTTP_HOST: '0.0.0.0', HTTP_KEY: KEY })
  onTestFinished(() => program.end('SIGTERM').then(() => {}))
  const statusOf = async (path: string, key?: string) => {
    const { port } = new URL(program.http)
    const headers = key === undefined ? {} : { authorization: `Bearer ${key}` }
    return (await fetch(`http://127.0.0.1:${port}/api/v1${path}`, { headers })).status
  }
  expect(await statusOf('/health')).toBe(200)
  expect(await statusOf('/sites')).toBe(401)
  expect(await statusOf('/sites', `${KEY}.`)).toBe(401)
  expect(await statusOf('/sites', KEY)).toBe(200)
})

it('a key that could be guessed stops the start, and is not repeated', async () => {
  const place = await home(organisation)
  onTestFinished(place.remove)
  const { code, err } = await run(place.folder, ['start'], { HTTP_HOST: '0.0.0.0', HTTP_KEY: 'guess-me' })
  expect(code).toBe(1)
  expect(err).toContain('HTTP_KEY')
  expect(err).toContain('20 characters')
  expect(err).not.toContain('guess-me')
})
