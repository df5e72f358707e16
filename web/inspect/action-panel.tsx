import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import type { MeterRow } from '../answers.ts'
import { useLocale } from '../i18n.ts'
import { placeBeside } from '../place.ts'
import { Attribution } from './attribution.tsx'
import { DeclareForm } from './declare-form.tsx'
import type { EventKind } from './events.ts'
import type { Mending } from './mending.ts'
import { Menu } from './menu.tsx'
import { type DayKnown, needsNumbers, prefillOf } from './prefill.ts'
import { ReadingFacts } from './reading-facts.tsx'

/** Which reading is asked about, or the day as a whole, and where it stands on the screen. */
export interface Asked {
  /** A question is asked once: the same reading clicked again is another one. */
  readonly serial: number
  readonly index: number | undefined
  readonly place: { readonly x: number; readonly y: number }
}

interface Props {
  asked: Asked
  meter: MeterRow
  zone: string
  day: DayKnown
  mending: Mending
  by: string
  setBy: (by: string) => void
  close: () => void
}

/**
 * A small panel at a reading: what it is, what can be done about it, and for what needs numbers a form. The
 * browser closes it on Escape or a click elsewhere, and gives the focus back.
 */
export function ActionPanel({ asked, meter, zone, day, mending, by, setBy, close }: Props) {
  const { text, format } = useLocale()
  const words = text.inspect
  const panel = useRef<HTMLDivElement>(null)
  const [kind, setKind] = useState<EventKind>()
  const [note, setNote] = useState('')
  const point = asked.index === undefined ? undefined : day.points[asked.index]
  const at = point?.row.at ?? new Date(day.span.start).toISOString()
  const signed = by.trim()

  // At once, so that a key pressed right after finds the menu.
  useLayoutEffect(() => {
    panel.current?.showPopover()
    panel.current?.querySelector<HTMLElement>('[role="menuitem"]')?.focus()
  }, [])
  // Its size changes with the form and with what the server says.
  useLayoutEffect(() => {
    if (panel.current !== null) put(panel.current, asked)
  }, [asked, kind, mending.problem])

  function choose(chosen: EventKind) {
    mending.clear()
    if (needsNumbers(chosen)) {
      setKind(chosen)
      setNote((was) => was || words.notes[chosen])
    } else void send(chosen, {})
  }

  async function send(chosen: EventKind, fields: object) {
    const said = note.trim() || words.notes[chosen]
    const kept = await mending.declare({
      meter: meter.id,
      at,
      kind: chosen,
      ...fields,
      by: signed,
      note: said,
    })
    if (kept) panel.current?.hidePopover()
  }

  async function include() {
    if (point?.exclusion === undefined) return
    if (await mending.takeBack(point.exclusion, signed, note.trim() || words.tookBack)) {
      panel.current?.hidePopover()
    }
  }

  return (
    <div
      ref={panel}
      popover="auto"
      class="action-panel"
      onToggle={(event) => {
        if (event.newState === 'closed') close()
        else if (panel.current !== null) put(panel.current, asked)
      }}
    >
      {point !== undefined && <ReadingFacts point={point} zone={zone} />}
      {kind === undefined ? (
        <Menu
          label={words.menu(format.minute(at, zone))}
          reading={point !== undefined}
          excluded={point?.exclusion !== undefined}
          gauge={meter.kind === 'gauge'}
          busy={mending.busy}
          choose={choose}
          include={include}
        />
      ) : (
        <h4>{words.kindTitles[kind]}</h4>
      )}
      {kind !== undefined && (
        <DeclareForm
          kind={kind}
          prefill={prefillOf(kind, asked.index, day)}
          span={day.span}
          zone={zone}
          readingUnit={format.unit(meter.readingUnit ?? '')}
          unit={format.unit(meter.unit)}
          errors={mending.errors}
          saving={mending.busy}
          save={(fields) => send(kind, fields)}
          back={() => {
            mending.clear()
            setKind(undefined)
          }}
        >
          <Attribution by={by} setBy={setBy} note={note} setNote={setNote} errors={mending.errors} />
        </DeclareForm>
      )}
      {kind === undefined && (
        <Attribution by={by} setBy={setBy} note={note} setNote={setNote} errors={mending.errors} />
      )}
      {mending.problem !== undefined && (
        <p class="refusal" role="alert">
          <b>{mending.problem.status === 0 ? text.unreachable : words.refused}</b>
          {mending.errors.size === 0 && ` ${mending.problem.message}`}
        </p>
      )}
    </div>
  )
}

/** Beside its reading; on a phone the style sheet puts it at the bottom, under the thumb. */
function put(panel: HTMLElement, { place: { x, y } }: Asked) {
  if (matchMedia('(max-width: 560px)').matches) return
  placeBeside(panel, x, y)
}
