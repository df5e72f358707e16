import { useLocale } from '../i18n.ts'
import type { Lang } from '../preferences.ts'
import { lineage as en } from '../text/lineage-en.ts'
import { lineage as zh } from '../text/lineage-zh.ts'

const dictionaries = { en, zh } satisfies Record<Lang, typeof en>

export function useWords(): typeof en {
  return dictionaries[useLocale().lang]
}
