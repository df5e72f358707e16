import { createHmac } from 'node:crypto'

/**
 * DingTalk's robots ("加签"): HMAC-SHA256 with the secret as key over `<milliseconds>\n<secret>`, base64; it goes
 * with the time into the query.
 */
export function dingtalkSignature(secret: string, nowMs: number): string {
  return createHmac('sha256', secret).update(`${nowMs}\n${secret}`).digest('base64')
}

/**
 * Feishu's robots ("签名校验"): HMAC-SHA256 over nothing, with `<seconds>\n<secret>` as key, base64; it goes with
 * the time into the body.
 */
export function feishuSignature(secret: string, seconds: number): string {
  return createHmac('sha256', `${seconds}\n${secret}`).update('').digest('base64')
}
