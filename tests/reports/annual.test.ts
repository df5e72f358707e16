import { describe, expect, it } from 'vitest'
import { layout } from '../../reports/layout.ts'
import { gridFactor, measured, reportOf } from './figures.ts'

const row = (report: ReturnType<typeof reportOf>, id: string) =>
  report.sections.flatMap(({ rows }) => rows).find((candidate) => candidate.id === id)

describe('the annual report', () => {
  it('has its years newest first and leaves out what cannot be asked for', () => {
    const report = reportOf({ energy: { 2024: measured(1), 2025: measured(2) } })
    expect(report.years).toEqual([2025, 2024])
    expect(report.sections.map(({ id, rows }) => [id, rows.map((one) => one.id)])).toEqual([
      ['energy', ['energy']],
    ])
    expect(row(report, 'energy')?.cells.map(({ year, value }) => [year, value])).toEqual([
      [2025, 2],
      [2024, 1],
    ])
  })

  it('gives an undefined figure as null with its reason, never as zero', () => {
    const report = reportOf({
      energy: { 2024: measured(null, { reason: 'no meter measures it', coverage: 0 }), 2025: measured(0) },
    })
    expect(row(report, 'energy')?.cells).toMatchObject([
      { value: 0, notes: [] },
      { value: null, reason: { en: 'no meter measures it' } },
    ])
    expect(row(report, 'energy')?.cells[0]).not.toHaveProperty('reason')
  })

  it('says what a figure rests on: coverage, estimates, factors that were carried forward', () => {
    const carried = gridFactor({ carriedForward: true })
    const report = reportOf({
      ghg: {
        2024: measured(3, { coverage: 0.9712, estimated: 0.03305, factors: [gridFactor()] }),
        2025: measured(4, { factors: [carried], notes: ['as entered'], quality: 'suspect' }),
      },
    })
    const [newest, older] = row(report, 'ghg')?.cells ?? []
    expect(newest?.notes.map(({ en }) => en)).toEqual([
      'some readings are suspect',
      'factor CN-NORTH of 2023 carried forward',
      'as entered',
    ])
    expect([newest?.carriedForward, older?.carriedForward]).toEqual([true, false])
    expect(older?.notes.map(({ zh }) => zh)).toEqual(['数据覆盖 97.1 % 的时间', '其中 3.3 % 为估算'])
  })

  it('lists a factor once for each time that it stands for, however many figures used it', () => {
    const later = gridFactor({ key: 'CN-EAST' })
    const use = measured(1, { factors: [gridFactor(), later] })
    const report = reportOf({
      ghg: { 2024: use, 2025: use },
      'ghg-scope2': { 2024: use, 2025: measured(1, { factors: [gridFactor({ carriedForward: true })] }) },
    })
    expect(report.factors.map(({ key, carriedForward }) => [key, carriedForward])).toEqual([
      ['CN-EAST', false],
      ['CN-NORTH', false],
      ['CN-NORTH', true],
    ])
  })

  it('shows what intensities were divided by, and no reason that is the numerator’s', () => {
    const report = reportOf({
      'energy-per-employee': {
        2024: measured(null, { numerator: null, denominator: null, reason: 'no readings' }),
        2025: measured(null, { numerator: null, denominator: 33_427, reason: 'no readings' }),
      },
      'energy-per-area': {
        2024: measured(null, { numerator: 5, reason: 'no area is stated' }),
        2025: measured(1),
      },
    })
    expect(row(report, 'employees')).toMatchObject({
      unit: 'person',
      cells: [
        { value: 33_427, known: null },
        { value: null, reason: { en: 'not stated' } },
      ],
    })
    expect(row(report, 'floor-area')?.cells[1]?.reason?.en).toBe('no area is stated')
  })

  it('keeps what was published beside what is known today', () => {
    const report = reportOf(
      { energy: { 2024: measured(1.2), 2025: measured(2) } },
      { published: (_, year) => (year === 2024 ? { value: 1, publication: 'p1' } : undefined) },
    )
    const [newest, older] = row(report, 'energy')?.cells ?? []
    expect(older).toMatchObject({ value: 1.2, published: { value: 1, publication: 'p1' } })
    expect(newest).not.toHaveProperty('published')
  })
})

describe('the layout', () => {
  const rows = layout.flatMap((section) => section.rows)
  it('names every row once in each language', () => {
    for (const of of [
      rows.map(({ id }) => id),
      rows.map(({ name }) => name.en),
      rows.map(({ name }) => name.zh),
    ]) {
      expect(new Set(of).size).toBe(of.length)
    }
  })

  it('stands totals before their intensities', () => {
    for (const [i, { indicator }] of rows.entries()) {
      const total = indicator.replace(/-per-.*$/, '')
      if (total === indicator) continue
      expect(rows.findIndex(({ id }) => id === total)).toBeLessThan(i)
    }
  })
})
