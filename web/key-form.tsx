import { useLocale } from './i18n.ts'
import { Mark } from './mark.tsx'

const COOKIE = 'wattwell_key'

/** Asks for the API key and keeps it where both `fetch` and the event stream send it from. */
export function KeyForm() {
  const { text } = useLocale()
  const refused = document.cookie.split('; ').some((pair) => pair.startsWith(`${COOKIE}=`))

  function keep(event: SubmitEvent) {
    event.preventDefault()
    const key = new FormData(event.currentTarget as HTMLFormElement).get('key')
    if (typeof key !== 'string' || key.trim() === '') return
    const secure = location.protocol === 'https:' ? '; Secure' : ''
    // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing on plain http
    document.cookie = `${COOKIE}=${encodeURIComponent(key.trim())}; SameSite=Strict; path=/; max-age=31536000${secure}`
    location.reload()
  }

  return (
    <main class="locked">
      <form class="key-form" onSubmit={keep}>
        <Mark />
        <h1>{text.keyTitle}</h1>
        <p>{text.keyNote}</p>
        {refused && (
          <p class="refused" role="alert">
            {text.keyRefused}
          </p>
        )}
        <label for="key">{text.key}</label>
        <input id="key" name="key" type="password" autocomplete="off" required />
        <button type="submit">{text.keyUse}</button>
      </form>
    </main>
  )
}
