import { GraphDrawStyle } from '@grafana/grafana-foundation-sdk/common'
import {
  CustomVariableBuilder,
  type Dashboard,
  DashboardBuilder,
  VariableHide,
} from '@grafana/grafana-foundation-sdk/dashboard'
import type * as timeseries from '@grafana/grafana-foundation-sdk/timeseries'
import { chart, choice, finished, rows, steps, tiles } from './kit.ts'
import { InfluxqlQuery, tagValues } from './queries.ts'
import { consumptionUnits, indicatorUnits } from './units.ts'

const q = InfluxqlQuery.of
const consumed = { scope: 'site:$site', utility: '$utility' }

/** An indicator of the site in each month of the past year, beside the same month of the year before. */
function months(title: string, indicator: string, description: string): timeseries.PanelBuilder {
  const where = { scope: 'site:$site', indicator, grain: 'month' }
  return chart(
    {
      title,
      description: `${description} Bars: the last twelve months; line: the same month a year before. A month with less than 95 % coverage has none.`,
      width: 12,
      height: 8,
      back: '1y',
      units: indicatorUnits,
    },
    [
      q('A', { from: 'kpi', field: 'value', where, groupBy: ['unit'], name: 'month ($tag_unit)' }),
      q('B', { from: 'kpi', field: 'previous', where, groupBy: ['unit'], name: 'year before ($tag_unit)' }),
    ],
    GraphDrawStyle.Bars,
  ).overrideByRegexp('/^year before/', [
    { id: 'custom.drawStyle', value: GraphDrawStyle.Line },
    { id: 'custom.lineWidth', value: 2 },
    { id: 'custom.fillOpacity', value: 0 },
    { id: 'custom.showPoints', value: 'always' },
  ])
}

/** What one site uses, how well that is covered, and its meters. */
export function site(): Dashboard {
  return finished(
    new DashboardBuilder('Site')
      .uid('wattwell-site')
      .description(
        'What one site uses, hour by hour and year by year, how well it is covered, and its meters.',
      )
      .tags(['wattwell'])
      .readonly()
      .timezone('browser')
      .time({ from: 'now-90d', to: 'now' })
      .refresh('5m')
      .withVariable(
        choice('site', 'Site', tagValues('usage', 'scope', { scope: '/^site:/' })).regex('/^site:(.+)$/'),
      )
      .withVariable(
        choice('utility', 'Utility', tagValues('usage', 'utility', { scope: 'site:$site' }), 'electricity'),
      )
      .withVariable(
        new CustomVariableBuilder('grain')
          .label('By')
          .values('hour,day,month')
          .current({ selected: true, text: 'day', value: 'day' }),
      )
      .withVariable(
        choice('meter', 'Meters', tagValues('meter', 'meter', { site: '$site', utility: '$utility' }))
          .multi(true)
          .includeAll(true)
          .current({ selected: true, text: 'All', value: '$__all' })
          .hide(VariableHide.HideVariable),
      )
      .withPanel(
        tiles(
          {
            title: 'This year so far',
            description:
              'Indicators of the running year. Energy is all that is delivered and generated, less what is fed out, in MWh; per employee by the full-time employees of now. Below 95 % coverage a figure is not given.',
            width: 24,
            height: 4,
            back: '1y',
            units: indicatorUnits,
          },
          [
            q('A', {
              from: 'kpi',
              field: 'value',
              by: 'last',
              where: {
                scope: 'site:$site',
                indicator:
                  '/^(energy|energy-per-employee|energy-per-area|tap-water|tap-water-per-employee)$/',
                grain: 'year',
              },
              groupBy: ['indicator', 'unit'],
              name: '$tag_indicator ($tag_unit)',
            }),
          ],
        ).thresholds(steps(['text', null])),
      )
      .withPanel(
        chart(
          {
            title: '$utility by $grain',
            description:
              'Imports and own generation less what is fed out, in the site’s own hours, days or months. What is unknown has no bar.',
            width: 16,
            height: 9,
            units: consumptionUnits,
          },
          [
            q('A', {
              from: 'usage',
              field: 'value',
              where: { ...consumed, grain: '$grain' },
              groupBy: ['utility', 'unit'],
              name: '$tag_utility ($tag_unit)',
            }),
          ],
          GraphDrawStyle.Bars,
        ),
      )
      .withPanel(
        chart(
          {
            title: 'Coverage and estimates',
            description:
              'Coverage: the share of each span, or of its elapsed part, that lies between readings, of the worst meter. Estimated: the share of the value that lies inside a long gap. Spans without any reading are left out.',
            width: 8,
            height: 9,
          },
          [
            q('A', {
              from: 'usage',
              field: 'coverage',
              where: { ...consumed, grain: '$grain' },
              name: 'covered',
            }),
            q('B', {
              from: 'usage',
              field: 'estimated',
              where: { ...consumed, grain: '$grain' },
              name: 'estimated',
            }),
          ],
        )
          .unit('percentunit')
          .min(0)
          .max(1),
      )
      .withPanel(
        chart(
          {
            title: 'Load of the last seven days',
            description: 'Consumption by the hour: what nights, weekends and starts of shifts look like.',
            width: 16,
            height: 8,
            back: '7d',
            units: consumptionUnits,
          },
          [
            q('A', {
              from: 'usage',
              field: 'value',
              where: { ...consumed, grain: 'hour' },
              groupBy: ['utility', 'unit'],
              name: '$tag_utility ($tag_unit)',
            }),
          ],
        ),
      )
      .withPanel(
        tiles(
          {
            title: 'Everything used this year',
            description: 'Each utility since 1 January, in its own unit, whatever its coverage.',
            width: 8,
            height: 8,
            back: '1y',
            units: consumptionUnits,
          },
          [
            q('A', {
              from: 'usage',
              field: 'value',
              by: 'last',
              where: { scope: 'site:$site', grain: 'year' },
              groupBy: ['utility', 'unit'],
              name: '$tag_utility ($tag_unit)',
            }),
          ],
        ).thresholds(steps(['text', null])),
      )
      .withPanel(
        months(
          'Energy per employee',
          'energy-per-employee',
          'Energy of the month divided by the full-time employees at its end.',
        ),
      )
      .withPanel(
        months(
          'Energy per area',
          'energy-per-area',
          'Energy of the month divided by the floor area, weighted by time.',
        ),
      )
      .withPanel(months('Tap water', 'tap-water', 'Tap water of the month; 1 m³ counts as 1 t.'))
      .withPanel(
        months(
          'Tap water per employee',
          'tap-water-per-employee',
          'Tap water of the month divided by the full-time employees at its end.',
        ),
      )
      .withPanel(
        rows(
          {
            title: 'Meters of $utility',
            description:
              'Last value: the newest face of a register, or power or flow of a gauge, as it was sent. Used: the sum of the days in the range above, in the meter’s own energy or volume unit. Submeters are part of what the others measure.',
            width: 24,
            height: 9,
          },
          [
            q('A', {
              from: 'reading',
              field: 'value',
              by: 'last',
              as: 'last value',
              where: { meter: '/^$meter$/' },
              groupBy: ['meter'],
            }),
            q('B', {
              from: 'consumption',
              field: 'value',
              by: 'sum',
              as: 'used',
              where: { meter: '/^$meter$/', grain: 'day' },
              groupBy: ['meter'],
            }),
          ],
          { by: 'meter', columns: ['meter', 'last value', 'used'] },
        ).decimals(1),
      ),
  )
}
