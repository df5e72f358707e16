import * as bargauge from '@grafana/grafana-foundation-sdk/bargauge'
import {
  BigValueColorMode,
  BigValueGraphMode,
  BigValueTextMode,
  GraphDrawStyle,
  LegendDisplayMode,
  LegendPlacement,
  ReduceDataOptionsBuilder,
  TooltipDisplayMode,
  VisibilityMode,
  VizLegendOptionsBuilder,
  VizOrientation,
  VizTooltipOptionsBuilder,
} from '@grafana/grafana-foundation-sdk/common'
import {
  type Dashboard,
  type DashboardBuilder,
  type DynamicConfigValue,
  type Panel,
  QueryVariableBuilder,
  ThresholdsConfigBuilder,
  ThresholdsMode,
  VariableRefresh,
  VariableSort,
} from '@grafana/grafana-foundation-sdk/dashboard'
import * as stat from '@grafana/grafana-foundation-sdk/stat'
import * as table from '@grafana/grafana-foundation-sdk/table'
import * as timeseries from '@grafana/grafana-foundation-sdk/timeseries'
import { datasource, type InfluxqlQuery, type tagValues } from './queries.ts'
import { grafanaUnit } from './units.ts'

/** What every panel is given. */
export interface PanelText {
  readonly title: string
  /** How the figure is made, for whoever points at the panel. */
  readonly description: string
  /** Of the 24 columns. */
  readonly width: number
  /** In rows of 30 pixels. */
  readonly height: number
  /** A range of its own, back from now, such as `1y`. */
  readonly back?: string
  /** Units that stand at the end of its series' names, as in `energy (MWh)`. */
  readonly units?: readonly string[]
}

interface AnyPanel<Self> {
  title(text: string): Self
  description(text: string): Self
  datasource(ref: typeof datasource): Self
  span(width: number): Self
  height(height: number): Self
  targets(queries: InfluxqlQuery[]): Self
  timeFrom(back: string): Self
  hideTimeOverride(hide: boolean): Self
  overrideByRegexp(pattern: string, properties: DynamicConfigValue[]): Self
}

/** Sets what all panels have. */
function dressed<Self extends AnyPanel<Self>>(panel: Self, text: PanelText, queries: InfluxqlQuery[]): Self {
  panel
    .title(text.title)
    .description(text.description)
    .datasource(datasource)
    .span(text.width)
    .height(text.height)
    .targets(queries)
  if (text.back !== undefined) panel.timeFrom(text.back).hideTimeOverride(true)
  for (const unit of text.units ?? []) {
    const named = unit.replace(/[/.]/g, '\\$&')
    panel.overrideByRegexp(`/\\(${named}\\)$/`, [{ id: 'unit', value: grafanaUnit(unit) }])
  }
  return panel
}

const newest = () => new ReduceDataOptionsBuilder().calcs(['lastNotNull']).fields('').values(false)

/** A tile a series, with its newest value. */
export function tiles(text: PanelText, queries: InfluxqlQuery[]): stat.PanelBuilder {
  return dressed(new stat.PanelBuilder(), text, queries)
    .reduceOptions(newest())
    .graphMode(BigValueGraphMode.None)
    .colorMode(BigValueColorMode.Value)
    .textMode(BigValueTextMode.ValueAndName)
    .noValue('unknown')
}

/** A bar a series, with its newest value. */
export function bars(text: PanelText, queries: InfluxqlQuery[]): bargauge.PanelBuilder {
  return dressed(new bargauge.PanelBuilder(), text, queries)
    .reduceOptions(newest())
    .orientation(VizOrientation.Horizontal)
    .noValue('unknown')
}

/** Values over time. What is unknown leaves a gap. */
export function chart(
  text: PanelText,
  queries: InfluxqlQuery[],
  style: GraphDrawStyle = GraphDrawStyle.Line,
): timeseries.PanelBuilder {
  return dressed(new timeseries.PanelBuilder(), text, queries)
    .drawStyle(style)
    .fillOpacity(style === GraphDrawStyle.Bars ? 60 : 10)
    .lineWidth(style === GraphDrawStyle.Bars ? 0 : 2)
    .showPoints(VisibilityMode.Never)
    .spanNulls(false)
    .axisSoftMin(0)
    .legend(
      new VizLegendOptionsBuilder()
        .displayMode(LegendDisplayMode.List)
        .placement(LegendPlacement.Bottom)
        .showLegend(true),
    )
    .tooltip(new VizTooltipOptionsBuilder().mode(TooltipDisplayMode.Multi))
    .noValue('unknown')
}

/** Rows of a tag, one column a query: joined by that tag, without the instants. */
export function rows(
  text: PanelText,
  queries: InfluxqlQuery[],
  { by, columns }: { readonly by: string; readonly columns: readonly string[] },
): table.PanelBuilder {
  return dressed(new table.PanelBuilder(), text, queries)
    .transformations([
      { id: 'filterFieldsByName', options: { exclude: { names: ['Time'] } } },
      { id: 'joinByField', options: { byField: by, mode: 'outer' } },
      {
        id: 'organize',
        options: {
          excludeByName: {},
          indexByName: Object.fromEntries(columns.map((column, i) => [column, i])),
          renameByName: {},
        },
      },
    ])
    .noValue('unknown')
}

/** Thresholds from steps of a colour and the value that it holds from; the first has none. */
export function steps(...list: (readonly [color: string, from: number | null])[]): ThresholdsConfigBuilder {
  return new ThresholdsConfigBuilder()
    .mode(ThresholdsMode.Absolute)
    .steps(list.map(([color, value]) => ({ color, value })))
}

/** A choice among the values of a tag, looked up when the dashboard is opened. */
export function choice(
  variable: string,
  label: string,
  query: ReturnType<typeof tagValues>,
  standard?: string,
): QueryVariableBuilder {
  const built = new QueryVariableBuilder(variable)
    .label(label)
    .datasource(datasource)
    .query(query)
    .definition(query.query)
    .refresh(VariableRefresh.OnDashboardLoad)
    .sort(VariableSort.AlphabeticalAsc)
  return standard === undefined ? built : built.current({ selected: true, text: standard, value: standard })
}

/** The finished dashboard. Panels are numbered in their order, which the SDK leaves to Grafana. */
export function finished(dashboard: DashboardBuilder): Dashboard {
  const built = dashboard.build()
  const panels = (built.panels ?? []) as Panel[]
  return { ...built, panels: panels.map((panel, i) => ({ ...panel, id: i + 1 })) }
}
