import type { z } from 'zod'
import { type OrganisationFile, organisationSchema } from '../../core/organisation.ts'
import { Organisation } from '../../core/organisation-index.ts'

type SiteInput = z.input<typeof organisationSchema>['sites'][number]

/** A site with sensible defaults, for tests that care about one thing of it. */
export function site(overrides: Partial<SiteInput> & { id: string }): SiteInput {
  return { kind: 'office', zone: 'UTC', ...overrides }
}

export function organisationFile(
  sites: SiteInput[],
  boundaries: { id: string; sites: 'all' | string[] }[] = [],
): OrganisationFile {
  return organisationSchema.parse({ organisation: { id: 'test', zone: 'UTC' }, sites, boundaries })
}

export function organisation(...args: Parameters<typeof organisationFile>): Organisation {
  return new Organisation(organisationFile(...args))
}

/** A register of electricity in kWh that brings power in. */
export function incomer(id: string) {
  return { id, utility: 'electricity' as const, role: 'import' as const, register: { unit: 'kWh' } }
}
