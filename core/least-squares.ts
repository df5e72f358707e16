import { CholeskyDecomposition, Matrix } from 'ml-matrix'

/** A column of which less than this is not told by those before it says nothing of its own. */
const TOLERANCE = 1e-4

/** Coefficients of columns, in their order. */
export interface Solution {
  readonly coefficients: readonly number[]
  /** The inverse of X'X: times the residual variance it is the covariance of the coefficients. */
  readonly inverse: readonly (readonly number[])[]
  /** Sum of squared residuals. */
  readonly sse: number
}

/**
 * Ordinary least squares of one outcome on any choice of columns: their products are summed once, so that
 * hundreds of choices cost no more than small matrices.
 */
export class LeastSquares {
  readonly #columns: readonly Float64Array[]
  readonly #products: readonly Float64Array[]
  readonly #outcome: Float64Array
  readonly #withOutcome: Float64Array
  readonly #squares: number

  /** All columns are as long as the outcome. */
  constructor(columns: readonly Float64Array[], outcome: Float64Array) {
    this.#columns = columns
    this.#outcome = outcome
    this.#products = columns.map((a, i) => Float64Array.from(columns.slice(0, i + 1), (b) => dot(a, b)))
    this.#withOutcome = Float64Array.from(columns, (column) => dot(column, outcome))
    this.#squares = dot(outcome, outcome)
  }

  /** The fit on some of the columns; null where one of them is told by the others, or there are too few points. */
  solve(chosen: readonly number[]): Solution | null {
    const p = chosen.length
    if (p === 0 || this.#outcome.length <= p) return null
    // Scaled to the diagonal 1, so that kelvins and shares of days weigh alike.
    const scale = chosen.map((i) => Math.sqrt(this.#product(i, i)))
    if (scale.some((one) => one === 0)) return null
    const gram = new Matrix(p, p)
    for (const [r, i] of chosen.entries()) {
      for (const [c, j] of chosen.entries())
        gram.set(r, c, this.#product(i, j) / ((scale[r] as number) * (scale[c] as number)))
    }
    const decomposed = new CholeskyDecomposition(gram)
    if (!decomposed.isPositiveDefinite()) return null
    const lower = decomposed.lowerTriangularMatrix
    for (let i = 0; i < p; i += 1) if (lower.get(i, i) ** 2 < TOLERANCE) return null
    const scaled = decomposed.solve(Matrix.eye(p))
    const inverse = scale.map((a, r) => scale.map((b, c) => scaled.get(r, c) / (a * b)))
    const known = chosen.map((i) => this.#withOutcome[i] as number)
    const coefficients = inverse.map((row) => row.reduce((sum, x, c) => sum + x * (known[c] as number), 0))
    const told = coefficients.reduce((sum, x, c) => sum + x * (known[c] as number), 0)
    return { coefficients, inverse, sse: Math.max(0, this.#squares - told) }
  }

  /** What is left of the outcome, point by point. */
  residuals(chosen: readonly number[], coefficients: readonly number[]): Float64Array {
    return this.#outcome.map((value, k) =>
      chosen.reduce(
        (rest, i, c) =>
          rest - (coefficients[c] as number) * ((this.#columns[i] as Float64Array)[k] as number),
        value,
      ),
    )
  }

  #product(i: number, j: number): number {
    return this.#products[Math.max(i, j)]?.[Math.min(i, j)] as number
  }
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0
  for (let k = 0; k < a.length; k += 1) sum += (a[k] as number) * (b[k] as number)
  return sum
}
