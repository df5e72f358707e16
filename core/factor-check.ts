import { type Factor, type FactorsFile, placeOf } from './factor-file.ts'
import { utilities } from './organisation.ts'
import type { Finding } from './organisation-check.ts'
import type { Organisation } from './organisation-index.ts'

/** What is wrong with a `factors.yaml` that no schema can tell: two of a series at once, and places that there are not. */
export function checkFactors({ factors }: FactorsFile, organisation: Organisation): Finding[] {
  return factors.flatMap((factor, i) => [
    ...overlaps(factor, i, factors),
    ...(isOfSomething(factor)
      ? []
      : [
          {
            path: ['factors', i, 'of'],
            message: `there is nothing that an ${factor.kind} of "${factor.of}" would be used for; there are ${USED.join(', ')}`,
          },
        ]),
    ...(factor.site !== undefined && !organisation.sites.has(factor.site)
      ? [
          {
            path: ['factors', i, 'site'],
            message: `there is no site "${factor.site}"; there are ${[...organisation.sites.keys()].join(', ')}`,
          },
        ]
      : []),
  ])
}

const USED: readonly string[] = [...utilities, 'electricity-residual']

/** A gas may have any name: those who enter its losses use the same. */
function isOfSomething({ kind, of }: Factor): boolean {
  return kind === 'warming-potential' || USED.includes(of)
}

function overlaps(factor: Factor, i: number, all: readonly Factor[]): Finding[] {
  const series = (one: Factor) =>
    `${one.kind}/${one.of}/${placeOf(one)}/${one.kind === 'warming-potential' ? (one.edition ?? '') : ''}`
  const other = all.slice(0, i).find((one) => {
    // One without an end holds until the next begins.
    const open = one.to === undefined || factor.to === undefined
    return (
      series(one) === series(factor) &&
      (open
        ? one.from === factor.from
        : one.from <= (factor.to as string) && factor.from <= (one.to as string))
    )
  })
  return other === undefined
    ? []
    : [
        {
          path: ['factors', i, 'from'],
          message: `the same factor is stated from ${other.from} already, and both hold at once`,
        },
      ]
}
