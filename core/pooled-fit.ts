import type { EnergyModel } from './energy-model.ts'

/** How well models tell what their sites used together. */
export interface PooledFit {
  readonly points: number
  readonly r2: number
  readonly adjustedR2: number
  readonly cvRmse: number
  readonly nmbe: number
}

/** Of several models on the points that all of them have, of one its own; null where there is none, or no such point. */
export function pooledFit(models: readonly EnergyModel[]): PooledFit | null {
  const [first, ...others] = models
  if (first === undefined) return null
  const amounts: number[] = []
  const residuals: number[] = []
  for (const [day, one] of first.fitted) {
    const all = others.flatMap(({ fitted }) => fitted.get(day) ?? [])
    if (all.length < others.length) continue
    amounts.push(all.reduce((sum, { amount }) => sum + amount, one.amount))
    residuals.push(all.reduce((sum, { residual }) => sum + residual, one.residual))
  }
  return fitOf(amounts, residuals, Math.max(...models.map(({ terms }) => terms.length)))
}

/** The statistics of what was told and what was left, by a model of so many terms. */
export function fitOf(
  amounts: ArrayLike<number>,
  residuals: ArrayLike<number>,
  terms: number,
): PooledFit | null {
  const n = amounts.length
  const free = n - terms
  if (free <= 0) return null
  let total = 0
  for (let k = 0; k < n; k += 1) total += amounts[k] as number
  const mean = total / n
  let sst = 0
  let sse = 0
  let bias = 0
  for (let k = 0; k < n; k += 1) {
    sst += ((amounts[k] as number) - mean) ** 2
    sse += (residuals[k] as number) ** 2
    bias += residuals[k] as number
  }
  const r2 = sst === 0 ? 0 : 1 - sse / sst
  return {
    points: n,
    r2,
    adjustedR2: 1 - ((1 - r2) * (n - 1)) / free,
    cvRmse: Math.sqrt(sse / free) / Math.abs(mean),
    nmbe: bias / (free * mean),
  }
}
