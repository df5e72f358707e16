import { useLocale } from '../i18n.ts'
import type { Lang } from '../preferences.ts'
import { help as en } from '../text/help-en.ts'
import { type Topics, topics as topicsEn } from '../text/help-topics-en.ts'
import { topics as topicsZh } from '../text/help-topics-zh.ts'
import { help as zh } from '../text/help-zh.ts'

const dictionaries = { en, zh } satisfies Record<Lang, typeof en>
const methods = { en: topicsEn, zh: topicsZh } satisfies Record<Lang, Topics>

export function useWords(): typeof en {
  return dictionaries[useLocale().lang]
}

export function useTopics(): Topics {
  return methods[useLocale().lang]
}
