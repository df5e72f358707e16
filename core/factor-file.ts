import { z } from 'zod'
import { localDay } from './calendar.ts'
import { factorUnit } from './factor-unit.ts'

/** The schema of `factors.yaml`. */

export const factorKinds = [
  'emission',
  'heat-value',
  'density',
  'coal-equivalent',
  'warming-potential',
] as const
export type FactorKind = (typeof factorKinds)[number]

/** What a factor of each kind gives, and examples of units that it may have. */
const UNITS: Readonly<Record<FactorKind, { measure: string; examples: string }>> = {
  emission: { measure: 'gas', examples: 'kgCO2e/kWh, tCO2e/GJ, kgCO2/m3' },
  'heat-value': { measure: 'energy', examples: 'MJ/m3, MJ/kg, GJ/t' },
  density: { measure: 'mass', examples: 'kg/L, t/m3' },
  'coal-equivalent': { measure: 'coal', examples: 'kgce/kWh, kgce/m3, kgce/MJ' },
  'warming-potential': { measure: 'gas', examples: 'kgCO2e/kg' },
}

const date = z
  .string()
  .refine((text) => localDay(text) !== undefined, { error: 'a local date as YYYY-MM-DD' })

const place = z.string().min(1).optional()

const factor = z
  .strictObject({
    kind: z.enum(factorKinds).default('emission'),
    of: z
      .string()
      .min(1)
      .describe(
        'A utility such as electricity or natural-gas, electricity-residual, or a gas such as R-410A',
      ),
    site: place.describe('Holds for one site; at most one of site, region, industry and country'),
    region: place.describe('The `grid` of sites, such as CN-NORTH'),
    industry: place.describe('The `kind` of sites, such as data-center'),
    country: place.describe('What stands before the first hyphen of a grid, such as CN'),
    from: date.describe('First local day on which it holds'),
    to: date.optional().describe('Last local day on which it holds; without it, until another begins'),
    value: z.number().nonnegative(),
    unit: z.string().min(1).describe('What there is in a unit: kgCO2e/kWh, MJ/m3, kg/L, kgce/kWh'),
    gases: z.array(z.string().min(1)).optional().describe('The gases that it counts'),
    source: z.string().min(1).describe('Where it stands: the publication, and the page'),
    published: z
      .string()
      .regex(/^\d{4}(-\d\d(-\d\d)?)?$/, 'a year, month or day such as 2025-12')
      .describe('When the source was published'),
    edition: z.string().min(1).optional().describe('Of a standard or an assessment report'),
    carryForward: z
      .boolean()
      .default(false)
      .describe('May be used after its last day until a later one begins; every figure that does so says it'),
  })
  .refine((one) => placesOf(one).length <= 1, { error: 'only one of site, region, industry and country' })
  .refine((one) => one.to === undefined || one.to >= one.from, {
    path: ['to'],
    error: 'does not come before `from`',
  })
  .superRefine((one, context) => {
    const { measure, examples } = UNITS[one.kind]
    if (one.value === 0 && (one.kind === 'heat-value' || one.kind === 'density')) {
      context.addIssue({ code: 'custom', path: ['value'], message: `a ${one.kind} is above 0` })
    }
    if (factorUnit(one.unit)?.top.measure !== measure) {
      context.addIssue({
        code: 'custom',
        path: ['unit'],
        message: `a factor of the kind ${one.kind} is in a unit such as ${examples}`,
      })
    }
  })

export const factorsSchema = z.strictObject({
  assessmentReport: z
    .enum(['AR4', 'AR5', 'AR6'])
    .default('AR6')
    .describe('Whose warming potentials are used: those factors whose `edition` it is'),
  factors: z.array(factor).default([]),
})

export type FactorsFile = z.infer<typeof factorsSchema>
export type Factor = FactorsFile['factors'][number]

/** The place that a factor holds for, as a word: `region:CN-NORTH`; `international` where it names none. */
export function placeOf(factor: Factor): string {
  return placesOf(factor)[0] ?? 'international'
}

/** Tells a factor from others: kind, what it is of, for where, and from when. */
export function factorKey(factor: Factor): string {
  return `${factor.kind}/${factor.of}/${placeOf(factor)}/${factor.from}`
}

function placesOf({
  site,
  region,
  industry,
  country,
}: { [key in 'site' | 'region' | 'industry' | 'country']?: string | undefined }): string[] {
  const named = { site, region, industry, country }
  return Object.entries(named).flatMap(([kind, id]) => (id === undefined ? [] : [`${kind}:${id}`]))
}
