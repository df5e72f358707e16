import type { ConsumptionRow, MeterRow } from '../answers.ts'
import { download, linesOf } from '../csv.ts'
import { Icon } from '../icons.tsx'
import type { Point } from '../inspect/points.ts'
import { useWords } from './words.ts'

interface Props {
  meter: MeterRow
  day: string
  hours: readonly ConsumptionRow[]
  points?: readonly Point[]
}

/** The day as files: its readings as they came, and its hours, all unrounded. */
export function DownloadDay({ meter, day, hours, points }: Props) {
  const words = useWords()
  const file = (what: string, text: string) => download(`${meter.id}-${day}-${what}.csv`, text)
  return (
    <p class="downloads">
      {points !== undefined && (
        <button
          type="button"
          class="quiet-button"
          disabled={points.length === 0}
          onClick={() => file('readings', readingsCsv(meter, points))}
        >
          <Icon name="download" />
          {words.csv(words.csvReadings)}
        </button>
      )}
      <button
        type="button"
        class="quiet-button"
        disabled={hours.length === 0}
        onClick={() => file('hours', hoursCsv(meter, hours))}
      >
        <Icon name="download" />
        {words.csv(words.csvHours)}
      </button>
    </p>
  )
}

function readingsCsv({ id }: MeterRow, points: readonly Point[]): string {
  return linesOf([
    ['at', 'meter', 'value', 'unit', 'received', 'state', 'flags'],
    ...points.map(({ row, sign }) => [
      row.at,
      id,
      row.value,
      row.unit,
      row.receivedAt,
      sign,
      row.flags.join(' '),
    ]),
  ])
}

function hoursCsv({ id }: MeterRow, hours: readonly ConsumptionRow[]): string {
  return linesOf([
    ['start', 'end', 'meter', 'value', 'unit', 'coverage', 'estimated', 'quality', 'partial', 'reason'],
    ...hours.map((hour) => [
      hour.start,
      hour.end,
      id,
      hour.value,
      hour.unit,
      hour.coverage,
      hour.estimated,
      hour.quality,
      hour.partial ? 'true' : '',
      hour.reason,
    ]),
  ])
}
