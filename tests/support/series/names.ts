/** A name as the API gives it. */
type ApiName = string | { readonly en: string; readonly zh?: string }

/** The fields that say what something is called. */
export function named(id: string, name: ApiName | undefined | null) {
  const en = (typeof name === 'string' ? name : name?.en) ?? id
  const zh = (typeof name === 'string' ? name : name?.zh) ?? en
  return { name_en: en, name_zh: zh, label_en: `${en} · ${id}`, label_zh: `${zh} · ${id}` }
}
