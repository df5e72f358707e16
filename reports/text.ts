export type Lang = 'en' | 'zh'

/** A text in both languages. */
export interface Text {
  readonly en: string
  readonly zh: string
}

/** A text that is the same in both. */
export function same(text: string): Text {
  return { en: text, zh: text }
}

/** Several texts in one line. */
export function joined(texts: readonly Text[], lang: Lang): string {
  return texts.map((text) => text[lang]).join(lang === 'zh' ? '；' : '; ')
}
