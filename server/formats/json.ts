/** Everything of a pad as JSON (SPEC-formats F25): what other formats cannot say is kept here, known or not. */
import { stableJson } from '../../shared/text/json.ts'
import type { TextFacts, Writer } from './types.ts'

/** Of the form, told in the file; another number is another form. */
export const JSON_VERSION = 1

export const json: Writer = {
  needs: 'pad',
  everything: true,
  mime: 'application/json; charset=utf-8',
  ending: 'json',
  write(source) {
    const { shown, title, lang, rtl, revision, time, created, content, chat, people, settings } = source
    const head = {
      format: 'inkpad',
      version: JSON_VERSION,
      pad: { name: shown, title, lang, rtl, created },
      revision: { number: revision, time },
      settings,
    }
    const parts = [
      ...Object.entries(head).map(([key, value]) => `${JSON.stringify(key)}: ${stableJson(value)}`),
      rows('people', people),
      rows(
        'chat',
        chat.map(({ id, author, name, text, time: at }) => ({ id, author, name, text, time: at })),
      ),
      rows('text', content),
      ...picturesIn(source),
      ...(source.board ? [`"board": ${source.board.trim()}`] : []),
    ]
    return `{\n${parts.join(',\n')}\n}\n`
  },
}

/** Their bytes in base64, in the order of their keys. */
function picturesIn({ pictures }: TextFacts): string[] {
  if (pictures === undefined || pictures.size === 0) return []
  const all = [...pictures].sort(([a], [b]) => (a < b ? -1 : 1))
  const lines = all.map(
    ([key, { mime, bytes }]) =>
      `  ${JSON.stringify(key)}: ${stableJson({ type: mime, bytes: base64(bytes) })}`,
  )
  return [`"pictures": {\n${lines.join(',\n')}\n}`]
}

const base64 = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64')

/** A list with a line for each of its items: files that can be compared, and no line without an end. */
function rows(name: string, items: readonly unknown[]): string {
  const lines = items.map((item) => `  ${stableJson(item)}`)
  return `${JSON.stringify(name)}: [${lines.length > 0 ? `\n${lines.join(',\n')}\n` : ''}]`
}
