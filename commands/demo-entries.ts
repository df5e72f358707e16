import type { Logger } from '../log.ts'
import { type DemoEntry, demoEntries } from '../simulators/demo-entries.ts'
import { demoSavings } from '../simulators/demo-savings.ts'

const columns = ['scope', 'quantity', 'kind', 'item', 'period', 'value', 'unit', 'source'] as const

/**
 * Enters what people of the demo organisation would have entered, over the API like any other, where nothing
 * is entered yet. What cannot be entered, as where keys are wanted, is told and left out.
 */
export async function enterDemo(http: string, key: string, now: number, log: Logger): Promise<void> {
  const authorization = key === '' ? {} : { authorization: `Bearer ${key}` }
  const ask = async (path: string, body?: { readonly type: string; readonly text: string }) => {
    const answer = await fetch(`${http}/api/v1${path}`, {
      headers: { ...authorization, ...(body !== undefined && { 'content-type': body.type }) },
      ...(body !== undefined && { method: 'POST', body: body.text }),
    })
    if (!answer.ok) throw new Error(`${path} answers ${answer.status}: ${await answer.text()}`)
    return answer.json() as Promise<{ rows?: unknown[] }>
  }
  try {
    const { rows = [] } = await ask('/entries?limit=1')
    if (rows.length > 0) return
    const today = new Date(now)
    const lastYear = today.getUTCFullYear() - 1
    const monthsOver = today.getUTCMonth()
    // All at once: figures that hang on entries are reckoned anew for each time that some are entered.
    await ask('/entries/import', { type: 'text/csv', text: fileOf(demoEntries(lastYear, monthsOver)) })
    for (const saving of demoSavings(lastYear, monthsOver))
      await ask('/savings', { type: 'application/json', text: JSON.stringify(saving) })
  } catch (error) {
    log.warn({ err: error }, 'the entries of the demo organisation were not entered')
  }
}

function fileOf(entries: readonly DemoEntry[]): string {
  const rows = entries.map((entry) => columns.map((column) => quoted(entry[column] ?? '')).join(','))
  return [columns.join(','), ...rows].join('\n')
}

function quoted(cell: string | number): string {
  return `"${String(cell).replaceAll('"', '""')}"`
}
