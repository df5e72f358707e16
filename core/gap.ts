import { HOUR_MS } from './window.ts'

/**
 * Two faces further apart than this leave a gap between them: its total is certain, its inside is not
 * (DOMAIN, section 1, "gap").
 */
export const GAP_MS = 2 * HOUR_MS
