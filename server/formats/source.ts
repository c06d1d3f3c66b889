/** A pad at one of its revisions, read from the store (SPEC-formats F4 to F6). Never opens a room and never writes. */
import { isAuthorId } from '../../shared/ids.ts'
import type { Person } from '../../shared/protocol.ts'
import type { PadSettings } from '../../shared/settings.ts'
import type { People } from '../access/types.ts'
import { AppError } from '../errors.ts'
import type { ChatRow, Store, StoredDocument } from '../store/store.ts'
import type { StoredText } from './job.ts'
import { readPast, updatesTo } from './stored.ts'
import type { Past } from './past.ts'

/** Rows read at once. */
const ROWS = 1000
/** Lines of a chat in an export, the newest. */
const MOST_CHAT = 20_000
/** People in an export. */
const MOST_PEOPLE = 20_000

/** What is read of a pad: its text as it is stored. */
export interface PadAt extends StoredText {
  created: number
  /** When the revision was made. */
  time: number
}

export interface PadReader {
  /** The newest revision that is saved, and what tells this pad from a later one of the same name. @throws AppError `notFound` */
  head(pad: string): Promise<{ revision: number; id: string }>
  /** The text at a revision. @throws AppError `notFound` for one there is not */
  at(pad: string, revision: number): Promise<PadAt>
  /** How the text came to be what it was at a revision (F28). @throws AppError as `at` */
  past(pad: string, revision: number): Promise<Past>
  /** The chat as it was at a time; null for all of it. */
  chat(pad: string, until: number | null): Promise<ChatRow[]>
  /** Who these are, in the order of their ids; each once, and only people. */
  people(ids: Iterable<string>): Promise<readonly Person[]>
  settings(pad: string): Promise<PadSettings>
}

/** Creates the {@link PadReader} of a server. */
export function createPadReader(parts: {
  store: Pick<Store, 'find' | 'load' | 'snapshot' | 'rows' | 'chatBefore'>
  people: Pick<People, 'people'>
  settings: (pad: string) => Promise<PadSettings>
}): PadReader {
  const { store, people } = parts

  async function storedAt(pad: string, revision: number): Promise<StoredDocument> {
    const stored = await store.load(`p/${pad}`)
    if (stored === null) throw new AppError('notFound', 'There is no pad of this name.')
    if (revision < 1 || revision > stored.head)
      throw new AppError('notFound', 'This pad has no such revision.')
    return stored
  }

  return {
    async head(pad) {
      const head = await store.find(`p/${pad}`)
      if (head === null) throw new AppError('notFound', 'There is no pad of this name.')
      return { revision: head.head, id: `${head.id} ${head.generation}` }
    },
    async at(pad, revision) {
      const stored = await storedAt(pad, revision)
      const { updates, time } = await updatesTo(store, stored, revision)
      return { updates, clients: stored.clients, created: stored.created, time }
    },
    past: async (pad, revision) => readPast(store, await storedAt(pad, revision), revision),
    chat: (pad, until) => chatOf(store, pad, until ?? Number.POSITIVE_INFINITY),
    async people(ids) {
      const authors = [...new Set(ids)].filter(isAuthorId).sort().slice(0, MOST_PEOPLE)
      const found = new Map((await people.people(authors)).map((person) => [person.author, person]))
      return authors.flatMap((author) => found.get(author) ?? [])
    },
    settings: parts.settings,
  }
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
