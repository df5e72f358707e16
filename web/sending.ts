import { useState } from 'preact/hooks'
import { type FieldProblem, Problem } from './api.ts'

/** More than so many accepted values are no help beside a field. */
const FEW = 8

/** Sending something, with what the server said of the last attempt. */
export interface Sending {
  readonly busy: boolean
  readonly problem: Problem | undefined
  /** What it said of single fields, by their last name. */
  readonly errors: ReadonlyMap<string, string>
  /** Resolves to what was kept, or to undefined where it was refused. */
  send<T>(act: () => Promise<T>): Promise<T | undefined>
}

export function useSending(): Sending {
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<Problem>()

  async function send<T>(act: () => Promise<T>): Promise<T | undefined> {
    setBusy(true)
    try {
      const kept = await act()
      setProblem(undefined)
      return kept
    } catch (error) {
      setProblem(error instanceof Problem ? error : new Problem(0, String(error)))
      return undefined
    } finally {
      setBusy(false)
    }
  }

  const errors = new Map(problem?.fields.map((one) => [nameOf(one.field), refusal(one)]))
  return { busy, problem, errors, send }
}

/** The last name of a path; places in a list are none. */
function nameOf(field: string): string {
  return field.split('.').findLast((part) => !/^\d+$/.test(part)) ?? ''
}

/** With what is accepted, in the server's words, where that is short. */
function refusal({ message, accepted }: FieldProblem): string {
  return accepted === undefined || accepted.length > FEW ? message : `${message} (${accepted.join(', ')})`
}
