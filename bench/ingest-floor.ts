import { fork } from 'node:child_process'
import { once } from 'node:events'
import { connect } from 'mqtt'
import { CLIENT_ID, type Contestant } from './ingest-stage.ts'
import { SUBSCRIPTION } from './load.ts'
import { end } from './server.ts'

/** mqtt.js as everybody uses it, doing nothing with the messages: less than this no subscriber on it can cost. */
export const floor: Contestant = {
  name: 'bare mqtt.js subscriber',
  subscription: SUBSCRIPTION,
  stores: false,
  async start({ load, brokerPort }) {
    const child = fork(import.meta.filename, [`mqtt://127.0.0.1:${brokerPort}`, String(load.messages)])
    let messages = 0
    child.on('message', (count) => {
      messages = Number(count)
    })
    await once(child, 'message')
    return {
      pid: child.pid as number,
      done: async () => messages * load.readingsEach,
      lookEveryMs: 20,
      stop: () => end(child),
    }
  },
}

function subscribe(url: string, messages: number, say: (count: number) => void): void {
  const client = connect(url, { clientId: CLIENT_ID, clean: false })
  let count = 0
  client.on('message', () => {
    if (++count === messages) say(count)
  })
  say(count)
}

if (process.send !== undefined) {
  const [url = '', messages = ''] = process.argv.slice(2)
  subscribe(url, Number(messages), (count) => process.send?.(count))
}
