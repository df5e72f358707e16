import { useLocale } from '../i18n.ts'
import type { Lang } from '../preferences.ts'
import { subscriptions as en } from '../text/subscriptions-en.ts'
import { subscriptions as zh } from '../text/subscriptions-zh.ts'

const dictionaries = { en, zh } satisfies Record<Lang, typeof en>

export type Words = typeof en

export function useWords(): Words {
  return dictionaries[useLocale().lang]
}
