import type { Senders } from './letter.ts'
import { dingtalkSender } from './notify/dingtalk.ts'
import { type EmailOptions, emailSender } from './notify/email.ts'
import { feishuSender } from './notify/feishu.ts'
import { AlertTopics, type MqttOptions } from './notify/mqtt.ts'
import { slackSender } from './notify/slack.ts'
import { webhookSender } from './notify/webhook.ts'
import { wecomSender } from './notify/wecom.ts'

export interface SenderOptions {
  readonly email: EmailOptions
  readonly mqtt: MqttOptions
  readonly clock: () => number
}

/** A sender for every channel. */
export function makeSenders({ email, mqtt, clock }: SenderOptions) {
  return {
    email: emailSender(email),
    webhook: webhookSender(clock),
    slack: slackSender(),
    feishu: feishuSender(clock),
    dingtalk: dingtalkSender(clock),
    wecom: wecomSender(),
    mqtt: new AlertTopics(mqtt),
  } satisfies Senders
}
