import type { Notice } from '../core/alert.ts'

/**
 * What a subscriber has to be told of one alert, with one more notice of it: at most that it had ended, and then
 * that it is there again. What came and went before anybody was told is dropped, unless `tellsPassed`: then its
 * end alone is told. A reminder of what is not told yet says nothing new.
 */
export function collapse(
  pending: readonly Notice[],
  notice: Notice,
  { tellsPassed }: { readonly tellsPassed: boolean },
): readonly Notice[] {
  if (pending.some((one) => one.id === notice.id)) return pending
  const ended = pending.filter((one) => one.kind === 'resolved')
  const begun = pending.some((one) => one.kind === 'firing')
  if (notice.kind === 'firing') return [...ended, notice]
  if (notice.kind === 'reminder') return begun ? pending : [...ended, notice]
  return begun && ended.length === 0 && !tellsPassed ? [] : [notice]
}
