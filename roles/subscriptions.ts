import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** What an external broker was asked to send to this installation: filters, one a line. */
const fileIn = (data: string) => join(data, 'mqtt-subscriptions')

/** The filters; null where nothing was noted yet. */
export async function notedSubscriptions(data: string): Promise<readonly string[] | null> {
  const text = await readFile(fileIn(data), 'utf8').catch(() => null)
  return text?.split('\n').filter((line) => line !== '') ?? null
}

export async function noteSubscriptions(data: string, filters: readonly string[]): Promise<void> {
  await writeFile(fileIn(data), filters.map((filter) => `${filter}\n`).join(''), { flush: true })
}
