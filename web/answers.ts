import type { z } from 'zod'
import type * as alerts from '../api/alert-schema.ts'
import type * as entries from '../api/entry-schemas.ts'
import type * as factors from '../api/factor-schema.ts'
import type * as indicators from '../api/indicator-schema.ts'
import type * as lineage from '../api/lineage-schema.ts'
import type * as profile from '../api/profile-schema.ts'
import type * as report from '../api/report-schema.ts'
import type * as schemas from '../api/schemas.ts'
import type * as subscriptions from '../api/subscription-schema.ts'
import type * as target from '../api/target-schema.ts'

/** What the API answers with, as types only: the schemas themselves stay out of the bundle. */

export type SitesAnswer = z.infer<typeof schemas.sitesAnswer>
export type Organisation = SitesAnswer['organisation']
export type SiteRow = z.infer<typeof schemas.siteRow>
export type MeterRow = z.infer<typeof schemas.meterRow>
export type TargetRow = z.infer<typeof target.targetRow>
export type Verdict = TargetRow['verdict']
export type TargetDetail = z.infer<typeof target.targetDetail>
export type Drivers = TargetDetail['drivers'][number]
export type Driver = Drivers['parts'][number]
export type KpiRow = z.infer<typeof schemas.kpiRow>
export type LineageAnswer = z.infer<typeof lineage.lineageAnswer>
export type LineageNode = lineage.LineageNode
export type ReportAnswer = z.infer<typeof report.reportAnswer>
export type ReportSection = ReportAnswer['sections'][number]
export type ReportRow = ReportSection['rows'][number]
export type ReportCell = ReportRow['cells'][number]
export type PublicationRow = z.infer<typeof schemas.publicationRow>
export type ConsumptionRow = z.infer<typeof schemas.consumptionRow>
export type MeterEventRow = z.infer<typeof schemas.meterEventRow>
export type BalanceRow = z.infer<typeof schemas.balanceRow>
export type NightFlowRow = z.infer<typeof schemas.nightFlowRow>
export type ProfileAnswer = z.infer<typeof profile.profileAnswer>
export type ReadingRow = z.infer<typeof schemas.readingRow>
export type QuarantineReason = z.infer<typeof schemas.quarantineReasonRow>
export type MeterQualityRow = z.infer<typeof schemas.meterQualityRow>
export type ConflictRow = z.infer<typeof schemas.conflictRow>
export type QuarantineRow = z.infer<typeof schemas.quarantineRow>
export type HealthAnswer = z.infer<typeof schemas.healthAnswer>
export type Utility = SiteRow['utilities'][number]
export type ReadingsEvent = z.infer<(typeof schemas.streamEvents)['readings']>
export type RollupsEvent = z.infer<(typeof schemas.streamEvents)['rollups']>
export type AlertsEvent = z.infer<(typeof schemas.streamEvents)['alerts']>
export type LatestReading = ReadingsEvent['rows'][number]
export type AlertRow = z.infer<typeof alerts.alertRow>
export type AlertAnswer = z.infer<typeof alerts.alertAnswer>
export type Severity = AlertRow['severity']
export type PauseRow = z.infer<typeof alerts.pauseRow>
export type NewPause = z.input<typeof alerts.newPause>
export type SubscriptionRow = z.infer<typeof subscriptions.subscriptionRow>
export type RuleRow = z.infer<typeof alerts.ruleRow>
export type SubscriptionMade = z.infer<typeof subscriptions.subscriptionMade>
export type NewSubscription = z.input<typeof subscriptions.newSubscription>
export type DeliveryRow = z.infer<typeof subscriptions.deliveryRow>
export type FactorsAnswer = z.infer<typeof factors.factorsAnswer>
export type FactorSeriesRow = z.infer<typeof factors.factorSeriesRow>
export type IndicatorsAnswer = z.infer<typeof indicators.indicatorsAnswer>
export type IndicatorRow = z.infer<typeof indicators.indicatorRow>
export type QuantityRow = z.infer<typeof indicators.quantityRow>
export type EntryRow = z.infer<typeof entries.entryRow>
export type SavingRow = z.infer<typeof entries.savingRow>
export type Name = SiteRow['name']
