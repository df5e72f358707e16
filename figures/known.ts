/**
 * The field that says whether another is defined. What was written once can't be taken back in every
 * InfluxDB, so an old number may still stand beside a 0.
 */
export function known(value: number | null): 0 | 1 {
  return value === null ? 0 : 1
}
