import { useEffect, useState } from 'preact/hooks'

const langs = ['en', 'zh'] as const
export type Lang = (typeof langs)[number]

export const themes = ['auto', 'light', 'dark'] as const
export type Theme = (typeof themes)[number]

const LANG_KEY = 'wattwell-lang'
const THEME_KEY = 'wattwell-theme'
const NAME_KEY = 'wattwell-name'

/** The language: from the address, else as chosen before, else the browser's. */
export function useLang(): [Lang, (lang: Lang) => void] {
  const [lang, setLang] = useState<Lang>(firstLang)
  useEffect(() => {
    document.documentElement.lang = lang === 'zh' ? 'zh-CN' : 'en'
  }, [lang])
  return [
    lang,
    (chosen) => {
      keep(LANG_KEY, chosen)
      const address = new URL(location.href)
      address.searchParams.set('lang', chosen)
      history.replaceState(null, '', address)
      setLang(chosen)
    },
  ]
}

export function useTheme(): [Theme, (theme: Theme) => void] {
  const [theme, setTheme] = useState<Theme>(() => oneOf(themes, kept(THEME_KEY)) ?? 'auto')
  useEffect(() => {
    if (theme === 'auto') delete document.documentElement.dataset.theme
    else document.documentElement.dataset.theme = theme
    // What is painted on a canvas does not follow style sheets by itself.
    document.dispatchEvent(new Event('themechange'))
  }, [theme])
  return [
    theme,
    (chosen) => {
      keep(THEME_KEY, chosen)
      setTheme(chosen)
    },
  ]
}

/** The name under which this browser's person declares things; empty until it was typed once. */
export function useName(): [string, (name: string) => void] {
  const [name, setName] = useState(() => kept(NAME_KEY) ?? '')
  return [
    name,
    (typed) => {
      keep(NAME_KEY, typed)
      setName(typed)
    },
  ]
}

/** Until it is known how many come, what stands beneath them is kept out of sight. */
const FILLS_A_SCREEN = 12

/** How many of something there were when this browser last saw them, so that what comes takes no more room. */
export function useCount(of: string, count: number | undefined): number {
  const key = `wattwell-count-${of}`
  const [likely] = useState(() => Number(kept(key)) || FILLS_A_SCREEN)
  useEffect(() => {
    if (count !== undefined) keep(key, String(count))
  }, [key, count])
  return likely
}

function firstLang(): Lang {
  const asked = oneOf(langs, new URLSearchParams(location.search).get('lang'))
  return asked ?? oneOf(langs, kept(LANG_KEY)) ?? (navigator.language.startsWith('zh') ? 'zh' : 'en')
}

function oneOf<T extends string>(list: readonly T[], text: string | null): T | undefined {
  return list.find((item) => item === text)
}

function kept(key: string): string | null {
  try {
    return localStorage.getItem(key)
  } catch {
    return null
  }
}

function keep(key: string, value: string): void {
  try {
    localStorage.setItem(key, value)
  } catch {
    // Storage may be forbidden: the choice then holds until the page is left.
  }
}
