import { useLocale } from '../i18n.ts'
import type { Lang } from '../preferences.ts'
import { site as en } from '../text/site-en.ts'
import { site as zh } from '../text/site-zh.ts'

const dictionaries = { en, zh } satisfies Record<Lang, typeof en>

export type Words = typeof en

export function useWords(): Words {
  return dictionaries[useLocale().lang]
}
