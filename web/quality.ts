/** How figures are known, best first; the words and their order are the API's. */
export const qualities = ['measured', 'interpolated', 'edited', 'estimated', 'suspect', 'missing'] as const
export type Quality = (typeof qualities)[number]

/** Less than this is missing from what counts as whole: a few late seconds are no gap. */
export const WHOLE = 0.9995

interface Known {
  readonly quality: Quality
  readonly coverage: number
  readonly partial?: boolean | undefined
}

/** The quality as it is shown: that the newest minutes have not come yet is no lack. */
export function shownQuality({ quality, coverage, partial }: Known): Quality {
  return quality === 'missing' && (partial || coverage >= WHOLE) ? 'measured' : quality
}

/** The worst of several. */
export function worst(list: readonly Quality[]): Quality {
  return list.reduce((a, b) => (qualities.indexOf(b) > qualities.indexOf(a) ? b : a), 'measured')
}

/** Those of a list that are worth a word, in the order of the legend. */
export function doubtsIn(list: readonly (Quality | undefined)[]): Quality[] {
  return qualities.filter((one) => one !== 'measured' && one !== 'missing' && list.includes(one))
}
