import type { Quality } from './quality.ts'

/** How a figure or a reading is known, as an outline; colour only repeats it. */
export type Sign = Quality | 'rejected' | 'excluded'

/** Outlines around the point 0, 0; the same for SVG and for a canvas. */
export const outlines: Record<Sign, string> = {
  measured: 'M-3.5 0a3.500 3.500 0 1 0 7 0a3.500 3.500 0 1 0 -7 0Z',
  interpolated: 'M-3.5 0a3.500 3.500 0 1 0 7 0a3.500 3.500 0 1 0 -7 0Z',
  edited: 'M-3.8 -3.800H3.800V3.800H-3.800Z',
  estimated: 'M0 -5.200L5.200 0L0 5.200L-5.200 0Z',
  suspect: 'M0 -5.600L5.800 4.400H-5.800Z',
  missing: 'M-4 0H4',
  rejected: 'M-4 -4L4 4M4 -4L-4 4',
  excluded: 'M-4 -4L4 4M4 -4L-4 4',
}
