import type { Logger } from 'pino'

/** What this side writes to the log. */
export type Log = Pick<Logger, 'info' | 'warn' | 'error'>
