/** Puts what a file holds into a pad: one change, by the person who brought it (SPEC-formats F72, F73). */
import { createHash } from 'node:crypto'
import * as Y from 'yjs'
import { isPersonColour } from '../../shared/colour.ts'
import type { Insert } from '../../shared/text/delta.ts'
import { TABLE, tableOfEmbed, writeContent } from '../../shared/text/table/value.ts'
import type { TableValue } from '../../shared/text/table/value.ts'
import type { People } from '../access/types.ts'
import { Refusal } from './read/refusal.ts'
import { weightOf } from './weight.ts'
import type { FilePerson } from './read/types.ts'
import type { ReadPad } from './importer.ts'

/** `replace` all that is there, or put it at the end. */
export type Mode = 'replace' | 'append'

/** UTF-16 units of a name. */
const LONGEST_NAME = 100

/**
 * The ids under which a file's people are known here: always the same ones for the same pad and file, never those of
 * people who exist, so that nobody's words come from a file.
 */
export function importedIds(pad: string, people: readonly FilePerson[]): ReadonlyMap<string, string> {
  return new Map(people.map(({ id }) => [id, importedId(pad, id)]))
}

function importedId(pad: string, id: string): string {
  const hash = createHash('sha256')
    .update(JSON.stringify(['imported', pad, id]))
    .digest()
  return `a.${hash
    .toString('base64')
    .replace(/[^a-zA-Z0-9]/g, '')
    .padEnd(16, '0')
    .slice(0, 16)}`
}

/** Makes the people of a file known, those who wrote something. */
export async function introduce(
  people: Pick<People, 'update' | 'people'>,
  file: readonly FilePerson[],
  ids: ReadonlyMap<string, string>,
  wrote: ReadonlySet<string>,
): Promise<void> {
  for (const { id, name, colour } of file) {
    const author = ids.get(id)
    if (author === undefined || !wrote.has(id)) continue
    const [now] = await people.people([author])
    if (now === undefined || now.name !== '') continue
    const shown = name
      .replace(/[\p{Cc}\p{Cf}]/gu, '')
      .trim()
      .slice(0, LONGEST_NAME)
    await people.update(author, shown, colour !== null && isPersonColour(colour) ? colour : now.colour)
  }
}

/** The content with its authors as they are known here; what nobody wrote is by `by`, or says nothing. */
export function authored(
  content: readonly Insert[],
  ids: ReadonlyMap<string, string>,
  by: string | null,
): { content: Insert[]; wrote: ReadonlySet<string> } {
  const wrote = new Set<string>()
  const inCells = (table: TableValue): TableValue => ({
    ...table,
    rows: table.rows.map(({ cells }) => ({
      cells: cells.map((cell) => {
        const made = authored(cell.content, ids, by)
        for (const one of made.wrote) wrote.add(one)
        return { ...cell, content: made.content }
      }),
    })),
  })
  const out = content.flatMap((piece): Insert[] => {
    const { insert, attributes = {} } = piece
    const { author: said, ...rest } = attributes
    if (typeof insert === 'string' && /^\n+$/.test(insert)) return [{ insert, attributes: rest }]
    const id = typeof said === 'string' ? ids.get(said) : undefined
    if (id !== undefined && typeof said === 'string') wrote.add(said)
    const author = id ?? by
    const own = author === null ? rest : { ...rest, author }
    const table = tableOfEmbed(insert)
    if (table) return [{ insert: { [TABLE]: inCells(table) }, attributes: own }]
    if (typeof insert !== 'string' || !insert.includes('\n')) return [{ insert, attributes: own }]
    // Newlines carry no author (SPEC-text R8).
    return insert
      .split(/(\n+)/)
      .filter((part) => part !== '')
      .map((part) => ({ insert: part, attributes: part.startsWith('\n') ? rest : own }))
  })
  return { content: out, wrote }
}

/**
 * Writes content into a text; call it in a transaction.
 * @throws Refusal when the document would be larger than `most` bytes
 */
export function putContent(doc: Y.Doc, content: readonly Insert[], mode: Mode, most: number): void {
  const text = doc.getText('text')
  if (!fits(content, most, Y.encodeStateAsUpdate(doc).length))
    throw new Refusal('tooLarge', 'the pad would be too large')
  const ends = content.at(-1)?.insert
  const whole =
    typeof ends === 'string' && ends.endsWith('\n') ? [...content] : [...content, { insert: '\n' }]
  const before = text.length
  doc.transact(() => {
    if (mode === 'replace') {
      writeContent(text, 0, whole)
      if (before > 0) text.delete(text.length - before, before)
    } else {
      const open = before > 0 && !text.toJSON().endsWith('\n')
      const all: Insert[] = open ? [{ insert: '\n' }, ...whole] : whole
      writeContent(text, before, all)
    }
  })
}

/** What is far from the limit is not made to find out: what is far above it would take long. */
function fits(content: readonly Insert[], most: number, there: number): boolean {
  const weight = weightOf(content)
  if (weight.least + there > most) return false
  if (weight.most + there <= most) return true
  const trial = new Y.Doc()
  writeContent(trial.getText('text'), 0, content)
  const size = Y.encodeStateAsUpdate(trial).length
  trial.destroy()
  return size + there <= most
}

/** What a chat gets of a file: only one that nobody has written in. */
export function chatOf(
  { chat, people }: Pick<ReadPad, 'chat' | 'people'>,
  ids: ReadonlyMap<string, string>,
  by: string,
): { author: string; name: string; text: string; time: number; key: string }[] {
  const names = new Map(people.map(({ id, name }) => [id, name]))
  return chat.flatMap(({ id, name, text, time }, at) => {
    const words = text.slice(0, 10_000)
    if (words.trim() === '') return []
    const author = ids.get(id) ?? by
    return [
      {
        author,
        name: (names.get(id) || name).slice(0, LONGEST_NAME),
        text: words,
        time,
        key: `import-${at}`,
      },
    ]
  })
}
