/** A broker's URL taken apart: its address, and the credentials that stood in it. */
export interface BrokerAddress {
  /** `mqtt://host:port`, fit for a log. */
  readonly address: string
  readonly credentials: { readonly username?: string; readonly password?: string }
}

/**
 * Takes the credentials out of `mqtt://user:password@host:port`. MQTT clients split them at the last
 * colon after decoding, so a password with a colon in it only arrives when it is given apart. Throws
 * TypeError where `url` is none.
 */
export function brokerAddress(url: string): BrokerAddress {
  const parsed = new URL(url)
  const { username, password } = parsed
  parsed.username = ''
  parsed.password = ''
  return {
    address: parsed.href,
    credentials: {
      ...(username !== '' && { username: decodeURIComponent(username) }),
      ...(password !== '' && { password: decodeURIComponent(password) }),
    },
  }
}

/** The reverse: an address with credentials in it. An empty user name is none. */
export function withCredentials(
  address: string,
  { username, password }: { readonly username: string; readonly password: string },
): string {
  if (username === '') return address
  const url = new URL(address)
  // The setters leave "%" alone.
  url.username = encodeURIComponent(username)
  url.password = encodeURIComponent(password)
  return url.href
}
