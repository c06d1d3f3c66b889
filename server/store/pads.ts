/** What belongs to a pad besides its text: the lines of its chat, and values such as its owner (SPEC-pads P1, P20, P40). */
import type { Database, Row, Session } from './database.ts'
import { DuplicateKey, integer, marks, pieces, text } from './database.ts'
import type { ChatLine, ChatRow, NewChatLine, PadNews, PadValue } from './store.ts'

/** Rows of one answer, whatever was asked for. */
const MOST = 1000
/** Names of one `IN (...)`. */
const NAMES_AT_ONCE = 250
/** Tries for a number that others take meanwhile. */
const ATTEMPTS = 10
/** Place of `own` in `LEVELS`. */
const OWN = 4

const CHAT = 'c.id, c.author, c.name, c.words, c.time, c.client_key'

/**
 * Puts a line at the end of a document's chat. A line of the same author with the same key stands there already when it
 * was sent twice: that one is given. Null when there is no such document.
 */
export async function addChat(
  database: Database,
  document: string,
  line: NewChatLine,
): Promise<ChatLine | null> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await database.write((session) => putChat(session, document, line))
    } catch (error) {
      if (!(error instanceof DuplicateKey) || attempt === ATTEMPTS) throw error
    }
  }
}

async function putChat(session: Session, document: string, line: NewChatLine): Promise<ChatLine | null> {
  const id = await lockDocument(session, document)
  if (id === null) return null
  const known = await session.all(
    `SELECT ${CHAT} FROM inkpad_chat c WHERE c.document = ? AND c.author = ? AND c.client_key = ?`,
    [id, line.author, line.key],
  )
  if (known[0] !== undefined) return { ...chatRow(known[0]), fresh: false }
  const last = await session.all('SELECT MAX(id) AS id FROM inkpad_chat WHERE document = ?', [id])
  const next = last[0] === undefined || last[0]['id'] === null ? 0 : integer(last[0], 'id') + 1
  await session.insert(
    'inkpad_chat',
    ['document', 'id', 'author', 'name', 'words', 'time', 'client_key'],
    [[id, next, line.author, line.name, line.text, line.time, line.key]],
    'fail',
  )
  return { ...line, id: next, fresh: true }
}

/** The document's number, and nobody deletes it or numbers another line before this transaction ends. */
export async function lockDocument(session: Session, name: string): Promise<number | null> {
  const found = await session.run('UPDATE inkpad_document SET created = created WHERE name = ?', [name])
  if (found === 0) return null
  const row = (await session.all('SELECT id FROM inkpad_document WHERE name = ?', [name]))[0]
  return row === undefined ? null : integer(row, 'id')
}

/** Lines before the line `before` (null: the newest), at most `limit`, ascending. */
export async function chatBefore(
  database: Database,
  document: string,
  before: number | null,
  limit: number,
): Promise<readonly ChatRow[]> {
  const upTo = before ?? Number.MAX_SAFE_INTEGER
  const rows = await chat(database, document, 'c.id < ?', upTo, 'DESC', limit)
  return rows.toReversed()
}

/** Lines after the line `after`, at most `limit`, ascending. */
export async function chatAfter(
  database: Database,
  document: string,
  after: number,
  limit: number,
): Promise<readonly ChatRow[]> {
  return chat(database, document, 'c.id > ?', after, 'ASC', limit)
}

async function chat(
  database: Database,
  document: string,
  condition: string,
  at: number,
  order: 'ASC' | 'DESC',
  limit: number,
): Promise<ChatRow[]> {
  return database.read(async (session) => {
    const found = await session.all(
      `SELECT ${CHAT} FROM inkpad_chat c JOIN inkpad_document d ON d.id = c.document
       WHERE d.name = ? AND ${condition} ORDER BY c.id ${order} LIMIT ?`,
      [document, at, Math.max(0, Math.min(limit, MOST))],
    )
    return found.map(chatRow)
  })
}

function chatRow(row: Row): ChatRow {
  return {
    id: integer(row, 'id'),
    author: text(row, 'author'),
    name: text(row, 'name'),
    text: text(row, 'words'),
    time: integer(row, 'time'),
    key: text(row, 'client_key'),
  }
}

/** For those of the documents that exist: the last line of the chat (-1 for none) and when a value changed last (0 for never). */
export async function padNews(database: Database, documents: readonly string[]): Promise<readonly PadNews[]> {
  return database.read(async (session) => {
    const news: PadNews[] = []
    for (const some of pieces([...new Set(documents)], NAMES_AT_ONCE)) {
      const found = await session.all(
        `SELECT d.name,
           COALESCE((SELECT MAX(c.id) FROM inkpad_chat c WHERE c.document = d.id), -1) AS chat,
           COALESCE((SELECT MAX(v.time) FROM inkpad_pad_value v WHERE v.document = d.id), 0) AS changed
         FROM inkpad_document d WHERE d.name IN (${marks(some.length)})`,
        some,
      )
      for (const row of found)
        news.push({
          document: text(row, 'name'),
          chat: integer(row, 'chat'),
          changed: integer(row, 'changed'),
        })
    }
    return news
  })
}

/** All values of a document, by name. */
export async function padValues(database: Database, document: string): Promise<readonly PadValue[]> {
  return database.read(async (session) => {
    const found = await session.all(
      `SELECT v.name, v.value, v.time FROM inkpad_pad_value v JOIN inkpad_document d ON d.id = v.document
       WHERE d.name = ? ORDER BY v.name LIMIT ?`,
      [document, MOST],
    )
    return found.map((row) => ({
      name: text(row, 'name'),
      value: text(row, 'value'),
      time: integer(row, 'time'),
    }))
  })
}

/**
 * Writes a value of a document; with `once` only where there is none yet. False when nothing was written: there is one
 * already, or no such document. Who becomes the owner this way finds the pad in their list.
 */
export async function savePadValue(
  database: Database,
  document: string,
  value: PadValue,
  once: boolean,
): Promise<boolean> {
  return database.write(async (session) => {
    const id = await lockDocument(session, document)
    if (id === null || !(await putPadValue(session, id, value, once))) return false
    if (value.name === 'owner' && document.startsWith('p/')) await giveOwner(session, id, value.value)
    return true
  })
}

/** Writes a value of a document that is locked; false when there is one already and it is to be written `once`. */
export async function putPadValue(
  session: Session,
  id: number,
  { name, value, time }: PadValue,
  once = false,
): Promise<boolean> {
  const rows = await session.all('SELECT name, time FROM inkpad_pad_value WHERE document = ?', [id])
  // Ascends even when clocks do not, so that other servers see that something changed.
  const now = rows.reduce((latest, row) => Math.max(latest, integer(row, 'time') + 1), time)
  if (!rows.some((row) => text(row, 'name') === name)) {
    const columns = ['document', 'name', 'value', 'time']
    await session.insert('inkpad_pad_value', columns, [[id, name, value, now]], 'fail')
    return true
  }
  if (once) return false
  await session.run('UPDATE inkpad_pad_value SET value = ?, time = ? WHERE document = ? AND name = ?', [
    value,
    now,
    id,
    name,
  ])
  return true
}

async function giveOwner(session: Session, id: number, author: string): Promise<void> {
  const columns = ['who', 'document', 'level', 'seen', 'pass']
  await session.insert('inkpad_grant', columns, [[author, id, OWN, 0, '']], 'keep')
  await session.run('UPDATE inkpad_grant SET level = ? WHERE who = ? AND document = ?', [OWN, author, id])
}

/** A value of the installation, whoever wrote it last. */
export async function saveSetting(database: Database, name: string, value: string): Promise<void> {
  await database.write(async (session) => {
    // First a row, whoever makes it, and then the value: of two who save at once the later one stands.
    await session.insert('inkpad_setting', ['name', 'value'], [[name, value]], 'keep')
    await session.run('UPDATE inkpad_setting SET value = ? WHERE name = ?', [value, name])
  })
}
