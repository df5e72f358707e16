import type { Words } from './alert.ts'
import type { RuleKind } from './alert-file.ts'
import { standardRules } from './alert-rules.ts'

const kinds: Readonly<Record<RuleKind, Words>> = {
  'target-verdict': { en: 'Target in danger', zh: '目标存在风险' },
  'consumption-band': { en: 'Consumption out of its band', zh: '用量超出预期范围' },
  'night-flow': { en: 'Night flow that never falls', zh: '夜间流量持续不降' },
  'base-load': { en: 'Base load up', zh: '基础负荷上升' },
  'peak-demand': { en: 'Peak demand against the contract', zh: '最大需量接近合同限额' },
  'indicator-limit': { en: 'Indicator beyond its limit', zh: '指标越限' },
  'unmetered-remainder': { en: 'Unmetered remainder', zh: '未计量部分过大' },
  'meter-silent': { en: 'Meter silent', zh: '表计失联' },
  'meter-stuck': { en: 'Meter stuck', zh: '表计停走' },
  'meter-resets': { en: 'Meter resets often', zh: '表计频繁复位' },
  'factor-missing': { en: 'Factor missing', zh: '缺少排放因子' },
  'spool-filling': { en: 'Spool filling', zh: '缓冲队列将满' },
  'clock-off': { en: 'Clock of a device off', zh: '设备时钟偏差' },
}

/** Those that share their kind with others. */
const ids: Readonly<Record<string, Words>> = {
  'target-at-risk': { en: 'Target at risk', zh: '目标存在风险' },
  'target-off-track': { en: 'Target off track', zh: '目标偏离' },
  pue: { en: 'PUE above its limit', zh: 'PUE 越限' },
}

/** What a rule is called: one that does not come with the program after its kind, with its id. */
export function ruleName(id: string, kind: string): Words {
  const words = kinds[kind as RuleKind]
  const own = ids[id]
  if (own !== undefined) return own
  if (words === undefined) return { en: id, zh: id }
  if (standardRules.some((one) => one.id === id)) return words
  return { en: `${words.en} (${id})`, zh: `${words.zh}（${id}）` }
}
