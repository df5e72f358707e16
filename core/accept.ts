import { HOUR_MS } from './window.ts'

/** A register that shows something wrong and then goes on as if nothing had been is bridged over so long, */
const EXCURSION_MS = 6 * HOUR_MS
/** or over so many readings, however far apart they are. */
const EXCURSION_COUNT = 3

/** A register that stood still for so long at most may have caught up with a jump that the limit does not allow at once. */
export const STILL_MS = 24 * HOUR_MS

/** Whether the readings from `first` to before `last` are few enough, or close enough, to be an excursion. */
export function isShort(at: ArrayLike<number>, first: number, last: number): boolean {
  return last - first <= EXCURSION_COUNT || (at[last] as number) - (at[first] as number) <= EXCURSION_MS
}

/** Readings of a register in order. */
interface Faces {
  readonly at: ArrayLike<number>
  readonly face: ArrayLike<number>
  /** Whether reading `j` can come after reading `i`. */
  readonly follows: (i: number, j: number) => boolean
}

/**
 * Which of a register's readings count, as their indices: without those that leave the line and come back
 * to it (DOMAIN, section 1, "spike"). Where the line is not found again a new one begins.
 */
export function acceptedFaces(faces: Faces): number[] {
  const { at, follows } = faces
  const accepted: number[] = []
  for (let k = 0; k < at.length; k += 1) {
    const last = accepted.at(-1)
    if (last === undefined || follows(last, k)) {
      accepted.push(k)
      continue
    }
    const back = comesBack(faces, last, k)
    if (back !== undefined) {
      k = back - 1
      continue
    }
    // It fell: perhaps what it fell from was wrong. It jumped: perhaps it was stuck before.
    const from = blame(faces, accepted, k) ?? standstill(faces, accepted, k)
    if (from !== undefined) accepted.length = from + 1
    accepted.push(k)
  }
  return accepted
}

/** The first reading after `k` that goes on where `last` stood. */
function comesBack({ at, face, follows }: Faces, last: number, k: number): number | undefined {
  let still = true
  for (let j = k + 1; j < at.length && isShort(at, k, j); j += 1) {
    // A register that was reset counts up from there, and passes its old face only some day. Of what
    // leaves the line and comes back, either the way back is impossible as well, or it stood still meanwhile.
    if ((still || !follows(j - 1, j)) && follows(last, j)) return j
    still = still && face[j] === face[k]
  }
  return undefined
}

/** The place in `accepted` of the reading that `k` goes on from, if those behind it are the ones that left the line. */
function blame({ at, face, follows }: Faces, accepted: readonly number[], k: number): number | undefined {
  const last = accepted.at(-1) as number
  if (!((face[k] as number) < (face[last] as number))) return undefined
  for (let p = accepted.length - 2; p >= 0; p -= 1) {
    const i = accepted[p] as number
    if (!isShort(at, accepted[p + 1] as number, k)) return undefined
    if (follows(i, k)) return p
  }
  return undefined
}

/** The place in `accepted` where the register began to stand still, if `k` can follow from there. */
function standstill(
  { at, face, follows }: Faces,
  accepted: readonly number[],
  k: number,
): number | undefined {
  const shown = face[accepted.at(-1) as number] as number
  let p = accepted.length - 1
  while (p > 0 && face[accepted[p - 1] as number] === shown) p -= 1
  const first = accepted[p] as number
  if (p === accepted.length - 1 || (at[k] as number) - (at[first] as number) > STILL_MS) return undefined
  return follows(first, k) ? p : undefined
}
