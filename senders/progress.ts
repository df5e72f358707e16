import { SingleBar } from 'cli-progress'

const LINE_EVERY_MS = 2000

/** How many readings something has come to. */
export interface Progress {
  readonly done: number
  readonly total: number
}

/** How many bytes of a file. */
export interface ByteProgress {
  readonly unit: 'bytes'
  readonly done: number
  /** Null where nobody knows beforehand. */
  readonly total: number | null
  /** The readings in them, where they are counted. */
  readonly readings?: number
}

/** Says how far a long run has come: a bar on a terminal, now and then a plain line elsewhere. */
export interface ProgressReport {
  update(progress: Progress | ByteProgress): void
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
    format: (_, { progress }, { amount, speed, total }) => {
      const length = Math.round(progress * 30)
      const drawn = total === null ? '' : `${'█'.repeat(length)}${'░'.repeat(30 - length)} `
      return `${what} ${drawn}${amount} | ${speed}`
    },
    clearOnComplete: false,
  })
  const started = now()
  let running = false
  return {
    update(progress) {
      const { done, total } = progress
      const payload = { amount: amount(progress), speed: speed(progress, now() - started), total }
      if (!running) bar.start(total ?? done, done, payload)
      running = true
      bar.update(done, payload)
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
  let last: Progress | ByteProgress | undefined
  const write = (progress: Progress | ByteProgress) => {
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
export function progressLine(what: string, progress: Progress | ByteProgress, elapsedMs: number): string {
  return `${what} ${amount(progress)}, ${speed(progress, elapsedMs)}`
}

function amount(progress: Progress | ByteProgress): string {
  const { done, total } = progress
  const [show, noun] = 'unit' in progress ? [megabytes, 'MB'] : [counted, 'readings']
  const percent = total === null ? '' : `${total === 0 ? 100 : Math.floor((100 * done) / total)} % `
  const all = total === null ? '' : ` of ${show(total)}`
  const readings = 'readings' in progress ? `, ${counted(progress.readings ?? 0)} readings` : ''
  return `${percent}${show(done)}${all} ${noun}${readings}`
}

function speed(progress: Progress | ByteProgress, elapsedMs: number): string {
  const { done, total } = progress
  if (done === 0) return 'waiting'
  const seconds = Math.max(0.001, elapsedMs / 1000)
  const readings = 'unit' in progress ? progress.readings : done
  const perSecond =
    readings === undefined
      ? `${megabytes(done / seconds)} MB/s`
      : `${counted(Math.round(readings / seconds))}/s`
  if (total === null || done >= total) return perSecond
  return `${perSecond}, ${Math.ceil((total - done) / (done / seconds))} s left`
}

function counted(n: number): string {
  return n.toLocaleString('en-US')
}

function megabytes(bytes: number): string {
  return (bytes / 1_000_000).toLocaleString('en-US', { minimumFractionDigits: 1, maximumFractionDigits: 1 })
}
