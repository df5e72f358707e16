import type { Organisation } from '../core/organisation-index.ts'
import type { Reader } from './import-layout.ts'

/** A file to import, and how it is read. */
export interface ImportFile {
  readonly path: string
  readonly reader: Reader
}

/** Where the readings of a meter of the configuration are published. */
export function topics(organisation: Organisation): (meter: string) => string {
  return (meter) => `facility/${organisation.meters.get(meter)?.site.id}/${meter}/reading`
}
