import type { HealthAnswer } from './answers.ts'

/** One field of a request that was not accepted. */
export interface FieldProblem {
  readonly field: string
  readonly message: string
  /** What would have been, where the server says so. */
  readonly accepted?: readonly string[]
}

/** An answer that is not the one asked for: the API's problem document, or no answer at all. */
export class Problem extends Error {
  readonly status: number
  readonly fields: readonly FieldProblem[]

  constructor(status: number, detail: string, fields: readonly FieldProblem[] = []) {
    super(detail)
    this.status = status
    this.fields = fields
  }
}

/** Relative, so that the page also works below a path of a proxy. */
export const API = 'api/v1'

const MAX_PAGES = 40

export async function get<T>(path: string, signal?: AbortSignal): Promise<T> {
  const response = await ask(path, signal === undefined ? {} : { signal })
  if (!response.ok) throw await problemOf(response)
  return (await response.json()) as T
}

/** Sends something to be kept; answers with what was kept. */
export async function post<T>(path: string, body: unknown): Promise<T> {
  const response = await ask(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  if (!response.ok) throw await problemOf(response)
  return (await response.json()) as T
}

/** Takes something back; answers with what became of it. */
export async function remove<T>(path: string): Promise<T> {
  const response = await ask(path, { method: 'DELETE' })
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
  const response = await ask('health', signal === undefined ? {} : { signal })
  if (!response.ok && response.status !== 503) throw await problemOf(response)
  return (await response.json()) as HealthAnswer
}

async function ask(path: string, request: RequestInit): Promise<Response> {
  try {
    return await fetch(`${API}/${path}`, {
      ...request,
      headers: { accept: 'application/json', ...request.headers },
    })
  } catch (error) {
    if (request.signal?.aborted) throw error
    throw new Problem(0, '')
  }
}

async function problemOf(response: Response): Promise<Problem> {
  const body = (await response.json().catch(() => ({}))) as {
    detail?: unknown
    title?: unknown
    errors?: FieldProblem[]
  }
  const said = typeof body.detail === 'string' ? body.detail : body.title
  const detail = typeof said === 'string' ? said : `HTTP ${response.status}`
  return new Problem(response.status, detail, Array.isArray(body.errors) ? body.errors : [])
}
