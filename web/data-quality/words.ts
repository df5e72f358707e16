import { useLocale } from '../i18n.ts'
import type { Lang } from '../preferences.ts'
import { dataQuality as en } from '../text/data-quality-en.ts'
import { dataQuality as zh } from '../text/data-quality-zh.ts'

const dictionaries = { en, zh } satisfies Record<Lang, typeof en>

export type Words = typeof en

export function useWords(): Words {
  return dictionaries[useLocale().lang]
}
