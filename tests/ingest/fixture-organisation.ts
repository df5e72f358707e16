import { pino } from 'pino'
import { type OrganisationFile, organisationSchema } from '../../core/organisation.ts'

export const silent = pino({ level: 'silent' })

export const organisation: OrganisationFile = organisationSchema.parse({
  organisation: { id: 'demo', zone: 'Asia/Shanghai' },
  sites: [
    {
      id: 'park',
      kind: 'campus',
      zone: 'Asia/Shanghai',
      meters: [
        { id: 'park-e', utility: 'electricity', role: 'import', register: { unit: 'kWh' } },
        { id: 'park-w', utility: 'tap-water', role: 'import', register: { unit: 'm3' } },
        { id: 'park-kw', utility: 'electricity', role: 'submeter', gauge: { unit: 'kW' } },
        { id: 'park-it', utility: 'electricity', role: 'virtual', formula: 'park-e + park-kw' },
      ],
    },
  ],
})
