import type { Denominator, Indicator } from '../core/indicator.ts'
import { quantityName } from '../core/quantity-names.ts'
import { isTally, type Quantity, quantitiesIn } from '../core/source.ts'
import { isByFactor, quantityWords, type Words } from './quantity-words.ts'

const DENOMINATORS: Readonly<Record<Denominator, Words>> = {
  employees: {
    en: 'full-time employees at the end of the span; of a running span, now',
    zh: '期末全职员工数；未完的时段取当前值',
  },
  'employees-average': {
    en: 'full-time employees weighted by how long each number held, over the elapsed part of the span',
    zh: '按时间加权的全职员工数（已过时段）',
  },
  'floor-area': {
    en: 'floor area of all areas weighted by how long it held, over the elapsed part of the span',
    zh: '各区域建筑面积按时间加权（已过时段）',
  },
  revenue: {
    en: 'the statements of revenue that together make up just this span',
    zh: '恰好组成该时段的营业收入',
  },
}
const DATA_CENTRE: Words = {
  en: ' Of a boundary, its data centres alone count, above and below the line.',
  zh: '对统计边界，分子分母均只计其中的数据中心。',
}

/** How an indicator is made: its quantity, or one summed quantity by another, divided once. */
export function indicatorWords(indicator: Indicator): Words {
  const { numerator, denominator, scale = 1, dataCentres } = indicator
  if (denominator === undefined) return quantityWords(numerator) ?? nameOf(numerator)
  const above = nameOf(numerator)
  const below = typeof denominator === 'string' ? DENOMINATORS[denominator] : nameOf(denominator)
  const times = scale === 1 ? '' : ` × ${scale}`
  return {
    en: `${above.en} ÷ ${below.en}${times}. Each is summed over the whole span and all sites first, and divided once.${dataCentres ? DATA_CENTRE.en : ''}`,
    zh: `${above.zh} ÷ ${below.zh}${times}。先对整个时段和全部场所分别求和，再相除一次。${dataCentres ? DATA_CENTRE.zh : ''}`,
  }
}

/** What makes an indicator null, from how it is made. */
export function undefinedWords(indicator: Indicator): Words[] {
  const { numerator, denominator, dataCentres } = indicator
  const below = typeof denominator === 'object' ? quantitiesIn(denominator) : []
  const all = [...quantitiesIn(numerator), ...below]
  const has = (test: (quantity: Quantity) => boolean) => all.some(test)
  const isOnlyEntered = all.every(({ source }) => source.kind === 'entered')
  const perPerson = typeof denominator === 'string' && denominator !== 'floor-area'
  const cases: readonly (readonly [boolean, string, string])[] = [
    [
      !isOnlyEntered,
      'Less than 95 % of the span is covered by data; the coverage of a sum is that of its worst meter.',
      '数据覆盖率低于 95 %；合计的覆盖率取其中最差的一只表。',
    ],
    [
      isOnlyEntered && !has(isTally),
      'Nothing is entered for the period, or for a longer one only.',
      '该时段没有录入值，或仅有更长时段的录入值。',
    ],
    [
      has(isTally) && isOnlyEntered,
      'No event is entered, or one is dated by a longer period alone.',
      '没有录入事件，或事件仅注明更长的时段。',
    ],
    [
      numerator.everySite || (typeof denominator === 'object' && denominator.everySite),
      'A site of the boundary has neither a meter nor an entry that gives it: it is named.',
      '边界内某个场所既无计量也无录入，原因中会写明该场所。',
    ],
    [
      has(isByFactor),
      'No factor holds on a day of the span, and none may be carried forward.',
      '时段内某日没有有效的因子，也没有允许沿用的因子。',
    ],
    [
      has(({ source }) => source.kind === 'meters' && source.refuse !== undefined),
      'Of an area or a meter of a site that makes power or heat itself: nobody can tell what it bought.',
      '所属场所自产电力或热力时的区域或单表：无法得知其外购量。',
    ],
    [denominator !== undefined, 'What it is divided by is not known, or is zero.', '分母未知或为零。'],
    [
      typeof denominator === 'object',
      'More was fed out than came in or was made.',
      '外送量大于购入与自产之和。',
    ],
    [
      perPerson,
      'Of an area or a meter: employees and revenue are stated by site.',
      '区域或单表：员工与营收按场所填写。',
    ],
    [
      denominator === 'revenue',
      'The span still runs: its revenue is of the whole.',
      '时段未完：营收属于整个时段。',
    ],
    [dataCentres === true, 'The boundary has no data centre.', '边界内没有数据中心。'],
  ]
  return cases.filter(([applies]) => applies).map(([, en, zh]) => ({ en, zh }))
}

function nameOf({ id }: Quantity): Words {
  return quantityName(id) ?? { en: id, zh: id }
}
