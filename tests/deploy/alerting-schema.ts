/**
 * Grafana's files of alerting provisioning, as far as they are used here, as JSON Schemas: whatever else stands there is
 * refused. After the types that Grafana 12 reads them into (pkg/services/provisioning/alerting).
 */
const text = { type: 'string', minLength: 1 }
const duration = { type: 'string', pattern: '^\\d+[smhd]$' }
const strict = { type: 'object', additionalProperties: false }
const whole = (properties: Record<string, object>) => ({
  ...strict,
  properties,
  required: Object.keys(properties),
})
const file = { apiVersion: { const: 1 } }
const range = whole({ from: { type: 'integer', minimum: 0 }, to: { type: 'integer', minimum: 0 } })
const expression = whole({ type: { const: '__expr__' }, uid: { const: '__expr__' } })
const data = (refId: string, datasourceUid: string, model: object) =>
  whole({
    refId: { const: refId },
    relativeTimeRange: range,
    datasourceUid: { const: datasourceUid },
    model,
  })

const rule = whole({
  uid: { type: 'string', pattern: '^[a-zA-Z0-9_-]{1,40}$' },
  title: { type: 'string', minLength: 1, maxLength: 190 },
  condition: { const: 'C' },
  for: duration,
  noDataState: { enum: ['Alerting', 'NoData', 'OK', 'KeepLast'] },
  execErrState: { enum: ['Alerting', 'Error', 'OK', 'KeepLast'] },
  labels: { type: 'object', additionalProperties: text },
  annotations: { type: 'object', additionalProperties: text },
  data: {
    type: 'array',
    items: false,
    minItems: 3,
    prefixItems: [
      data(
        'A',
        'wattwell-influxdb',
        whole({
          refId: { const: 'A' },
          datasource: whole({ type: { const: 'influxdb' }, uid: { const: 'wattwell-influxdb' } }),
          rawQuery: { const: true },
          query: { type: 'string', pattern: '^SELECT .*\\$timeFilter' },
          resultFormat: { const: 'time_series' },
          intervalMs: { type: 'integer' },
          maxDataPoints: { type: 'integer' },
        }),
      ),
      data(
        'B',
        '__expr__',
        whole({
          refId: { const: 'B' },
          datasource: expression,
          type: { const: 'reduce' },
          expression: { const: 'A' },
          reducer: { enum: ['last', 'min', 'max', 'mean', 'sum', 'count'] },
        }),
      ),
      data(
        'C',
        '__expr__',
        whole({
          refId: { const: 'C' },
          datasource: expression,
          type: { const: 'threshold' },
          expression: { const: 'B' },
          conditions: {
            type: 'array',
            minItems: 1,
            maxItems: 1,
            items: whole({
              evaluator: whole({
                type: { enum: ['gt', 'lt', 'within_range', 'outside_range'] },
                params: { type: 'array', items: { type: 'number' }, minItems: 1, maxItems: 2 },
              }),
            }),
          },
        }),
      ),
    ],
  },
})

export const rulesSchema = whole({
  ...file,
  groups: {
    type: 'array',
    minItems: 1,
    items: whole({
      orgId: { const: 1 },
      name: text,
      folder: text,
      interval: duration,
      rules: { type: 'array', minItems: 1, items: rule },
    }),
  },
})

const times = { group_wait: duration, group_interval: duration, repeat_interval: duration }
const matcher = {
  type: 'array',
  items: false,
  minItems: 3,
  prefixItems: [text, { enum: ['=', '!=', '=~', '!~'] }, text],
}

export const contactPointsSchema = whole({
  ...file,
  contactPoints: {
    type: 'array',
    minItems: 1,
    items: whole({
      orgId: { const: 1 },
      name: text,
      receivers: {
        type: 'array',
        minItems: 1,
        items: whole({
          uid: { type: 'string', pattern: '^[a-zA-Z0-9_-]{1,40}$' },
          type: { const: 'email' },
          disableResolveMessage: { type: 'boolean' },
          settings: whole({ addresses: text, singleEmail: { type: 'boolean' } }),
        }),
      },
    }),
  },
  policies: {
    type: 'array',
    minItems: 1,
    maxItems: 1,
    items: whole({
      orgId: { const: 1 },
      receiver: text,
      group_by: { type: 'array', items: text },
      ...times,
      routes: {
        type: 'array',
        items: {
          ...strict,
          properties: { receiver: text, object_matchers: { type: 'array', items: matcher }, ...times },
          required: ['receiver', 'object_matchers'],
        },
      },
    }),
  },
})
