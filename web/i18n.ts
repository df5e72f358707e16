import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import type { Name } from './answers.ts'
import { type Formats, formats } from './format.ts'
import type { Lang } from './preferences.ts'
import { en, type Text } from './text/en.ts'
import { zh } from './text/zh.ts'

/** A language with its words and its way of writing numbers. */
export interface Locale {
  readonly lang: Lang
  readonly text: Text
  readonly format: Formats
  nameOf(name: Name): string
}

const dictionaries: Record<Lang, Text> = { en, zh }

export const LocaleContext = createContext<Locale>(localeOf('en'))

export function useLocale(): Locale {
  return useContext(LocaleContext)
}

export function localeOf(lang: Lang): Locale {
  const text = dictionaries[lang]
  return {
    lang,
    text,
    format: formats(lang, text.units),
    nameOf: (name) => name[lang] || name.en,
  }
}
