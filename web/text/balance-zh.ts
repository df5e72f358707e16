import type { balance as english } from './balance-en.ts'

/** The same in Chinese. */
export const balance: typeof english = {
  title: '每月平衡',
  month: '月份',
  earlier: '前一月',
  later: '后一月',
  soFar: (month) => `${month}至今`,
  supply: '总供应',
  parts: { imported: '购入', generated: '自发', exported: '外送' },
  unmetered: '未计量',
  unmeteredOf: (share) => `总供应的 ${share} 未到达任何分表`,
  alarm: '未计量超过 5%：请查找损耗或缺少的表计。',
  excess: '下级之和大于上级：请核对倍率或上级表计。',
  excessBy: (amount) => `多出 ${amount}`,
  ofParent: (share) => `占其上级的 ${share}`,
  noSubmeters: '此供应之下没有分表，无从平衡。',
  nothing: '尚无平衡数据。',
  perSite: '平衡按场所计算，请选择：',
  nightFlow: '夜间流量',
  nightNote: '02:00 至 04:00 之间的最小流量。无人用水时仍有流量，可能存在泄漏。',
  nightShare: (share, day) =>
    day === undefined ? `为当日平均流量的 ${share}` : `${day}：为当日平均流量的 ${share}`,
  nightOf: (day) => `${day}夜间`,
  nightNone: '最近 30 天没有数据足够的夜晚。',
  nightChart: (least, most) => `最近 30 天的夜间流量，${least} 至 ${most}`,
}
