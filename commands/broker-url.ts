import type { Settings } from '../settings.ts'

/**
 * Where our own clients publish: the external broker, else the embedded one, with the credentials that
 * the settings have. `bound` is the address that the embedded broker really has.
 */
export function brokerUrl(settings: Settings, bound?: string): string {
  if (settings.mqttUrl !== '') return settings.mqttUrl
  const { host, port, username, password } = settings.mqtt
  const url = new URL(bound ?? `mqtt://${inUrl(host)}:${port}`)
  if (username !== '') {
    url.username = encodeURIComponent(username)
    url.password = encodeURIComponent(password)
  }
  return url.href
}

/** Where the API of a running wattwell answers. */
export function httpUrl({ http }: Settings): string {
  return `http://${inUrl(http.host)}:${http.port}`
}

/** A host as it stands in a URL: IPv6 in brackets, and "every address" as this machine. */
function inUrl(host: string): string {
  if (host === '0.0.0.0' || host === '::') return '127.0.0.1'
  return host.includes(':') ? `[${host}]` : host
}
