import type { FactorUse } from '../../core/factor-use.ts'
import { annualReport, type Report, type ReportRequest } from '../../reports/annual.ts'
import type { ReportFigure } from '../../reports/figure.ts'

/** A figure that is measured throughout, where nothing else is said. */
export function measured(value: number | null, overrides: Partial<ReportFigure> = {}): ReportFigure {
  return {
    value,
    unit: 'MWh',
    numerator: value,
    denominator: null,
    coverage: 1,
    estimated: 0,
    quality: 'measured',
    partial: false,
    notes: [],
    factors: [],
    ...overrides,
  }
}

export function gridFactor(overrides: Partial<FactorUse> = {}): FactorUse {
  return {
    key: 'CN-NORTH',
    name: 'North China grid',
    value: 0.6361,
    unit: 'kgCO2/kWh',
    from: '2023-01-01',
    to: '2023-12-31',
    source: 'A ministry',
    published: '2025-12',
    edition: null,
    carriedForward: false,
    ...overrides,
  }
}

/** A report of the figures that are given, by indicator and year; the rows of others are left out. */
export function reportOf(
  figures: Record<string, Record<number, ReportFigure>>,
  request: Partial<ReportRequest> = {},
): Report {
  return annualReport({
    organisation: { id: 'demo', name: { en: 'Demo Group', zh: '示例集团' } },
    boundary: { id: 'group', name: { en: 'Group', zh: '集团' } },
    asOf: Date.UTC(2026, 10, 21, 10),
    years: [2024, 2025],
    ask: (indicator, year) => figures[indicator]?.[year],
    ...request,
  })
}
