import type { Context } from '../context.ts'
import type { App } from '../typed.ts'
import { alertsRoutes } from './alerts.ts'
import { deliveriesRoute } from './deliveries.ts'
import { pausesRoutes } from './pauses.ts'
import { subscriptionsRoutes } from './subscriptions.ts'

/** All that reads and changes the book of alerts. */
export function alertRoutes(app: App, context: Context): void {
  const { alerts } = context
  if (alerts === undefined) return
  const alerting = { ...context, alerts }
  alertsRoutes(app, alerting)
  pausesRoutes(app, alerting)
  subscriptionsRoutes(app, alerting)
  deliveriesRoute(app, alerting)
}
