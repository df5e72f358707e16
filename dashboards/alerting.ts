import { type AlertRule, alertRules } from './alert-rules.ts'
import { datasource } from './kit/queries.ts'

const EXPRESSION = { type: '__expr__', uid: '__expr__' } as const
const NOW = { from: 0, to: 0 }

/** The rules as a file of Grafana's alerting provisioning has them: query, its newest value, and the threshold. */
export function alerting() {
  return {
    apiVersion: 1,
    groups: [
      { orgId: 1, name: 'wattwell', folder: 'wattwell', interval: '1m', rules: alertRules.map(provisioned) },
    ],
  }
}

function provisioned({ uid, title, severity, summary, query, range, fires, noData, ...rule }: AlertRule) {
  return {
    uid,
    title: title.en,
    condition: 'C',
    for: rule.for,
    noDataState: noData,
    // What can't be asked can't be judged; where InfluxDB is away, the first rule says so.
    execErrState: uid === 'wattwell-stopped' ? 'Alerting' : 'KeepLast',
    labels: { severity, service: 'wattwell' },
    annotations: { summary: summary.en, title_zh: title.zh, summary_zh: summary.zh },
    data: [
      {
        refId: 'A',
        relativeTimeRange: range,
        datasourceUid: datasource.uid,
        model: {
          refId: 'A',
          datasource,
          rawQuery: true,
          query,
          resultFormat: 'time_series',
          intervalMs: 60_000,
          maxDataPoints: 1000,
        },
      },
      {
        refId: 'B',
        relativeTimeRange: NOW,
        datasourceUid: EXPRESSION.uid,
        model: { refId: 'B', datasource: EXPRESSION, type: 'reduce', expression: 'A', reducer: 'last' },
      },
      {
        refId: 'C',
        relativeTimeRange: NOW,
        datasourceUid: EXPRESSION.uid,
        model: {
          refId: 'C',
          datasource: EXPRESSION,
          type: 'threshold',
          expression: 'B',
          conditions: [{ evaluator: { type: fires.type, params: fires.params } }],
        },
      },
    ],
  }
}
