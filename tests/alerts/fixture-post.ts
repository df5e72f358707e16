import { AlertBook } from '../../alerts/book.ts'
import { gather } from '../../alerts/gather.ts'
import type { Sender } from '../../alerts/letter.ts'
import { Post } from '../../alerts/post.ts'
import { makeSenders } from '../../alerts/senders.ts'
import { silent } from '../ingest/fixture-organisation.ts'
import { names, noticeOf } from './support.ts'

/** What the program is told by whoever starts it. */
export interface Errand {
  readonly book: string
  readonly smtpUrl: string
  readonly mqttUrl: string
  /** An alert that fires at the start; none where it is left out. */
  readonly alert?: string
  /** Where the program is killed by itself. */
  readonly dies?: 'told' | 'frozen' | 'sent' | 'recorded'
  /** Where it is killed that long after its start, milliseconds. */
  readonly diesAfterMs?: number
}

/** A post in a process of its own, that can be killed. It says `done` when nothing is under way. */
const errand = JSON.parse(process.argv[2] as string) as Errand
const die = (): never => {
  process.kill(process.pid, 'SIGKILL')
  throw new Error('still alive')
}

const pace = { groupWaitMs: 0, groupIntervalMs: 0 }
const book = await AlertBook.open(errand.book)
if (errand.diesAfterMs !== undefined) setTimeout(die, errand.diesAfterMs)
if (errand.alert !== undefined) {
  const notice = { ...noticeOf('firing', { id: errand.alert }, Date.now()), id: `${errand.alert}/firing/1` }
  await book.change((pages) =>
    gather({ ...pages, alerts: [...pages.alerts, notice.alert] }, [notice], Date.now(), pace),
  )
}
if (errand.dies === 'told') die()

const real = makeSenders({
  email: { smtpUrl: errand.smtpUrl, from: 'wattwell@energy.example.com' },
  mqtt: { url: () => errand.mqttUrl, sites: ['science-park'], pages: () => book.pages, clock: Date.now },
  clock: Date.now,
})
const dying = (sender: Sender): Sender => ({
  lack: null,
  send: async (letter, signal) => (errand.dies === 'frozen' ? die() : sender.send(letter, signal)),
})
const senders = {
  ...real,
  webhook: dying(real.webhook),
  email: dying(real.email),
  mqtt: dying(real.mqtt),
}
const post = new Post({
  book,
  senders,
  pageUrl: () => 'http://127.0.0.1',
  names,
  clock: Date.now,
  log: silent,
  pace,
  // Asked for when an attempt has ended and before that is written down.
  chance: () => (errand.dies === 'sent' ? die() : 0),
  lookEveryMs: 10,
})
post.start()
const look = setInterval(() => {
  const open = book.pages.deliveries.filter(({ state }) => state === 'gathering' || state === 'trying')
  if (open.length > 0) return
  clearInterval(look)
  if (errand.dies === 'recorded') die()
  console.log('done')
  void post.stop().then(() => real.mqtt.close())
}, 10)
