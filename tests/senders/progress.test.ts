import { Writable } from 'node:stream'
import { expect, test } from 'vitest'
import { progressLine, progressReport } from '../../senders/progress.ts'

test('a line of progress says how far, how fast and how long still', () => {
  expect(progressLine('history', { done: 612_000, total: 1_420_000 }, 20_000)).toBe(
    'history 43 % 612,000 of 1,420,000 readings, 30,600/s, 27 s left',
  )
  expect(progressLine('history', { done: 0, total: 5 }, 0)).toBe('history 0 % 0 of 5 readings, waiting')
})

test('without a terminal there is a line at most every two seconds, and one at the end', () => {
  const lines: string[] = []
  const stream = new Writable({
    write(chunk, _encoding, done) {
      lines.push(String(chunk))
      done()
    },
  })
  let now = 0
  const report = progressReport('history', stream as unknown as NodeJS.WriteStream, () => now)
  for (let done = 1; done <= 50; done += 1) {
    now = done * 100
    report.update({ done, total: 50 })
  }
  report.stop()
  expect(lines).toEqual([
    'history 40 % 20 of 50 readings, 10/s, 3 s left\n',
    'history 80 % 40 of 50 readings, 10/s, 1 s left\n',
    'history 100 % 50 of 50 readings, 10/s\n',
  ])
})

test('of a file the readings in it count for the speed, and an end that nobody knows is left out', () => {
  const file = { done: 12_100_000, total: 28_200_000, unit: 'bytes', readings: 612_000 } as const
  expect(progressLine('import', file, 20_000)).toBe(
    'import 42 % 12.1 of 28.2 MB, 612,000 readings, 30,600/s, 27 s left',
  )
  expect(progressLine('export', { done: 5_000_000, total: null, unit: 'bytes' }, 2000)).toBe(
    'export 5.0 MB, 2.5 MB/s',
  )
})
