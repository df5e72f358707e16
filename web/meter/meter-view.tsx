import type { SitesAnswer } from '../answers.ts'
import type { View } from '../route.ts'

export function MeterView({
  view,
  sites,
}: {
  view: Extract<View, { name: 'meter' }>
  sites: SitesAnswer | undefined
}) {
  return (
    <main id="meter">
      {view.id} {sites?.rows.length}
    </main>
  )
}
