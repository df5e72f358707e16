import { connectAsync } from 'mqtt'

/** Publishes messages at QoS 1 and waits for every acknowledgement. */
export async function publish(
  url: string,
  messages: readonly { topic: string; payload: unknown }[],
): Promise<void> {
  const client = await connectAsync(url, { reconnectPeriod: 0 })
  await Promise.all(
    messages.map(({ topic, payload }) =>
      client.publishAsync(topic, typeof payload === 'string' ? payload : JSON.stringify(payload), { qos: 1 }),
    ),
  )
  await client.endAsync()
}
