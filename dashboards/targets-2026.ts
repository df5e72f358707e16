import {
  BarGaugeDisplayMode,
  BigValueColorMode,
  GraphDrawStyle,
  TableCellDisplayMode,
} from '@grafana/grafana-foundation-sdk/common'
import {
  type Dashboard,
  DashboardBuilder,
  type DynamicConfigValue,
  MappingType,
  type ValueMapping,
} from '@grafana/grafana-foundation-sdk/dashboard'
import { bars, chart, choice, finished, rows, steps, tiles } from './kit.ts'
import { InfluxqlQuery, tagValues } from './queries.ts'
import { consumptionUnits, indicatorUnits } from './units.ts'

const verdicts: ValueMapping[] = [
  {
    type: MappingType.ValueToText,
    options: {
      '0': { text: 'on track', color: 'green', index: 0 },
      '1': { text: 'at risk', color: 'yellow', index: 1 },
      '2': { text: 'off track', color: 'red', index: 2 },
      '3': { text: 'insufficient data', color: 'blue', index: 3 },
    },
  },
]
const verdictSteps = () => steps(['green', null], ['yellow', 1], ['red', 2], ['blue', 3])

const q = InfluxqlQuery.of
const everyTarget = { target: '/./' }
/** A column of the table of targets. */
const column = (refId: string, field: 'projected' | 'actual' | 'path' | 'limit' | 'allowance', as: string) =>
  q(refId, { from: 'target', field, by: 'last', as, where: everyTarget, groupBy: ['target'] })

const dotted: DynamicConfigValue[] = [
  { id: 'custom.lineStyle', value: { fill: 'dash', dash: [10, 10] } },
  { id: 'custom.fillOpacity', value: 0 },
]
const lineOnly: DynamicConfigValue[] = [
  { id: 'custom.drawStyle', value: GraphDrawStyle.Line },
  { id: 'custom.lineWidth', value: 2 },
  { id: 'custom.fillOpacity', value: 0 },
  { id: 'custom.showPoints', value: 'always' },
]

/** Whether the year's targets will be met, and what there is left to use. */
export function targets2026(): Dashboard {
  return finished(
    new DashboardBuilder('2026 targets')
      .uid('wattwell-targets-2026')
      .description('Whether the targets of the running year will be met, by the complete months so far.')
      .tags(['wattwell'])
      .readonly()
      .timezone('browser')
      // A year's point lies at its start in the scope's own zone, up to 14 hours before that of London.
      .time({ from: 'now/y-2d', to: 'now' })
      .refresh('5m')
      .withVariable(
        choice('target', 'Target', tagValues('target', 'target', everyTarget))
          .multi(true)
          .includeAll(true)
          .current({ selected: true, text: 'All', value: '$__all' }),
      )
      .withVariable(choice('scope', 'Of', tagValues('target', 'scope', everyTarget)))
      .withVariable(
        choice(
          'indicator',
          'Indicator',
          tagValues('kpi', 'indicator', { scope: '$scope' }),
          'energy-per-employee',
        ),
      )
      .withPanel(
        tiles(
          {
            title: 'How the year will end',
            description:
              'The verdict on what the whole year comes to, projected from its complete months by the course of the year before. Below 95 % coverage, or with more than 10 % estimated, there is none.',
            width: 24,
            height: 5,
          },
          [
            q('A', {
              from: 'target',
              field: 'verdict',
              by: 'last',
              where: { target: '/^$target$/' },
              groupBy: ['target'],
              name: '$tag_target',
            }),
          ],
        )
          .colorMode(BigValueColorMode.Background)
          .mappings(verdicts)
          .thresholds(verdictSteps()),
      )
      .withPanel(
        rows(
          {
            title: 'The targets of the year',
            description:
              'So far: measured since 1 January, of a cumulative target since its first year. Whole year: what it comes to, of a cumulative target all its years. This year: the point of the path, or the limit. In the end: what must be met in the target year. Left: what may still be used this year, in MWh or t; less than nothing means exceeded. An empty cell is unknown.',
            width: 24,
            height: 8,
          },
          [
            q('A', {
              from: 'target',
              field: 'verdict',
              by: 'last',
              as: 'verdict',
              where: everyTarget,
              groupBy: ['target', 'scope', 'unit'],
            }),
            column('B', 'actual', 'so far'),
            column('C', 'projected', 'whole year'),
            column('D', 'path', 'this year'),
            column('E', 'limit', 'in the end'),
            column('F', 'allowance', 'left'),
          ],
          {
            by: 'target',
            columns: [
              'target',
              'scope',
              'verdict',
              'so far',
              'whole year',
              'this year',
              'in the end',
              'unit',
              'left',
            ],
          },
        )
          .decimals(3)
          .overrideByName('verdict', [
            { id: 'mappings', value: verdicts },
            { id: 'thresholds', value: verdictSteps().build() },
            { id: 'custom.cellOptions', value: { type: TableCellDisplayMode.ColorBackground } },
          ])
          .overrideByName('left', [{ id: 'decimals', value: 0 }]),
      )
      .withPanel(
        tiles(
          {
            title: 'Left for this year',
            description:
              'How much may still be used without missing the path of this year: its value × the people or area of now − used so far. Of reductions, absolute targets and ceilings.',
            width: 8,
            height: 8,
            units: consumptionUnits,
          },
          [
            q('A', {
              from: 'target',
              field: 'allowance',
              by: 'last',
              where: { target: '/^$target$/' },
              groupBy: ['target', 'amount_unit'],
              name: '$tag_target ($tag_amount_unit)',
            }),
          ],
        ).thresholds(steps(['red', null], ['green', 0])),
      )
      .withPanel(
        bars(
          {
            title: 'Progress',
            description:
              'With a baseline: the share of the way from it to the limit. Else what is projected against the limit, so a ceiling is kept up to 100 %, and a floor or a cumulative amount from 100 % on.',
            width: 8,
            height: 8,
          },
          [
            q('A', {
              from: 'target',
              field: 'progress',
              by: 'last',
              where: { target: '/^$target$/' },
              groupBy: ['target'],
              name: '$tag_target',
            }),
          ],
        )
          .displayMode(BarGaugeDisplayMode.Gradient)
          .unit('percentunit')
          .min(0)
          .max(1.5)
          .thresholds(steps(['blue', null])),
      )
      .withPanel(
        bars(
          {
            title: 'Data that the verdicts rest on',
            description: 'Coverage of the complete months. A verdict needs at least 95 %.',
            width: 8,
            height: 8,
          },
          [
            q('A', {
              from: 'target',
              field: 'coverage',
              by: 'last',
              where: { target: '/^$target$/' },
              groupBy: ['target'],
              name: '$tag_target',
            }),
          ],
        )
          .displayMode(BarGaugeDisplayMode.Basic)
          .unit('percentunit')
          .min(0)
          .max(1)
          .thresholds(steps(['red', null], ['green', 0.95])),
      )
      .withPanel(
        chart(
          {
            title: 'Path of $target',
            description:
              'The path from the baseline to the limit, year by year, and what was measured. The running year is so far.',
            width: 24,
            height: 8,
            back: '8y',
            units: indicatorUnits,
          },
          [
            q('A', {
              from: 'target_path',
              field: 'actual',
              where: { target: '/^$target$/' },
              groupBy: ['unit'],
              name: 'measured ($tag_unit)',
            }),
            q('B', {
              from: 'target_path',
              field: 'path',
              where: { target: '/^$target$/' },
              groupBy: ['unit'],
              name: 'path ($tag_unit)',
            }),
          ],
          GraphDrawStyle.Points,
        )
          .pointSize(10)
          .spanNulls(true)
          .overrideByRegexp('/^path/', [{ id: 'custom.drawStyle', value: GraphDrawStyle.Line }, ...dotted])
          .repeat('target')
          .repeatDirection('h')
          .maxPerRow(4),
      )
      .withPanel(
        chart(
          {
            title: '$indicator of $scope, month by month',
            description:
              'Each month of this year as bars, and the same month of the year before as a line. A month with less than 95 % coverage has none.',
            width: 16,
            height: 9,
            units: indicatorUnits,
          },
          [
            q('A', {
              from: 'kpi',
              field: 'value',
              where: { scope: '$scope', indicator: '$indicator', grain: 'month' },
              groupBy: ['unit'],
              name: 'this year ($tag_unit)',
            }),
            q('B', {
              from: 'kpi',
              field: 'previous',
              where: { scope: '$scope', indicator: '$indicator', grain: 'month' },
              groupBy: ['unit'],
              name: 'year before ($tag_unit)',
            }),
          ],
          GraphDrawStyle.Bars,
        ).overrideByRegexp('/^year before/', lineOnly),
      )
      .withPanel(
        tiles(
          {
            title: '$indicator of $scope, the year',
            description: 'This year so far, and the whole of the year before.',
            width: 8,
            height: 9,
            units: indicatorUnits,
          },
          [
            q('A', {
              from: 'kpi',
              field: 'value',
              by: 'last',
              where: { scope: '$scope', indicator: '$indicator', grain: 'year' },
              groupBy: ['unit'],
              name: 'so far ($tag_unit)',
            }),
            q('B', {
              from: 'kpi',
              field: 'previous',
              by: 'last',
              where: { scope: '$scope', indicator: '$indicator', grain: 'year' },
              groupBy: ['unit'],
              name: 'year before ($tag_unit)',
            }),
          ],
        ).thresholds(steps(['text', null])),
      ),
  )
}
