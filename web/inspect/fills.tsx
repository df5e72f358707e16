import type { ConsumptionRow } from '../answers.ts'
import { type Quality, shownQuality } from '../quality.ts'

/** How the bar of an hour is filled: the same signs as on the points, as textures. */
export function fillOf(hour: ConsumptionRow): string {
  const quality = shownQuality(hour)
  return quality === 'measured' ? 'var(--accent)' : `url(#fill-${quality})`
}

const SIZE = 5

const textures: Record<Exclude<Quality, 'measured'>, string> = {
  interpolated: 'M0 2.500H5',
  edited: 'M1.500 0V5M4 0V5',
  estimated: 'M-1 6L6 -1M-1 1L1 -1M4 6L6 4',
  suspect: 'M0 0L5 5M5 0L0 5',
  missing: 'M-1 6L6 -1M-1 1L1 -1M4 6L6 4',
}

/** The textures, once a page. */
export function Fills() {
  return (
    <svg class="unseen" aria-hidden="true" focusable="false">
      <defs>
        {Object.entries(textures).map(([quality, d]) => (
          <pattern
            key={quality}
            id={`fill-${quality}`}
            class={`fill ${quality}`}
            width={SIZE}
            height={SIZE}
            patternUnits="userSpaceOnUse"
          >
            <rect width={SIZE} height={SIZE} />
            <path d={d} />
          </pattern>
        ))}
      </defs>
    </svg>
  )
}
