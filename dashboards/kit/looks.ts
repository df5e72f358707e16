import { BarGaugeDisplayMode, TableCellDisplayMode } from '@grafana/grafana-foundation-sdk/common'
import type { DynamicConfigValue, ThresholdsConfigBuilder } from '@grafana/grafana-foundation-sdk/dashboard'

/** A table's cell whose ground has the colour of its value. */
export function onColour(thresholds: ThresholdsConfigBuilder): DynamicConfigValue[] {
  return [
    { id: 'thresholds', value: thresholds.build() },
    { id: 'custom.cellOptions', value: { type: TableCellDisplayMode.ColorBackground } },
  ]
}

/** A table's cell as a bar from 0 on, as long as its value. */
export function asBar(color: string, max?: number): DynamicConfigValue[] {
  return [
    {
      id: 'custom.cellOptions',
      value: { type: TableCellDisplayMode.Gauge, mode: BarGaugeDisplayMode.Basic },
    },
    { id: 'color', value: { mode: 'fixed', fixedColor: color } },
    { id: 'min', value: 0 },
    ...(max === undefined ? [] : [{ id: 'max', value: max }]),
  ]
}
