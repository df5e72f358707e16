import type { SitesAnswer } from '../answers.ts'
import type { View } from '../route.ts'

export function SiteView({
  view,
  sites,
}: {
  view: Extract<View, { name: 'site' }>
  sites: SitesAnswer | undefined
}) {
  return (
    <main id="site">
      {view.id} {sites?.rows.length}
    </main>
  )
}
