import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import type { NewSubscription, RuleRow, SitesAnswer, SubscriptionMade } from '../answers.ts'
import { getRows, post } from '../api.ts'
import { Choice } from '../choice.tsx'
import { FormEnd } from '../form-end.tsx'
import { useLocale } from '../i18n.ts'
import { Field } from '../inspect/field.tsx'
import { useResource } from '../resource.ts'
import { useSending } from '../sending.ts'
import { ChannelFields } from './channel-fields.tsx'
import { Picks } from './picks.tsx'
import { useWords } from './words.ts'

const severities = ['info', 'warning', 'critical'] as const
const schedules = ['immediate', 'hourly', 'daily'] as const

/** What was subscribed, with the secret that was made for it. */
export interface Added {
  readonly name: string
  readonly secret?: string
}

/** What is typed; numbers too are text until they are sent. */
interface Typed {
  readonly name: string
  readonly severity: (typeof severities)[number]
  readonly sites: readonly string[]
  readonly utilities: readonly string[]
  readonly rules: readonly string[]
  readonly lang: 'en' | 'zh'
  readonly when: (typeof schedules)[number]
  readonly at: string
  readonly quiet: boolean
  readonly quietFrom: string
  readonly quietTo: string
  readonly cap: string
}

interface Props {
  sites: SitesAnswer | undefined
  close: () => void
  done: (added: Added) => void
}

/** Who is to hear of which alerts, where and when. */
export function SubscribeForm({ sites, close, done }: Props) {
  const { lang, text, format, nameOf } = useLocale()
  const words = useWords()
  const zone = sites?.organisation.zone ?? 'UTC'
  const [channel, setChannel] = useState<NewSubscription['channel']>({ kind: 'email', address: '' })
  const [typed, setTyped] = useState<Typed>({
    name: '',
    severity: 'warning',
    sites: [],
    utilities: [],
    rules: [],
    lang,
    when: 'immediate',
    at: '08:00',
    quiet: false,
    quietFrom: '22:00',
    quietTo: '07:00',
    cap: '12',
  })
  const type = (some: Partial<Typed>) => setTyped({ ...typed, ...some })
  const rules = useResource('alert rules', (signal) => getRows<RuleRow>('alert-rules', signal))
  const sending = useSending()
  const { errors } = sending
  const form = useRef<HTMLFormElement>(null)
  useLayoutEffect(() => {
    form.current?.scrollIntoView({ block: 'nearest' })
    form.current?.querySelector<HTMLElement>('input')?.focus()
  }, [])

  async function submit(event: SubmitEvent) {
    event.preventDefault()
    const kept = await sending.send(() =>
      post<SubscriptionMade>('subscriptions', bodyOf(typed, channel, zone)),
    )
    if (kept !== undefined)
      done({ name: kept.name, ...(kept.newSecret !== undefined && { secret: kept.newSecret }) })
  }

  const time = (name: 'at' | 'quietFrom' | 'quietTo', label: string, field: string) => (
    <Field label={label} error={errors.get(field)}>
      <input
        type="time"
        value={typed[name]}
        onInput={(event) => type({ [name]: event.currentTarget.value })}
      />
    </Field>
  )
  const utilities = [...new Set(sites?.rows.flatMap((site) => site.utilities) ?? [])]
  return (
    <form ref={form} class="card subscribe-form" onSubmit={submit} noValidate aria-label={words.addTitle}>
      <h2>{words.addTitle}</h2>
      <fieldset class="form-part">
        <legend>{words.channel}</legend>
        <Field label={words.name} error={errors.get('name')}>
          <input
            name="name"
            maxLength={200}
            autocomplete="off"
            placeholder={words.nameHint}
            value={typed.name}
            onInput={(event) => type({ name: event.currentTarget.value })}
          />
        </Field>
        <ChannelFields channel={channel} setChannel={setChannel} errors={errors} />
        <Choice
          legend={words.lang}
          options={['en', 'zh'] as const}
          chosen={typed.lang}
          choose={(chosen) => type({ lang: chosen })}
          label={(one) => (one === 'zh' ? '中文' : 'English')}
        />
      </fieldset>
      <fieldset class="form-part">
        <legend>{words.of}</legend>
        <Choice
          legend={words.severity}
          options={severities}
          chosen={typed.severity}
          choose={(severity) => type({ severity })}
          label={(severity) => words.severitiesFrom[severity]}
        />
        <Picks
          label={words.sites}
          all={words.allSites}
          options={sites?.rows.map((site) => ({ id: site.id, label: nameOf(site.name) })) ?? []}
          chosen={typed.sites}
          choose={(chosen) => type({ sites: chosen })}
        />
        <Picks
          label={words.utilities}
          all={words.allUtilities}
          options={utilities.map((id) => ({ id, label: text.utilities[id] }))}
          chosen={typed.utilities}
          choose={(chosen) => type({ utilities: chosen })}
        />
        <Picks
          label={words.rules}
          all={words.allRules}
          options={rules.value?.map(({ id, name }) => ({ id, label: nameOf(name) })) ?? []}
          chosen={typed.rules}
          choose={(chosen) => type({ rules: chosen })}
        />
      </fieldset>
      <fieldset class="form-part">
        <legend>{words.when}</legend>
        <div class="when-fields">
          <Choice
            legend={words.when}
            options={schedules}
            chosen={typed.when}
            choose={(when) => type({ when })}
            label={(when) => words.schedules[when]}
          />
          {typed.when === 'daily' && time('at', words.at, 'at')}
        </div>
        <label class="tick">
          <input
            type="checkbox"
            checked={typed.quiet}
            onChange={(event) => type({ quiet: event.currentTarget.checked })}
          />
          {words.quiet} <small>{words.quietNote}</small>
        </label>
        {typed.quiet && (
          <div class="span-fields">
            {time('quietFrom', words.quietFrom, 'from')}
            {time('quietTo', words.quietTo, 'to')}
          </div>
        )}
        <Field label={words.cap} error={errors.get('capPerHour')}>
          <input
            name="cap"
            inputMode="numeric"
            value={typed.cap}
            onInput={(event) => type({ cap: event.currentTarget.value })}
          />
        </Field>
        <p class="note">
          {words.capNote} {words.placeTime(format.place(zone))}
        </p>
      </fieldset>
      <FormEnd sending={sending} words={words} close={close} />
    </form>
  )
}

/** What is left empty holds for all. */
function bodyOf(typed: Typed, channel: NewSubscription['channel'], zone: string): NewSubscription {
  const { name, sites, utilities, rules, severity, lang, when, at, quiet, quietFrom, quietTo, cap } = typed
  return {
    name: name.trim(),
    of: {
      ...(sites.length > 0 && { sites: [...sites] }),
      ...(utilities.length > 0 && { utilities: [...utilities] }),
      ...(rules.length > 0 && { rules: [...rules] }),
      ...(severity !== 'info' && { severity }),
    } as NewSubscription['of'],
    channel,
    lang,
    when,
    ...(when === 'daily' && { at }),
    zone,
    ...(quiet && { quiet: { from: quietFrom, to: quietTo } }),
    capPerHour: Number(cap),
  }
}
