import { above } from './trail.ts'

/** The arrows in a tree of buttons: up and down from line to line, right opens, left closes or goes to what it hangs on. */
export function walkByKeys(event: KeyboardEvent): void {
  const host = event.currentTarget as HTMLElement
  const from = (event.target as HTMLElement).closest<HTMLButtonElement>('.line-button')
  if (from === null) return
  const all = [...host.querySelectorAll<HTMLButtonElement>('.line-button')]
  const index = all.indexOf(from)
  const isOpen = from.getAttribute('aria-expanded')
  const parent = above(from.dataset.path ?? '')
  const steps: Record<string, () => void> = {
    ArrowDown: () => all[index + 1]?.focus(),
    ArrowUp: () => all[index - 1]?.focus(),
    Home: () => all[0]?.focus(),
    End: () => all.at(-1)?.focus(),
    ArrowRight: () => (isOpen === 'false' ? from.click() : all[index + 1]?.focus()),
    ArrowLeft: () =>
      isOpen === 'true' ? from.click() : all.find(({ dataset }) => dataset.path === parent)?.focus(),
  }
  const go = steps[event.key]
  if (go === undefined) return
  event.preventDefault()
  go()
}
