export const languages = ['en', 'zh'] as const
export type Language = (typeof languages)[number]

/** A text in each language, side by side where it is used. */
export type Said = Readonly<Record<Language, string>>

/** Grafana's address of a dashboard. */
export function uidOf(name: string, lang: Language): string {
  return `wattwell-${name}${lang === 'en' ? '' : `-${lang}`}`
}
