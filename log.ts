import { type Logger, pino, stdSerializers } from 'pino'
import pretty from 'pino-pretty'
import { StoreUnavailable } from './store/store.ts'

export type { Logger }

/** The log, on standard error: readable lines on a terminal, JSON elsewhere. */
export function makeLog(level: string, name: string): Logger {
  const options = { level, name, base: { name }, serializers: { err: serialised } }
  if (!process.stderr.isTTY) return pino(options, pino.destination({ dest: 2, sync: true }))
  return pino(
    options,
    pretty({ destination: 2, sync: true, ignore: 'pid,hostname', translateTime: 'SYS:HH:MM:ss' }),
  )
}

/** An error with its stack, except where that says nothing: a store that is away is no mistake in the program. */
function serialised(error: Error): object {
  if (!(error instanceof StoreUnavailable)) return stdSerializers.err(error)
  const { name, code, message } = error
  return { type: name, code, message }
}
