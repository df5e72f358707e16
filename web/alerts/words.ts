import { useLocale } from '../i18n.ts'
import type { Lang } from '../preferences.ts'
import { alerts as en } from '../text/alerts-en.ts'
import { alerts as zh } from '../text/alerts-zh.ts'

const dictionaries = { en, zh } satisfies Record<Lang, typeof en>

export type Words = typeof en

export function useWords(): Words {
  return dictionaries[useLocale().lang]
}
