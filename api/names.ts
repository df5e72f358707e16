import { type Name, nameIn } from '../core/organisation.ts'

/** A name in both languages, for answers. */
export function bothNames(named: { id: string; name?: Name | undefined }): { en: string; zh: string } {
  return { en: nameIn('en', named), zh: nameIn('zh', named) }
}
