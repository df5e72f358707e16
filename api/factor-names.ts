import type { FactorKind } from '../core/factor-file.ts'
import { quantityName } from '../core/quantity-names.ts'

const kinds: Readonly<Record<FactorKind, readonly [en: string, zh: string]>> = {
  emission: ['emission factor', '排放因子'],
  'heat-value': ['heat value', '热值'],
  density: ['density', '密度'],
  'coal-equivalent': ['coal equivalent', '折标准煤系数'],
  'warming-potential': ['warming potential', '全球变暖潜势'],
}

/** What a factor is called; a gas goes by its formula or trade name. */
export function factorName(kind: FactorKind, of: string): { en: string; zh: string } {
  const what = quantityName(of) ?? { en: of, zh: of }
  const [en, zh] = kinds[kind]
  return { en: `${what.en}: ${en}`, zh: `${what.zh}${/\w$/.test(what.zh) ? ' ' : ''}${zh}` }
}
