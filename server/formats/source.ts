/** A pad at one of its revisions, read from the store (SPEC-formats F4 to F6). Never opens a room and never writes. */
import * as Y from 'yjs'
import { isAuthorId } from '../../shared/ids.ts'
import type { Person } from '../../shared/protocol.ts'
import type { PadSettings } from '../../shared/settings.ts'
import type { Insert } from '../../shared/text/delta.ts'
import type { People } from '../access/types.ts'
import { AppError } from '../errors.ts'
import type { ChatRow, Store, StoredDocument } from '../store/store.ts'
import { writtenContent } from './written.ts'

/** Rows read at once. */
const ROWS = 1000
/** Lines of a chat in an export, the newest. */
const MOST_CHAT = 20_000
/** People in an export. */
const MOST_PEOPLE = 20_000

/** What is read of a pad. */
export interface PadAt {
  content: readonly Insert[]
  created: number
  /** When the revision was made. */
  time: number
}

export interface PadReader {
  /** The newest revision that is saved, and what tells this pad from a later one of the same name. @throws AppError `notFound` */
  head(pad: string): Promise<{ revision: number; id: string }>
  /** The text at a revision. @throws AppError `notFound` for one there is not */
  at(pad: string, revision: number): Promise<PadAt>
  /** The chat as it was at a time, and the people of it and of the content. */
  company(pad: string, at: PadAt, newest: boolean): Promise<{ chat: ChatRow[]; people: readonly Person[] }>
  settings(pad: string): Promise<PadSettings>
}

/** Creates the {@link PadReader} of a server. */
export function createPadReader(parts: {
  store: Pick<Store, 'find' | 'load' | 'snapshot' | 'rows' | 'chatBefore'>
  people: Pick<People, 'people'>
  settings: (pad: string) => Promise<PadSettings>
}): PadReader {
  const { store, people } = parts
  return {
    async head(pad) {
      const head = await store.find(`p/${pad}`)
      if (head === null) throw new AppError('notFound', 'There is no pad of this name.')
      return { revision: head.head, id: `${head.id} ${head.generation}` }
    },
    async at(pad, revision) {
      const stored = await store.load(`p/${pad}`)
      if (stored === null) throw new AppError('notFound', 'There is no pad of this name.')
      if (revision < 1 || revision > stored.head)
        throw new AppError('notFound', 'This pad has no such revision.')
      const doc = new Y.Doc()
      try {
        const time = await fill(doc, store, stored, revision)
        const content = writtenContent(doc.getText('text'), (client) => stored.clients.get(client))
        return { content, created: stored.created, time }
      } finally {
        doc.destroy()
      }
    },
    async company(pad, { content, time }, newest) {
      const lines = await chatOf(store, pad, newest ? Number.POSITIVE_INFINITY : time)
      const ids = new Set<string>()
      for (const { attributes } of content)
        if (typeof attributes?.['author'] === 'string') ids.add(attributes['author'])
      for (const { author } of lines) ids.add(author)
      const authors = [...ids].filter(isAuthorId).sort().slice(0, MOST_PEOPLE)
      const found = new Map((await people.people(authors)).map((person) => [person.author, person]))
      return { chat: lines, people: authors.flatMap((author) => found.get(author) ?? []) }
    },
    settings: parts.settings,
  }
}

/** Brings a document to a revision; gives the revision's time. */
async function fill(
  doc: Y.Doc,
  store: Pick<Store, 'snapshot' | 'rows'>,
  stored: StoredDocument,
  revision: number,
): Promise<number> {
  const near = (stored.snapshot?.seq ?? 0) <= revision
  const snapshot = near ? stored.snapshot : await store.snapshot(stored.id, revision)
  let at = snapshot?.seq ?? 0
  let time = stored.created
  if (snapshot) {
    Y.applyUpdate(doc, snapshot.bytes)
    const own = (await store.rows(stored.id, at - 1, 1))[0]
    time = own?.time ?? time
  }
  while (at < revision) {
    const rows = near
      ? stored.tail.filter(({ seq }) => seq > at && seq <= revision)
      : await store.rows(stored.id, at, Math.min(ROWS, revision - at))
    if (rows.length === 0)
      throw new AppError('internal', 'The fault is ours. It has been noted; trying again may help.')
    doc.transact(() => {
      for (const row of rows) Y.applyUpdate(doc, row.bytes)
    })
    at = rows.at(-1)?.seq ?? revision
    time = rows.at(-1)?.time ?? time
  }
  return time
}

/** The newest lines up to a time, ascending. */
async function chatOf(store: Pick<Store, 'chatBefore'>, pad: string, until: number): Promise<ChatRow[]> {
  const pages: (readonly ChatRow[])[] = []
  let count = 0
  let before: number | null = null
  while (count < MOST_CHAT) {
    const page: readonly ChatRow[] = await store.chatBefore(`p/${pad}`, before, ROWS)
    const first = page[0]
    if (first === undefined) break
    pages.push(page.filter(({ time }) => time <= until))
    count += page.length
    before = first.id
    if (before === 0) break
  }
  return pages.reverse().flat().slice(-MOST_CHAT)
}
