import type { SitesAnswer } from '../answers.ts'

export function OrganisationView({ sites }: { sites: SitesAnswer | undefined }) {
  return <main id="organisation">{sites?.rows.length}</main>
}
