import { useLocale } from '../i18n.ts'
import type { Lang } from '../preferences.ts'
import { target as en } from '../text/target-en.ts'
import { target as zh } from '../text/target-zh.ts'

const dictionaries = { en, zh } satisfies Record<Lang, typeof en>

export type Words = typeof en

export function useWords(): Words {
  return dictionaries[useLocale().lang]
}
