import { useLocale } from '../i18n.ts'
import type { Lang } from '../preferences.ts'
import { meter as en } from '../text/meter-en.ts'
import { meter as zh } from '../text/meter-zh.ts'

const dictionaries = { en, zh } satisfies Record<Lang, typeof en>

export type Words = typeof en

export function useWords(): Words {
  return dictionaries[useLocale().lang]
}
