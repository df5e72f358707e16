import { SingleBar } from 'cli-progress'
import type { Progress } from './fleet.ts'

const LINE_EVERY_MS = 2000

/** Says how far a long run has come: a bar on a terminal, now and then a plain line elsewhere. */
export interface ProgressReport {
  update(progress: Progress): void
  /** Ends the bar, so that other lines can follow. */
  stop(): void
}

/** A report about `what`, such as "history", on a stream. `now` is in milliseconds. */
export function progressReport(
  what: string,
  stream: NodeJS.WriteStream,
  now: () => number = () => performance.now(),
): ProgressReport {
  return stream.isTTY ? barOn(stream, what, now) : linesOn(stream, what, now)
}

function barOn(stream: NodeJS.WriteStream, what: string, now: () => number): ProgressReport {
  const bar = new SingleBar({
    stream,
    hideCursor: true,
    format: `${what} {bar} {percentage} % | {done} of {all} readings | {speed}`,
    barsize: 30,
    clearOnComplete: false,
  })
  const started = now()
  let running = false
  return {
    update({ done, total }) {
      if (!running) bar.start(total, done, { done: '0', all: counted(total), speed: '' })
      running = true
      bar.update(done, {
        done: counted(done),
        all: counted(total),
        speed: speed({ done, total }, now() - started),
      })
    },
    stop() {
      if (running) bar.stop()
      running = false
    },
  }
}

function linesOn(stream: NodeJS.WritableStream, what: string, now: () => number): ProgressReport {
  const started = now()
  let lastLine = started
  let last: Progress | undefined
  const write = (progress: Progress) => {
    stream.write(`${progressLine(what, progress, now() - started)}\n`)
    lastLine = now()
    last = undefined
  }
  return {
    update(progress) {
      last = progress
      if (now() - lastLine >= LINE_EVERY_MS) write(progress)
    },
    stop() {
      if (last !== undefined) write(last)
    },
  }
}

/** `history 43 % 612,000 of 1,420,000 readings, 31,000/s, 26 s left` */
export function progressLine(what: string, progress: Progress, elapsedMs: number): string {
  const { done, total } = progress
  const percent = total === 0 ? 100 : Math.floor((100 * done) / total)
  return `${what} ${percent} % ${counted(done)} of ${counted(total)} readings, ${speed(progress, elapsedMs)}`
}

function speed({ done, total }: Progress, elapsedMs: number): string {
  const perSecond = done / Math.max(0.001, elapsedMs / 1000)
  if (done === 0) return 'waiting'
  if (done >= total) return `${counted(Math.round(perSecond))}/s`
  return `${counted(Math.round(perSecond))}/s, ${Math.ceil((total - done) / perSecond)} s left`
}

function counted(n: number): string {
  return n.toLocaleString('en-US')
}
