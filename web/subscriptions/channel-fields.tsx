import type { NewSubscription } from '../answers.ts'
import { Choice } from '../choice.tsx'
import { Field } from '../inspect/field.tsx'
import { useWords } from './words.ts'

type Channel = NewSubscription['channel']

const kinds = ['email', 'webhook', 'slack', 'feishu', 'dingtalk', 'wecom', 'mqtt'] as const
const secrets = ['webhook', 'feishu', 'dingtalk'] as const

interface Props {
  channel: Channel
  setChannel: (channel: Channel) => void
  errors: ReadonlyMap<string, string>
}

/** Where messages go: the fields that the channel needs. */
export function ChannelFields({ channel, setChannel, errors }: Props) {
  const words = useWords()
  const { kind } = channel
  const signed = secrets.find((one) => one === kind)
  return (
    <>
      <Choice
        legend={words.channel}
        options={kinds}
        chosen={kind}
        choose={(chosen) => setChannel(empty(chosen))}
        label={(one) => words.channels[one]}
      />
      <p class="note">{words.channelNote[kind]}</p>
      {'address' in channel && (
        <Field label={words.address} error={errors.get('address')}>
          <input
            name="address"
            type="email"
            autocomplete="email"
            value={channel.address}
            onInput={(event) => setChannel({ ...channel, address: event.currentTarget.value })}
          />
        </Field>
      )}
      {'url' in channel && (
        <Field label={words.url} error={errors.get('url')}>
          <input
            name="url"
            type="url"
            autocomplete="off"
            placeholder="https://"
            value={channel.url}
            onInput={(event) => setChannel({ ...channel, url: event.currentTarget.value })}
          />
        </Field>
      )}
      {'url' in channel && signed !== undefined && (
        <Field label={words.optional(words.secret)} error={errors.get('secret')}>
          <input
            name="secret"
            autocomplete="off"
            value={'secret' in channel ? (channel.secret ?? '') : ''}
            onInput={(event) => {
              const { value } = event.currentTarget
              setChannel({ kind: signed, url: channel.url, ...(value !== '' && { secret: value }) })
            }}
          />
        </Field>
      )}
    </>
  )
}

function empty(kind: Channel['kind']): Channel {
  if (kind === 'email') return { kind, address: '' }
  return kind === 'mqtt' ? { kind } : { kind, url: '' }
}
