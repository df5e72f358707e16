import { join } from 'node:path'
import { AlertBook } from '../alerts/book.ts'
import { Post } from '../alerts/post.ts'
import { makeSenders } from '../alerts/senders.ts'
import { Subscriptions } from '../alerts/subscriptions.ts'
import type { Rule } from '../core/alert-rules.ts'
import { nameIn } from '../core/organisation.ts'
import type { Organisation } from '../core/organisation-index.ts'
import { ruleName } from '../core/rule-name.ts'
import type { Logger } from '../log.ts'
import type { Settings } from '../settings.ts'

export interface NoticesOptions {
  /** The folder of everything that is kept. */
  readonly data: string
  readonly smtp: Settings['smtp']
  readonly organisation: Organisation
  /** Those in force, which a subscription may name. */
  readonly rules: readonly Rule[]
  readonly clock: () => number
  readonly log: Logger
}

/** The book of alerts, who hears of them, and the way to them. */
export class Notices {
  readonly book: AlertBook
  readonly subscriptions: Subscriptions
  readonly #post: Post
  readonly #senders: ReturnType<typeof makeSenders>
  #broker: string | null = null
  #pageUrl = ''

  private constructor(book: AlertBook, { smtp, organisation, rules, clock, log }: NoticesOptions) {
    this.book = book
    const sites = [...organisation.sites.keys()]
    this.#senders = makeSenders({
      email: { smtpUrl: smtp.url, from: smtp.from },
      mqtt: { url: () => this.#broker, sites, pages: () => book.pages, clock },
      clock,
    })
    this.#post = new Post({
      book,
      senders: this.#senders,
      pageUrl: () => this.#pageUrl,
      names: {
        site: (id, lang) => nameIn(lang, organisation.sites.get(id)?.site ?? { id }),
        rule: (id, lang) => ruleName(id, rules.find((one) => one.id === id)?.kind ?? '')[lang],
      },
      clock,
      log,
    })
    this.subscriptions = new Subscriptions({
      book,
      post: this.#post,
      known: { sites, rules: rules.map(({ id }) => id) },
      zone: organisation.calendar.zone,
      clock,
      topicsChanged: () => this.#senders.mqtt.refresh(),
    })
  }

  static async open(options: NoticesOptions): Promise<Notices> {
    const path = join(options.data, 'alerts', 'book.json')
    const book = await AlertBook.open(path, (damage) =>
      options.log.error(
        damage,
        'the book of alerts cannot be read: it begins anew, without its subscriptions',
      ),
    )
    return new Notices(book, options)
  }

  /** What is due goes out from now on. `broker`: with credentials; null where there is none. */
  begin(broker: string | null, pageUrl: string): void {
    this.#broker = broker
    this.#pageUrl = pageUrl
    this.#post.start()
    void this.#senders.mqtt.refresh()
  }

  async stop(): Promise<void> {
    await this.#post.stop()
    await this.#senders.mqtt.close()
  }
}
