const DELIMITERS = [',', ';', '\t']

/** The delimiter that stands most often in the first line of a CSV text, outside quotes. */
export function delimiterOf(head: string): string {
  const bare = (head.split('\n', 1)[0] as string).replace(/"[^"]*"/g, '')
  const count = (delimiter: string) => bare.split(delimiter).length - 1
  return DELIMITERS.reduce((best, one) => (count(one) > count(best) ? one : best))
}
