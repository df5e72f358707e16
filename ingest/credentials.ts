import { createHash, timingSafeEqual } from 'node:crypto'
import { isIP } from 'node:net'

export interface Credentials {
  readonly username: string
  readonly password: string
}

/** Whether these are the credentials, in a time that says nothing about how much of them is right. */
export function matches(
  expected: Credentials,
  username: string | undefined,
  password: Buffer | undefined,
): boolean {
  const name = timingSafeEqual(digest(expected.username), digest(username ?? ''))
  const word = timingSafeEqual(digest(expected.password), digest(password ?? ''))
  return name && word
}

/** Whether only this machine reaches an address: 127.0.0.0/8, ::1 or localhost. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'))
}

function digest(value: string | Buffer): Buffer {
  return createHash('sha256').update(value).digest()
}
