import { useLocale } from '../i18n.ts'
import type { Lang } from '../preferences.ts'
import { report as en } from '../text/report-en.ts'
import { report as zh } from '../text/report-zh.ts'

const dictionaries = { en, zh } satisfies Record<Lang, typeof en>

export function useWords(): typeof en {
  return dictionaries[useLocale().lang]
}
