import { useState } from 'preact/hooks'
import { type FieldProblem, Problem } from '../api.ts'
import { type Declaration, declare, type EventRow, takeBack } from './events.ts'

/** More than so many accepted values are no help beside a field. */
const FEW = 3

/** Declaring and taking back, with what became of the last attempt. */
export interface Mending {
  readonly busy: boolean
  readonly problem: Problem | undefined
  /** What the server said about single fields, by field. */
  readonly errors: ReadonlyMap<string, string>
  /** What was kept last; `undone` when it was a taking back. */
  readonly last: { readonly event: EventRow; readonly undone: boolean } | undefined
  /** Resolves to whether it was accepted. */
  declare(declaration: Declaration): Promise<boolean>
  takeBack(event: EventRow, by: string, note: string): Promise<boolean>
  /** Forgets the last refusal. */
  clear(): void
}

/** `changed` is called after each change that the server has kept. */
export function useMending(changed: () => unknown): Mending {
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<Problem>()
  const [last, setLast] = useState<Mending['last']>()

  async function attempt(undone: boolean, act: () => Promise<EventRow>): Promise<boolean> {
    setBusy(true)
    try {
      const event = await act()
      setLast({ event, undone })
      setProblem(undefined)
      changed()
      return true
    } catch (error) {
      setProblem(error instanceof Problem ? error : new Problem(0, String(error)))
      return false
    } finally {
      setBusy(false)
    }
  }

  return {
    busy,
    problem,
    errors: new Map(problem?.fields.map((one) => [one.field.split('.').at(-1) ?? '', refusal(one)])),
    last,
    declare: (declaration) => attempt(false, () => declare(declaration)),
    takeBack: (event, by, note) => attempt(true, () => takeBack(event.id, { by, note })),
    clear: () => setProblem(undefined),
  }
}

/** With what is accepted, in the server's words, where that is short. */
function refusal({ message, accepted }: FieldProblem): string {
  return accepted === undefined || accepted.length > FEW ? message : `${message} (${accepted.join(', ')})`
}
