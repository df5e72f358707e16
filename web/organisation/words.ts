import { useLocale } from '../i18n.ts'
import type { Lang } from '../preferences.ts'
import { organisation as en } from '../text/organisation-en.ts'
import { organisation as zh } from '../text/organisation-zh.ts'

const dictionaries = { en, zh } satisfies Record<Lang, typeof en>

export type Words = typeof en

export function useWords(): Words {
  return dictionaries[useLocale().lang]
}
