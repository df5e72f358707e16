import type { Logger } from '../log.ts'
import { demoEntries } from '../simulators/demo-entries.ts'
import { demoSavings } from '../simulators/demo-savings.ts'

/**
 * Enters what people of the demo organisation would have entered, over the API like any other, where nothing
 * is entered yet. What cannot be entered, as where keys are wanted, is told and left out.
 */
export async function enterDemo(http: string, key: string, now: number, log: Logger): Promise<void> {
  const headers = {
    'content-type': 'application/json',
    ...(key !== '' && { authorization: `Bearer ${key}` }),
  }
  const ask = async (path: string, body?: object) => {
    const answer = await fetch(`${http}/api/v1${path}`, {
      headers,
      ...(body !== undefined && { method: 'POST', body: JSON.stringify(body) }),
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
    for (const entry of demoEntries(lastYear, monthsOver)) await ask('/entries', entry)
    for (const saving of demoSavings(lastYear, monthsOver)) await ask('/savings', saving)
  } catch (error) {
    log.warn({ err: error }, 'the entries of the demo organisation were not entered')
  }
}
