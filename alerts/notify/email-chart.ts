import type { Course } from '../../core/alert.ts'
import { unitText } from '../../core/unit-text.ts'
import { figureText, timeText } from '../figures.ts'

const BARS = 48
const HEIGHT_PX = 56
const COLOUR = '#3b6ea5'
const BEYOND = '#b3261e'

/**
 * A course as a row of table cells, which mail programs set where they show neither SVG nor pictures. Steps
 * beyond the band stand out; a step without a value is left empty.
 */
export function chartHtml(
  course: Course,
  { lang, zone }: { readonly lang: 'en' | 'zh'; readonly zone: string },
): string {
  const bars = barsOf(course)
  const highest = Math.max(0, ...bars.map(({ value }) => value ?? 0))
  if (highest === 0) return ''
  const cells = bars.map(({ value, beyond }) => {
    const px = value === null ? 0 : Math.max(1, Math.round((Math.max(0, value) / highest) * HEIGHT_PX))
    const bar =
      px === 0
        ? ''
        : `<div style="height:${px}px;width:6px;background:${beyond ? BEYOND : COLOUR};font-size:0;line-height:0">&nbsp;</div>`
    return `<td valign="bottom" height="${HEIGHT_PX}" style="padding:0 1px 0 0;vertical-align:bottom">${bar}</td>`
  })
  const end = course.from + course.values.length * course.stepMs
  const caption = `${timeText(course.from, zone, lang)} – ${timeText(end, zone, lang)} · max ${figureText(highest, lang)} ${unitText(course.unit, lang)}`
  return `<table role="presentation" cellspacing="0" cellpadding="0" border="0" style="margin:8px 0 0;border-collapse:collapse;border-bottom:1px solid #bbb"><tr>${cells.join('')}</tr></table><span style="font-size:11px;color:#666">${caption.replaceAll('<', '&lt;')}</span>`
}

interface Bar {
  readonly value: number | null
  readonly beyond: boolean
}

/** Steps are taken together, by their highest, where there are more than fit. */
function barsOf({ values, low, high }: Course): Bar[] {
  const steps = values.map((value, i): Bar => {
    const [least, most] = [low?.[i] ?? null, high?.[i] ?? null]
    const beyond = value !== null && ((most !== null && value > most) || (least !== null && value < least))
    return { value, beyond }
  })
  const each = Math.max(1, Math.ceil(steps.length / BARS))
  return Array.from({ length: Math.ceil(steps.length / each) }, (_, i) => {
    const part = steps.slice(i * each, (i + 1) * each)
    const known = part.map(({ value }) => value).filter((value) => value !== null)
    return {
      value: known.length === 0 ? null : Math.max(...known),
      beyond: part.some(({ beyond }) => beyond),
    }
  })
}
