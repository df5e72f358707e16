import type { SitesAnswer } from '../answers.ts'

export function QualityView({ sites }: { sites: SitesAnswer | undefined }) {
  return <main id="data-quality">{sites?.rows.length}</main>
}
