import { type Name, nameIn } from '../core/organisation.ts'

/** What something is called, in each language; as a label with its id behind, which a list can take apart again. */
export function labels(named: { id: string; name?: Name | undefined }, id = named.id) {
  const [en, zh] = [nameIn('en', named), nameIn('zh', named)]
  return { name_en: en, name_zh: zh, label_en: `${en} · ${id}`, label_zh: `${zh} · ${id}` }
}
