import { existsSync } from 'node:fs'

/** Debian's Chromium; tests that need it say so where it is not installed. */
export const chromiumPath = '/usr/bin/chromium'
export const chromiumIsThere = existsSync(chromiumPath)

export const chromiumArguments = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]
