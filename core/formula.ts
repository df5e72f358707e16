import { Refusal, type Token, tokens } from './formula-tokens.ts'

/** A meter and the factor by which it enters a virtual one. */
export interface Term {
  readonly meter: string
  readonly weight: number
}

/** Why a formula is not accepted: what was found, and what would be. */
export interface FormulaFault {
  /** Of the character that it is about, counted from 1. */
  readonly position: number
  readonly message: string
}

/**
 * The meters of a formula with their factors, in the order in which they are first named; those whose
 * factors cancel out are left out.
 *
 * Taken are numbers, the ids that `isMeter` knows, + - * /, parentheses and a minus before a term. Ids may
 * hold "-" and ".", so a minus that subtracts stands between spaces. The formula has to be a sum of meters
 * with constant factors: only then does the sum over any split of a span stay the same.
 */
export function parseFormula(
  text: string,
  isMeter: (id: string) => boolean,
): { readonly terms: readonly Term[] } | { readonly fault: FormulaFault } {
  try {
    return { terms: new Parser(tokens(text, isMeter), text.length).terms() }
  } catch (error) {
    if (error instanceof Refusal) return { fault: { position: error.at + 1, message: error.message } }
    throw error
  }
}

/** A constant, or a sum of meters. No sum is both: an amount that does not grow with time has no place in one. */
type Sum = { readonly at: number } & (
  | { readonly constant: number }
  | { readonly weights: ReadonlyMap<string, number> }
)

/** Deeper than this nobody nests them, and further down the stack might end. */
const DEEPEST = 100

class Parser {
  readonly #tokens: readonly Token[]
  readonly #end: number
  #next = 0
  #depth = 0

  constructor(tokens: readonly Token[], end: number) {
    this.#tokens = tokens
    this.#end = end
  }

  terms(): Term[] {
    const sum = this.#sum()
    const rest = this.#tokens[this.#next]
    if (rest !== undefined) throw new Refusal(rest.at, 'here an operator is expected: + - * or /')
    if ('constant' in sum) throw new Refusal(sum.at, 'a formula without a meter; it has to name at least one')
    const terms = [...sum.weights].map(([meter, weight]) => ({ meter, weight }))
    if (!terms.every(({ weight }) => Number.isFinite(weight))) {
      throw new Refusal(sum.at, 'its numbers multiply to one that is too large')
    }
    const counted = terms.filter(({ weight }) => weight !== 0)
    if (counted.length === 0) throw new Refusal(sum.at, 'its meters cancel each other out')
    return counted
  }

  #sum(): Sum {
    let left = this.#product()
    for (let sign = this.#take('+', '-'); sign !== undefined; sign = this.#take('+', '-')) {
      const right = this.#product()
      left = added(left, sign.kind === '-' ? scaled(right, -1) : right)
    }
    return left
  }

  #product(): Sum {
    let left = this.#factor()
    for (let sign = this.#take('*', '/'); sign !== undefined; sign = this.#take('*', '/')) {
      const right = this.#factor()
      left = sign.kind === '*' ? multiplied(left, right) : divided(left, right)
    }
    return left
  }

  #factor(): Sum {
    const token = this.#tokens[this.#next]
    if (token === undefined) throw new Refusal(this.#end, 'here a meter or a number is expected')
    this.#next += 1
    if (token.kind === 'meter') return { at: token.at, weights: new Map([[token.id, 1]]) }
    if (token.kind === 'number') return { at: token.at, constant: token.value }
    if (token.kind !== '-' && token.kind !== '(') {
      throw new Refusal(token.at, `here a meter or a number is expected, not "${token.kind}"`)
    }
    this.#depth += 1
    if (this.#depth > DEEPEST) throw new Refusal(token.at, `nested deeper than ${DEEPEST}`)
    const inner = token.kind === '-' ? scaled(this.#factor(), -1) : this.#sum()
    this.#depth -= 1
    if (token.kind === '(' && this.#take(')') === undefined) {
      const found = this.#tokens[this.#next]?.at ?? this.#end
      throw new Refusal(found, `here ")" is expected, for the "(" at ${token.at + 1}`)
    }
    return { ...inner, at: token.at }
  }

  #take(...kinds: readonly Token['kind'][]): Token | undefined {
    const token = this.#tokens[this.#next]
    if (token === undefined || !kinds.includes(token.kind)) return undefined
    this.#next += 1
    return token
  }
}

function added(left: Sum, right: Sum): Sum {
  if ('constant' in left && 'constant' in right) {
    return { at: left.at, constant: left.constant + right.constant }
  }
  if ('constant' in left || 'constant' in right) {
    const { at } = 'constant' in left ? left : right
    throw new Refusal(at, 'a constant is added here; only meters may be, each with a constant factor')
  }
  const weights = new Map(left.weights)
  for (const [meter, weight] of right.weights) weights.set(meter, (weights.get(meter) ?? 0) + weight)
  return { at: left.at, weights }
}

function multiplied(left: Sum, right: Sum): Sum {
  if ('constant' in right) return scaled(left, right.constant)
  if ('constant' in left) return { ...scaled(right, left.constant), at: left.at }
  throw new Refusal(right.at, 'a meter is multiplied by a meter here; only a number may be')
}

function divided(left: Sum, right: Sum): Sum {
  if (!('constant' in right)) throw new Refusal(right.at, 'divided by a meter here; only a number divides')
  if (right.constant === 0) throw new Refusal(right.at, 'divided by zero here')
  return 'constant' in left
    ? { at: left.at, constant: left.constant / right.constant }
    : { at: left.at, weights: new Map([...left.weights].map(([id, w]) => [id, w / right.constant])) }
}

function scaled(sum: Sum, by: number): Sum {
  return 'constant' in sum
    ? { at: sum.at, constant: sum.constant * by }
    : { at: sum.at, weights: new Map([...sum.weights].map(([id, w]) => [id, w * by])) }
}
