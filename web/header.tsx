import type { Organisation } from './answers.ts'
import { useLocale } from './i18n.ts'
import { Icon } from './icons.tsx'
import { useLive } from './live.ts'
import { Mark } from './mark.tsx'
import { type Lang, type Theme, themes } from './preferences.ts'
import type { View } from './route.ts'
import { CatchingUp, Status } from './status.tsx'
import { Ways } from './ways.tsx'

interface Props {
  organisation: Organisation | undefined
  locked: boolean
  view: View
  setLang: (lang: Lang) => void
  theme: Theme
  setTheme: (theme: Theme) => void
}

const langNames: [Lang, string, string][] = [
  ['en', 'EN', 'English'],
  ['zh', '中文', '中文'],
]

export function Header({ organisation, locked, view, setLang, theme, setTheme }: Props) {
  const { lang, text, nameOf } = useLocale()
  const live = useLive()
  return (
    <header class="header">
      <div class="brand">
        <Mark />
        <p>
          <strong translate={false}>wattwell</strong>
          {organisation !== undefined && <span class="organisation">{nameOf(organisation.name)}</span>}
        </p>
      </div>
      {!locked && <Ways view={view} />}
      {!locked && <Status live={live} />}
      <div class="switches">
        <fieldset class="switch">
          <legend class="unseen">{text.language}</legend>
          {langNames.map(([code, short, full]) => (
            <button
              key={code}
              type="button"
              lang={code}
              aria-pressed={lang === code}
              title={full}
              onClick={() => setLang(code)}
            >
              {short}
            </button>
          ))}
        </fieldset>
        <fieldset class="switch icons">
          <legend class="unseen">{text.theme}</legend>
          {themes.map((one) => (
            <button
              key={one}
              type="button"
              aria-pressed={theme === one}
              aria-label={text.themes[one]}
              title={text.themes[one]}
              onClick={() => setTheme(one)}
            >
              <Icon name={one} />
            </button>
          ))}
        </fieldset>
      </div>
      {!locked && <CatchingUp health={live.health} />}
    </header>
  )
}
