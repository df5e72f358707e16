import type { HealthAnswer } from './answers.ts'

/** An answer that is not the one asked for: the API's problem document, or no answer at all. */
export class Problem extends Error {
  readonly status: number

  constructor(status: number, detail: string) {
    super(detail)
    this.status = status
  }
}

/** Relative, so that the page also works below a path of a proxy. */
export const API = 'api/v1'

const MAX_PAGES = 40

export async function get<T>(path: string, signal?: AbortSignal): Promise<T> {
  const response = await ask(path, signal)
  if (!response.ok) throw await problemOf(response)
  return (await response.json()) as T
}

/** All rows of a list, page after page. */
export async function getRows<T>(path: string, signal?: AbortSignal): Promise<T[]> {
  const rows: T[] = []
  let next: string | null = null
  for (let i = 0; i < MAX_PAGES; i += 1) {
    const after: string =
      next === null ? '' : `${path.includes('?') ? '&' : '?'}after=${encodeURIComponent(next)}`
    const answer: { rows: T[]; next: string | null } = await get(path + after, signal)
    rows.push(...answer.rows)
    next = answer.next
    if (next === null) break
  }
  return rows
}

/** Health answers with its document also when it is 503. */
export async function getHealth(signal?: AbortSignal): Promise<HealthAnswer> {
  const response = await ask('health', signal)
  if (!response.ok && response.status !== 503) throw await problemOf(response)
  return (await response.json()) as HealthAnswer
}

async function ask(path: string, signal?: AbortSignal): Promise<Response> {
  try {
    return await fetch(`${API}/${path}`, {
      headers: { accept: 'application/json' },
      ...(signal === undefined ? {} : { signal }),
    })
  } catch (error) {
    if (signal?.aborted) throw error
    throw new Problem(0, '')
  }
}

async function problemOf(response: Response): Promise<Problem> {
  const body: { detail?: unknown; title?: unknown } = await response.json().catch(() => ({}))
  const said = typeof body.detail === 'string' ? body.detail : body.title
  return new Problem(response.status, typeof said === 'string' ? said : `HTTP ${response.status}`)
}
