import type { DataTransformerConfig } from '@grafana/grafana-foundation-sdk/dashboard'

/** Joins tables by a tag or field, without the instants; then leaves out the columns `without`. */
export function joinedBy(
  by: string,
  {
    without = [],
    order = [],
  }: { readonly without?: readonly string[]; readonly order?: readonly string[] } = {},
): DataTransformerConfig[] {
  return [
    { id: 'filterFieldsByName', options: { exclude: { names: ['Time'] } } },
    { id: 'joinByField', options: { byField: by, mode: 'outer' } },
    {
      id: 'organize',
      options: {
        excludeByName: Object.fromEntries(without.map((column) => [column, true])),
        indexByName: Object.fromEntries(order.map((column, i) => [column, i])),
        renameByName: {},
      },
    },
  ]
}

/** Takes a threshold from a query's newest value, such as a limit from a target. */
export function thresholdFrom(refId: string, field: string, color: string): DataTransformerConfig {
  return {
    id: 'configFromData',
    options: {
      configRefId: refId,
      mappings: [
        {
          fieldName: field,
          handlerKey: 'threshold1',
          reducerId: 'lastNotNull',
          handlerArguments: { threshold: { color } },
        },
      ],
    },
  }
}
