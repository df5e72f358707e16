import { Webhook } from 'standardwebhooks'
import type { Notice } from '../../core/alert.ts'
import type { Delivery } from '../delivery.ts'
import type { Letter, Sender } from '../letter.ts'
import { alertsLink } from '../links.ts'
import { postJson } from './http.ts'

/** Of so many alerts a body tells; the others are counted in `truncatedAlerts`. */
const ALERTS = 500

/** What Alertmanager writes where nothing has ended yet. */
const NOT_ENDED = '0001-01-01T00:00:00Z'

/**
 * Posts the body that Alertmanager posts (version 4), signed by Standard Webhooks. `webhook-id` is the message's:
 * the same at every attempt.
 */
export function webhookSender(clock: () => number): Sender {
  return {
    lack: null,
    async send(letter, signal) {
      const { channel } = letter.subscription
      if (channel.kind !== 'webhook') throw new TypeError('not a webhook channel')
      const body = JSON.stringify(webhookBody(letter))
      const headers = signatureHeaders(channel.secret, letter.delivery.id, clock(), body)
      return postJson({ url: channel.url, body, headers }, signal)
    },
  }
}

function signatureHeaders(
  secret: string | undefined,
  id: string,
  now: number,
  body: string,
): Record<string, string> {
  const seconds = Math.floor(now / 1000)
  const headers = { 'webhook-id': id, 'webhook-timestamp': String(seconds) }
  if (secret === undefined) return headers
  return { ...headers, 'webhook-signature': new Webhook(secret).sign(id, new Date(seconds * 1000), body) }
}

interface WebhookAlert {
  readonly status: 'firing' | 'resolved'
  readonly labels: Readonly<Record<string, string>>
  readonly annotations: Readonly<Record<string, string>>
  readonly startsAt: string
  readonly endsAt: string
  readonly generatorURL: string
  readonly fingerprint: string
}

function webhookBody({ delivery, subscription, pageUrl }: Letter): object {
  const told = delivery.notices.slice(0, ALERTS)
  const alerts = delivery.kind === 'test' ? [testAlert(delivery, pageUrl)] : told.map(alertOf(pageUrl))
  return {
    version: '4',
    groupKey: `{}/{subscription="${subscription.id}"}`,
    truncatedAlerts: delivery.notices.length - told.length + delivery.more,
    status: alerts.every(({ status }) => status === 'resolved') ? 'resolved' : 'firing',
    receiver: subscription.name,
    groupLabels: shared(
      alerts.map(({ labels: { site, rule } }) => ({ ...(site && { site }), ...(rule && { rule }) })),
    ),
    commonLabels: shared(alerts.map(({ labels }) => labels)),
    commonAnnotations: shared(alerts.map(({ annotations }) => annotations)),
    externalURL: pageUrl,
    alerts,
  }
}

function alertOf(pageUrl: string) {
  return ({ kind, id, alert }: Notice): WebhookAlert => {
    const { site, utility } = alert
    return {
      status: kind === 'resolved' ? 'resolved' : 'firing',
      labels: {
        alertname: alert.kind,
        rule: alert.rule,
        severity: alert.severity,
        subject: alert.subject,
        ...(site !== null && { site }),
        ...(utility !== null && { utility }),
      },
      annotations: { ...annotationsOf(alert), notice: id, kind },
      startsAt: new Date(alert.since).toISOString(),
      endsAt: alert.resolvedAt === null ? NOT_ENDED : new Date(alert.resolvedAt).toISOString(),
      generatorURL: alertsLink(pageUrl, alert.id),
      fingerprint: alert.id,
    }
  }
}

/** Annotations are texts; a figure that is not known is left out. */
function annotationsOf({
  summary,
  advice,
  value,
  limit,
  unit,
  cost,
}: Notice['alert']): Record<string, string> {
  const figures = { value, limit, costKWh: cost.kWh, costM3: cost.m3, costTCO2e: cost.tCO2e }
  const known = Object.entries(figures).filter(([, figure]) => typeof figure === 'number')
  return {
    summary: summary.en,
    summary_zh: summary.zh,
    description: advice.en,
    description_zh: advice.zh,
    ...Object.fromEntries(known.map(([name, figure]) => [name, String(figure)])),
    ...(unit !== '' && { unit }),
  }
}

function testAlert({ id, createdAt }: Delivery, pageUrl: string): WebhookAlert {
  return {
    status: 'firing',
    labels: { alertname: 'test', severity: 'info' },
    annotations: { summary: 'A test message.', summary_zh: '测试消息。' },
    startsAt: new Date(createdAt).toISOString(),
    endsAt: NOT_ENDED,
    generatorURL: pageUrl,
    fingerprint: id,
  }
}

/** What all of them have in common. */
function shared(all: readonly Readonly<Record<string, string>>[]): Record<string, string> {
  const [first = {}, ...others] = all
  return Object.fromEntries(
    Object.entries(first).filter(([key, value]) => others.every((other) => other[key] === value)),
  )
}
