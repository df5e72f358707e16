import type { Context } from '../context.ts'
import { EntryLedger } from '../entry-ledger.ts'
import type { App } from '../typed.ts'
import { entriesRoutes } from './entries.ts'
import { entryImportRoute } from './entry-import.ts'
import { savingsRoutes } from './savings.ts'

/** All that adds entries goes through one ledger, one after the other. */
export function entryRoutes(app: App, context: Context): void {
  const ledger = new EntryLedger(context)
  entriesRoutes(app, context, ledger)
  entryImportRoute(app, context, ledger)
  savingsRoutes(app, context, ledger)
}
