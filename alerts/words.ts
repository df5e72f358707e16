import type { Notice, Severity } from '../core/alert.ts'

/** What messages say besides what alerts say themselves. */
export interface MessageWords {
  readonly severities: Readonly<Record<Severity, string>>
  readonly kinds: Readonly<Record<Notice['kind'], string>>
  readonly flapping: string
  readonly nowhere: string
  readonly since: string
  readonly until: string
  readonly cost: string
  readonly advice: string
  readonly page: string
  readonly open: string
  readonly unsubscribe: string
  readonly why: (subscription: string) => string
  readonly several: (counts: { begun: number; lasting: number; ended: number }, sites: number) => string
  readonly summary: (further: number) => string
  readonly further: (count: number) => string
  readonly counted: (count: number) => string
  readonly test: string
  readonly testBody: (subscription: string) => string
}

/** Both languages group digits alike. */
const digits = new Intl.NumberFormat('en-GB').format

const en: MessageWords = {
  severities: { info: 'Info', warning: 'Warning', critical: 'Critical' },
  kinds: { firing: 'New', reminder: 'Still there', resolved: 'Over' },
  flapping: 'comes and goes',
  nowhere: 'All sites',
  since: 'since',
  until: 'until',
  cost: 'So far',
  advice: 'What to look at',
  page: 'All alerts',
  open: 'Open on the page',
  unsubscribe: 'Unsubscribe',
  why: (subscription) => `You get this by the subscription "${subscription}".`,
  several: ({ begun, lasting, ended }, sites) => {
    const parts = [
      begun > 0 && `${digits(begun)} new`,
      lasting > 0 && `${digits(lasting)} still there`,
      ended > 0 && `${digits(ended)} over`,
    ].filter((part) => part !== false)
    const total = begun + lasting + ended
    return `${digits(total)} alerts${sites > 1 ? ` at ${sites} sites` : ''}: ${parts.join(', ')}`
  },
  summary: (further) => `${digits(further)} further ${further === 1 ? 'alert' : 'alerts'}, see the page`,
  further: (count) => `and ${digits(count)} more, see the page`,
  counted: (count) => `${digits(count)} ${count === 1 ? 'alert' : 'alerts'}`,
  test: 'Test message',
  testBody: (subscription) =>
    `This is a test of the subscription "${subscription}". Notices of alerts will come this way.`,
}

const zh: MessageWords = {
  severities: { info: '提示', warning: '警告', critical: '严重' },
  kinds: { firing: '新告警', reminder: '仍未恢复', resolved: '已恢复' },
  flapping: '反复出现',
  nowhere: '所有地点',
  since: '开始于',
  until: '结束于',
  cost: '截至目前',
  advice: '建议先检查',
  page: '全部告警',
  open: '在页面中查看',
  unsubscribe: '退订',
  why: (subscription) => `您收到此消息,是因为订阅了“${subscription}”。`,
  several: ({ begun, lasting, ended }, sites) => {
    const parts = [
      begun > 0 && `新增 ${digits(begun)}`,
      lasting > 0 && `仍未恢复 ${digits(lasting)}`,
      ended > 0 && `已恢复 ${digits(ended)}`,
    ].filter((part) => part !== false)
    const total = begun + lasting + ended
    return `${sites > 1 ? `${sites} 个地点共 ` : ''}${digits(total)} 条告警:${parts.join(',')}`
  },
  summary: (further) => `另有 ${digits(further)} 条告警,详见页面`,
  further: (count) => `另有 ${digits(count)} 条,详见页面`,
  counted: (count) => `${digits(count)} 条告警`,
  test: '测试消息',
  testBody: (subscription) => `这是订阅“${subscription}”的测试消息。今后的告警通知将通过此渠道发送。`,
}

export const messageWords = { en, zh } as const
