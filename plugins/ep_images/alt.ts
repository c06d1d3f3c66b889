import { MAX_ALT, words } from './value.ts'

/** What a picture is called until somebody describes it: its file's name, unless only a machine gave it. */
export function altOf(file: { readonly name?: string }): string {
  const name = (file.name ?? '')
    .replace(/\.[a-z\d]{1,5}$/i, '')
    .replaceAll(/[\s_]+/g, ' ')
    .trim()
  const plain = /^(?:image|img|dsc|dscn|screenshot|bild|unnamed|download|clipboard|pxl)?[\s\d():.-]*$/i.test(
    name,
  )
  return plain ? '' : words(name, MAX_ALT)
}
