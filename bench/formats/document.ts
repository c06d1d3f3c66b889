/** A document of sections: headings, paragraphs with marks, lists, code, quotations, a line in many scripts. */
import type { Attributes, Insert } from '../../shared/text/delta.ts'

const WORDS =
  'the weather station on the hill measures wind rain and pressure every minute and sends what it found to the village below where people read it'.split(
    ' ',
  )

/** `count` sections of about two thirds of a page; another `first` gives other words. */
export function sections(count: number, first = 1): Insert[] {
  const out: Insert[] = []
  const put = (insert: string, attributes?: Attributes): void => {
    out.push(attributes === undefined ? { insert } : { insert, attributes })
  }
  const line = (text: string, attributes?: Attributes): void => {
    put(text)
    put('\n', attributes)
  }
  let seed = first
  const words = (length: number): string => {
    const picked: string[] = []
    for (let at = 0; at < length; at += 1) {
      seed = (seed * 48_271) % 2_147_483_647
      picked.push(WORDS[seed % WORDS.length] ?? 'the')
    }
    return picked.join(' ')
  }
  line('The station', { header: 1 })
  for (let section = 1; section <= count; section += 1) {
    line(`Section ${section}`, { header: 2 })
    for (let at = 0; at < 5; at += 1) {
      put(`${words(20)} `)
      put(words(2), { bold: true })
      put(` ${words(12)} `)
      put(words(2), { italic: true })
      put(` ${words(9)} `)
      put(words(1), { underline: true })
      put(' ')
      put(words(1), { strike: true })
      put(' ')
      put(words(2), { link: `https://example.org/${section}/${at}` })
      put(' ')
      put('code()', { code: true })
      line(` ${words(15)}.`)
    }
    for (let at = 0; at < 4; at += 1)
      line(words(8), { list: 'bullet', ...(at % 2 === 1 ? { indent: 1 } : {}) })
    for (let at = 0; at < 3; at += 1) line(words(8), { list: 'ordered' })
    if (section % 3 === 0) line(words(25), { blockquote: true })
    if (section % 3 === 1)
      for (let at = 0; at < 5; at += 1) line(`let ${words(1)} = ${at}`, { 'code-block': 'js' })
    line('Ελληνικά, Русский, עברית, العربية, 中文, 日本語 😀')
  }
  return out
}
