import { useEffect, useMemo } from 'preact/hooks'
import type { SitesAnswer } from './answers.ts'
import { get } from './api.ts'
import { Dashboard } from './dashboard.tsx'
import { Header } from './header.tsx'
import { LocaleContext, localeOf } from './i18n.ts'
import { KeyForm } from './key-form.tsx'
import { LiveContext, useStream } from './live.ts'
import { useLang, useTheme } from './preferences.ts'
import { useResource } from './resource.ts'

export function App() {
  const [lang, setLang] = useLang()
  const [theme, setTheme] = useTheme()
  const locale = useMemo(() => localeOf(lang), [lang])
  const live = useStream()
  const sites = useResource('sites', (signal) => get<SitesAnswer>('sites', signal))
  const locked = sites.problem?.status === 401

  useEffect(() => {
    document.title = locale.text.title
  }, [locale])

  return (
    <LocaleContext.Provider value={locale}>
      <LiveContext.Provider value={live}>
        <a class="skip" href="#targets">
          {locale.text.skipToTargets}
        </a>
        <Header
          organisation={sites.value?.organisation}
          locked={locked}
          setLang={setLang}
          theme={theme}
          setTheme={setTheme}
        />
        {locked ? <KeyForm /> : <Dashboard sites={sites} />}
      </LiveContext.Provider>
    </LocaleContext.Provider>
  )
}
