/** Why a formula is not accepted; `at` is the index of the character. */
export class Refusal extends Error {
  readonly at: number
  constructor(at: number, message: string) {
    super(message)
    this.at = at
  }
}

/** A piece of a formula, with the index at which it begins. */
export type Token = { readonly at: number } & (
  | { readonly kind: 'meter'; readonly id: string }
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: '+' | '-' | '*' | '/' | '(' | ')' }
)

const WORD = /[\p{L}\p{N}._][\p{L}\p{N}._-]*/uy
const NUMBER = /^(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i

/** A formula in pieces. Throws `Refusal` at a word that is neither a number nor a meter. */
export function tokens(text: string, isMeter: (id: string) => boolean): Token[] {
  const found: Token[] = []
  for (let at = 0; at < text.length; ) {
    const sign = text[at] as string
    if (/\s/.test(sign)) {
      at += 1
      continue
    }
    if (isSign(sign)) {
      found.push({ kind: sign, at })
      at += 1
      continue
    }
    WORD.lastIndex = at
    const word = WORD.exec(text)?.[0]
    if (word === undefined) {
      const character = String.fromCodePoint(text.codePointAt(at) as number)
      throw new Refusal(at, `"${character}" is not understood; meters, numbers, + - * / and parentheses are`)
    }
    found.push({ ...named(word, at, isMeter), at })
    at += word.length
  }
  return found
}

function isSign(sign: string): sign is '+' | '-' | '*' | '/' | '(' | ')' {
  return '+-*/()'.includes(sign)
}

/** A meter before a number, since an id may look like one. */
function named(word: string, at: number, isMeter: (id: string) => boolean) {
  if (isMeter(word)) return { kind: 'meter', id: word } as const
  if (NUMBER.test(word)) {
    const value = Number(word)
    if (!Number.isFinite(value)) throw new Refusal(at, `${word} is too large a number`)
    return { kind: 'number', value } as const
  }
  throw new Refusal(at, `no meter "${word}" at this site${apart(word, isMeter)}`)
}

/** Where a word would be a subtraction if there were spaces in it, the word that says so. */
function apart(word: string, isMeter: (id: string) => boolean): string {
  for (let i = word.indexOf('-'); i >= 0; i = word.indexOf('-', i + 1)) {
    const [left, right] = [word.slice(0, i), word.slice(i + 1)]
    const known = (part: string) => part === '' || isMeter(part) || NUMBER.test(part)
    if (left !== '' && known(left) && known(right)) {
      return `; ids may hold "-", so a subtraction needs spaces: "${left} - ${right}"`
    }
  }
  return ''
}
