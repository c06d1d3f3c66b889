/** Languages a document can say it is written in (SPEC-formats F13). */

const CODES =
  'ar bg ca cs da de el en es et eu fa fi fr he hi hr hu id it ja ko lt lv nb nl pl pt pt-BR ro ru sk sl sr sv th tr uk vi zh-CN zh-TW'.split(
    ' ',
  )

/** Codes with their names in the language of the interface, in the order of these. */
export function fileLanguages(shown: string): { value: string; label: string }[] {
  const names = new Intl.DisplayNames([shown], { type: 'language' })
  const all = CODES.map((value) => ({ value, label: names.of(value) ?? value }))
  return all.sort((a, b) => a.label.localeCompare(b.label, shown))
}

/** The interface's language among them. */
export function ownLanguage(shown: string): string {
  return CODES.find((code) => code === shown) ?? CODES.find((code) => code === shown.split('-')[0]) ?? ''
}
