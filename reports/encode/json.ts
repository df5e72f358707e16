import type { Cell, Report, ReportRow } from '../annual.ts'
import { rowUnit, shown } from '../shown.ts'
import type { Lang } from '../text.ts'

/** The report as the API answers it: values unrounded, and beside each the text that the table shows. */
export function jsonOf(report: Report, lang: Lang) {
  const { organisation, boundary, asOf, years, sections, factors } = report
  return {
    organisation: { id: organisation.id, name: organisation.name[lang] },
    boundary: { id: boundary.id, name: boundary.name[lang] },
    lang,
    asOf: new Date(asOf).toISOString(),
    years: [...years],
    sections: sections.map(({ id, name, rows }) => ({
      id,
      name: name[lang],
      rows: rows.map((row) => ({
        id: row.id,
        indicator: row.indicator,
        shows: row.shown,
        name: row.name[lang],
        unit: row.unit,
        unitText: rowUnit(row, lang),
        standards: {
          hkex: [...(row.standards.hkex ?? [])],
          gri: [...(row.standards.gri ?? [])],
          iso: [...(row.standards.iso ?? [])],
        },
        method: row.method[lang],
        cells: row.cells.map((cell) => cellOf(row, cell, lang)),
      })),
    })),
    factors: [...factors],
  }
}

function cellOf(row: ReportRow, cell: Cell, lang: Lang) {
  const { year, value, known, partial, carriedForward, reason, notes, published } = cell
  return {
    year,
    value,
    shown: shown(row, value),
    ...(reason !== undefined && { reason: reason[lang] }),
    coverage: known?.coverage ?? null,
    estimated: known?.estimated ?? null,
    quality: known?.quality ?? null,
    notes: notes.map((note) => note[lang]),
    ...(partial && { partial: true as const }),
    ...(carriedForward && { carriedForward: true as const }),
    ...(published !== undefined && { published: { ...published, shown: shown(row, published.value) } }),
  }
}
