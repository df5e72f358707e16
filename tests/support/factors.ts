import { FactorBook } from '../../core/factor.ts'
import { factorsSchema } from '../../core/factor-file.ts'
import { publishedFactors } from '../../core/published-factors.ts'

/** The factors that come with the program, and those of a `factors.yaml`. */
export function factorBook(file: object = {}): FactorBook {
  return new FactorBook(factorsSchema.parse(file), publishedFactors)
}
