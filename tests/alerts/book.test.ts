import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { AlertBook, type Damage } from '../../alerts/book.ts'
import { pagesOf, subscriptionOf } from './support.ts'

async function bookOf(text: string) {
  const folder = await mkdtemp(join(tmpdir(), 'wattwell-book-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const path = join(folder, 'book.json')
  await writeFile(path, text)
  const damages: Damage[] = []
  const book = await AlertBook.open(path, (damage) => damages.push(damage))
  return { folder, path, book, damages }
}

const whole = JSON.stringify(pagesOf([subscriptionOf()]))

it('a book that is whole is taken as it is', async () => {
  const { book, damages } = await bookOf(whole)
  expect(JSON.stringify(book.pages)).toBe(whole)
  expect(damages).toEqual([])
})

it.each([
  ['was cut off', whole.slice(0, -30)],
  ['is empty', ''],
  ['is of another version', whole.replace('"version":1', '"version":2')],
  ['lacks its lists', '{"version":1}'],
  ['is null', 'null'],
])('a book that %s is moved aside as it is, and a new one begins', async (_, text) => {
  const { folder, path, book, damages } = await bookOf(text)
  expect(book.pages).toEqual(pagesOf([]))
  await book.change((pages) => ({ ...pages, subscriptions: [subscriptionOf()] }))
  expect((await AlertBook.open(path)).pages.subscriptions).toEqual([subscriptionOf()])
  const aside = (await readdir(folder)).filter((name) => name.startsWith('book.json.damaged-'))
  expect(aside.length).toBe(1)
  expect(await readFile(join(folder, aside[0] as string), 'utf8')).toBe(text)
  expect(damages).toMatchObject([{ path, movedTo: join(folder, aside[0] as string) }])
  // What is wrong is said without what stands in it: there are secrets.
  expect(damages[0]?.reason).toMatch(/^it is no (JSON|book of alerts of this version)$/)
})
