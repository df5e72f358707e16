import type { SitesAnswer } from '../answers.ts'

export function TargetView(_: { id: string; sites: SitesAnswer | undefined }) {
  return null
}
