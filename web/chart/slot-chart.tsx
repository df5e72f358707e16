import type { ComponentChildren } from 'preact'
import { useRef, useState } from 'preact/hooks'
import { useWidth } from '../inspect/width.ts'
import { at } from '../scale.ts'
import { bandOf, layOut, type Slot, slotAt, stepsOf } from './slot-layout.ts'

export interface SlotLook {
  /** Of the bar: a colour or a texture. */
  readonly fill: string
  /** Classes of the bar. */
  readonly look?: string
}

interface Props<S extends Slot> {
  slots: readonly S[]
  lookOf: (slot: S) => SlotLook
  /** What a slot without a value looks like: a lack, or nothing that could have come yet. */
  lacks: (slot: S) => boolean
  unit: string
  write: (value: number) => string
  /** Beneath a slot that is so many pixels wide; empty where nothing is written. */
  place: (slot: S, index: number, wide: number) => string
  label: string
  tip: (slot: S) => ComponentChildren
  /** Stepping past an end. */
  beyond?: (by: -1 | 1) => void
}

/** Bars over hours or months, with a band of what is usual and a dashed line of what is wanted upon them. */
export function SlotChart<S extends Slot>({
  slots,
  lookOf,
  lacks,
  unit,
  write,
  place,
  label,
  tip,
  beyond,
}: Props<S>) {
  const host = useRef<HTMLDivElement>(null)
  const width = useWidth(host)
  const [index, setIndex] = useState<number>()
  // Keys come faster than the page is drawn.
  const latest = useRef<number | undefined>(undefined)
  const point = (next: number | undefined) => {
    latest.current = next
    setIndex(next)
  }
  // The style sheet says how high it is; that changes with the width alone.
  const height = host.current?.clientHeight ?? 0
  const layout = width === 0 ? undefined : layOut(slots, width, height, write)
  const pointed = index === undefined ? undefined : slots[index]

  function onKey(event: KeyboardEvent) {
    const by = { ArrowLeft: -1 as const, ArrowRight: 1 as const }[event.key]
    if (by === undefined) return
    event.preventDefault()
    const from = latest.current ?? (by > 0 ? -1 : slots.length)
    const next = from + by
    if (next >= 0 && next < slots.length) return point(next)
    beyond?.(by)
    if (beyond !== undefined) point(by > 0 ? 0 : slots.length - 1)
  }

  return (
    <div class="slot-chart">
      <div
        ref={host}
        class="canvas"
        role="img"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the arrow keys go from slot to slot
        tabIndex={0}
        aria-label={label}
        onKeyDown={onKey}
        onBlur={() => point(undefined)}
        onPointerMove={(event) => {
          if (layout === undefined || host.current === null) return
          const { left } = host.current.getBoundingClientRect()
          point(slotAt(layout, event.clientX - left, slots.length))
        }}
        onPointerLeave={() => point(undefined)}
      >
        {layout !== undefined && (
          <svg width={width} height={height} aria-hidden="true" focusable="false">
            <text class="axis-title" x={layout.left} y={10}>
              {unit}
            </text>
            {layout.ticks.map((value) => (
              <g key={value} class={value === 0 ? 'tick zero' : 'tick'}>
                <line x1={layout.left} x2={layout.right} y1={at(layout.y(value))} y2={at(layout.y(value))} />
                <text x={layout.left - 6} y={layout.y(value) + 3.5}>
                  {write(value)}
                </text>
              </g>
            ))}
            {slots.map((slot, i) => (
              <SlotBar
                key={slot.key}
                slot={slot}
                look={lookOf(slot)}
                lacks={lacks(slot)}
                i={i}
                {...{ layout }}
              />
            ))}
            <path class="usual" d={bandOf(slots, layout)} />
            <path class="marked-line" d={stepsOf(slots, layout, ({ mark }) => mark)} />
            {slots.map((slot, i) => (
              <text key={slot.key} class="place" x={at(layout.left + layout.slot * (i + 0.5))} y={height - 7}>
                {place(slot, i, layout.slot)}
              </text>
            ))}
            {index !== undefined && (
              <rect
                class="pointed"
                x={at(layout.left + layout.slot * index)}
                width={at(layout.slot)}
                y={layout.top}
                height={layout.bottom - layout.top}
              />
            )}
          </svg>
        )}
      </div>
      {layout !== undefined && index !== undefined && pointed !== undefined && (
        <div
          class="day-tip"
          role="status"
          style={{ '--left': `${layout.left + layout.slot * (index + 0.5)}px` }}
        >
          {tip(pointed)}
        </div>
      )}
    </div>
  )
}

interface BarProps {
  slot: Slot
  look: SlotLook
  lacks: boolean
  i: number
  layout: ReturnType<typeof layOut>
}

function SlotBar({ slot, look, lacks, i, layout }: BarProps) {
  const { left, slot: step, y, top, bottom } = layout
  const x = left + step * i
  const inset = Math.min(step * 0.14, 6)
  const wide = Math.max(step - 2 * inset, 1)
  const bar = (value: number, from: number, width: number, rest: Record<string, string>) => (
    <rect
      x={at(from)}
      width={at(width)}
      y={at(Math.min(y(0), y(value)))}
      height={at(Math.max(Math.abs(y(0) - y(value)), 1))}
      {...rest}
    />
  )
  const narrow = slot.before === undefined ? 0 : wide * 0.18
  return (
    <g>
      {slot.before != null && bar(slot.before, x + inset, wide, { class: 'before' })}
      {slot.value !== null &&
        bar(slot.value, x + inset + narrow, wide - 2 * narrow, {
          class: `hour ${look.look ?? ''}`,
          fill: look.fill,
        })}
      {slot.value === null && lacks && (
        <rect
          class="hour missing"
          x={at(x + inset / 2)}
          width={at(step - inset)}
          y={top}
          height={bottom - top}
          fill="url(#fill-missing)"
        />
      )}
    </g>
  )
}
