/**
 * Chance without randomness: the same seed, stream and number always give the same value, so a
 * simulator that starts again goes on exactly where it was.
 */

/** A 32-bit stream number of a text, such as a meter's id, under a seed. */
export function streamOf(seed: string, text: string): number {
  let hash = 0x811c9dc5
  for (const part of [seed, '\u0000', text]) {
    for (let i = 0; i < part.length; i += 1) hash = Math.imul(hash ^ part.charCodeAt(i), 0x01000193)
  }
  return hash >>> 0
}

/** A value in [0, 1) for the nth draw of a stream. */
export function noise(stream: number, n: number): number {
  let x = Math.imul(stream ^ Math.imul(n | 0, 0x9e3779b1), 0x85ebca6b)
  x ^= x >>> 15
  x = Math.imul(x ^ stream, 0x2c1b3c6d)
  x ^= x >>> 12
  x = Math.imul(x, 0x297a2d39)
  return ((x ^ (x >>> 15)) >>> 0) / 4294967296
}

/** The same, in [-1, 1), and smooth between whole numbers. */
export function smoothNoise(stream: number, x: number): number {
  const n = Math.floor(x)
  const f = x - n
  const a = noise(stream, n)
  const b = noise(stream, n + 1)
  return (a + (b - a) * f * f * (3 - 2 * f)) * 2 - 1
}
