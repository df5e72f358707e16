import type { TypicalText } from './typical-en.ts'

/** What the page says of today against a typical day, in Chinese. */
export const typical: TypicalText = {
  title: '今天与典型日对比',
  of: (what, scope) => `${what} · ${scope}`,
  soFar: (clock) => `今天截至 ${clock}`,
  usual: (amount, days) => `${days}此时通常为 ${amount}`,
  classes: { workday: '工作日', restday: '休息日' },
  above: (percent, amount) => `高于通常 ${percent}（+${amount}）`,
  below: (percent, amount) => `低于通常 ${percent}（−${amount}）`,
  same: '与通常相同',
  left: (n) => `${n} 小时因缺数据或为估算而未计入`,
  noHour: '今天还没有完整的小时。',
  noHistory: '历史数据不足，无法得知此时的通常值。',
  severalZones: '其场所使用不同时钟，因此没有典型日。请选择一个场所。',
  chart: (what, day) => `${day}${what}逐小时用量与通常值`,
  legend: { hour: '今天各小时', running: '当前小时', band: '十天中的八天', mean: '同类日均值' },
  tip: {
    usual: (amount) => `通常 ${amount}`,
    band: (low, high) => `${low} – ${high}`,
    toCome: '尚未到来',
    noData: '无数据',
  },
  method: '计算方法',
  clock: (hour) => `${String(hour).padStart(2, '0')}:00`,
}
