import { useLocale } from '../i18n.ts'
import type { Lang } from '../preferences.ts'
import { typical as en } from '../text/typical-en.ts'
import { typical as zh } from '../text/typical-zh.ts'

const dictionaries = { en, zh } satisfies Record<Lang, typeof en>

export type Words = typeof en

export function useWords(): Words {
  return dictionaries[useLocale().lang]
}
