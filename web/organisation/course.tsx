import { at, linear } from '../scale.ts'

/** A value that holds from a local date on. */
export interface Step {
  readonly from: string
  readonly value: number
}

const WIDTH = 84
const HEIGHT = 22

/** How dated values went up to today, as steps; drawn for those who see, while the list beneath says all. */
export function Course({ steps, today }: { steps: readonly Step[]; today: number }) {
  const begun = steps.filter(({ from }) => Date.parse(from) <= today)
  const [first] = begun
  if (first === undefined || begun.length < 2) return null
  const x = linear([Date.parse(first.from), today], [1, WIDTH - 1])
  const most = Math.max(...begun.map(({ value }) => value))
  const y = linear([0, most || 1], [HEIGHT - 1, 3])
  const path = begun.map(({ from, value }, i) => {
    const level = at(y(value))
    return i === 0 ? `M${at(x(Date.parse(from)))} ${level}` : `H${at(x(Date.parse(from)))}V${level}`
  })
  return (
    <svg class="course" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} width={WIDTH} height={HEIGHT} aria-hidden="true">
      <path
        class="course-fill"
        d={`${path.join('')}H${WIDTH - 1}V${HEIGHT}H${at(x(Date.parse(first.from)))}Z`}
      />
      <path class="course-line" d={`${path.join('')}H${WIDTH - 1}`} />
    </svg>
  )
}
