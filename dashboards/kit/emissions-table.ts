import type * as table from '@grafana/grafana-foundation-sdk/table'
import type { Language } from './language.ts'
import type { Link } from './links.ts'
import { asBar, onColour } from './looks.ts'
import { coloured } from './names.ts'
import { steps } from './panel.ts'
import type { Question } from './queries.ts'
import { rows } from './table.ts'

/** A row a scope: its emissions of the running year by scope 1 and 2, and per employee. `scope`: a pattern. */
export function emissionsTable(lang: Language, scope: string, links: readonly Link[]): table.PanelBuilder {
  const ofYear = (
    indicator: string,
    as: string,
    field: 'value' | 'previous' | 'carried' = 'value',
  ): Question => ({
    from: 'kpi',
    field,
    by: 'last',
    as,
    where: { scope, indicator, grain: 'year' },
    groupBy: ['scope'],
  })
  return rows(
    lang,
    {
      title: { en: 'Emissions of the sites, this year so far', zh: '各场所本年至今的排放' },
      description: {
        en: 'In t CO2e since 1 January, beside the whole year before. Per employee by the full-time employees of now. Carried: a factor was used after its last day. An empty cell is unknown, as below 95 % coverage.',
        zh: '自 1 月 1 日起，单位 t CO2e，与上年全年并列。人均按当前全职员工。沿用：有排放因子在最后有效日之后仍被使用。空格表示未知，例如覆盖率低于 95 %。',
      },
      width: 24,
      height: 10,
    },
    [
      {
        from: 'scope',
        field: `name_${lang}`,
        by: 'last',
        as: 'name',
        where: { scope },
        groupBy: ['scope', 'site'],
        ever: true,
      },
      ofYear('ghg', 'ghg'),
      ofYear('ghg', 'previous', 'previous'),
      ofYear('ghg-scope1', 'scope1'),
      ofYear('ghg-scope2', 'scope2'),
      ofYear('ghg-scope2-market', 'market'),
      ofYear('ghg-per-employee', 'person'),
      ofYear('ghg', 'carried', 'carried'),
    ],
    {
      by: 'scope',
      columns: {
        name: { header: { en: 'Site', zh: '场所' }, width: 260, links },
        ghg: { header: { en: 'Scopes 1 and 2', zh: '范围一与二' }, more: asBar('orange') },
        previous: { header: { en: 'Year before', zh: '上年' } },
        scope1: { header: { en: 'Scope 1', zh: '范围一' } },
        scope2: { header: { en: 'Scope 2, location', zh: '范围二（位置）' } },
        market: { header: { en: 'Scope 2, market', zh: '范围二（市场）' } },
        person: { header: { en: 'Per employee', zh: '人均' }, decimals: 3 },
        carried: {
          header: { en: 'Factors', zh: '因子' },
          width: 140,
          mappings: coloured(lang, {
            '0': [{ en: 'of their time', zh: '当期因子' }, 'green'],
            '1': [{ en: 'carried forward', zh: '沿用旧因子' }, 'yellow'],
          }),
          more: onColour(steps(['green', null], ['yellow', 1])),
        },
        scope: { header: { en: 'Scope', zh: '范围' }, hidden: true },
        site: { header: { en: 'Site', zh: '场所' }, hidden: true },
      },
    },
  ).decimals(1)
}
