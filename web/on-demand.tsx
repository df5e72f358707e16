import type { ComponentType } from 'preact'
import { Problem } from './api.ts'
import { useResource } from './resource.ts'
import { Trouble } from './trouble.tsx'

interface Props<P> {
  /** Tells this view from another. */
  name: string
  load: () => Promise<ComponentType<P>>
  props: P
}

/** A view whose script is fetched when it is first asked for. */
export function OnDemand<P extends object>({ name, load, props }: Props<P>) {
  const held = useResource(name, () =>
    load().then(
      (component) => ({ View: component }),
      (error) => {
        throw new Problem(0, String(error))
      },
    ),
  )
  if (held.problem !== undefined) return <Trouble problem={held.problem} retry={held.refetch} />
  if (held.value === undefined) return <div class="skeleton view-skeleton" />
  const { View } = held.value
  return <View {...props} />
}
