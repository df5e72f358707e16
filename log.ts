import { type Logger, pino } from 'pino'
import pretty from 'pino-pretty'

export type { Logger }

/** The log, on standard error: readable lines on a terminal, JSON elsewhere. */
export function makeLog(level: string, name: string): Logger {
  const options = { level, name, base: { name } }
  if (!process.stderr.isTTY) return pino(options, pino.destination({ dest: 2, sync: true }))
  return pino(
    options,
    pretty({ destination: 2, sync: true, ignore: 'pid,hostname', translateTime: 'SYS:HH:MM:ss' }),
  )
}
