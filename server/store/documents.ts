/** Documents: find, create, open, append, list, delete. */
import type { Database, Row, Session, Value } from './database.ts'
import { blob, DuplicateKey, integer, pieces, text } from './database.ts'
import { headsOf, insertRows, logRows, unpackedRows } from './rows.ts'
import { NAME_LIMIT } from './schema.ts'
import { unseal } from './seal.ts'
import { StoreDamage } from './store.ts'
import type { DocumentHead, LogRow, NewDocument, StoredDocument } from './store.ts'
import { SeqConflict } from './store.ts'

const HEAD = `SELECT d.id, d.name, d.generation, d.created,
  COALESCE((SELECT MAX(r.seq) FROM inkpad_row r WHERE r.document = d.id), 0) AS head FROM inkpad_document d`

/** Values of one `IN (...)` or `OR` chain, a power of two; SQLite knows 1000 levels of an expression. */
const KEYS_AT_ONCE = 256
/** Entries of one list. */
const LIST_LIMIT = 1000

/** Tables whose rows go with their document. */
const BELONGINGS = [
  'inkpad_row',
  'inkpad_client',
  'inkpad_chunk',
  'inkpad_snapshot',
  'inkpad_pad',
  'inkpad_chat',
  'inkpad_pad_value',
  'inkpad_grant',
  'inkpad_picture',
  'inkpad_picture_piece',
]

export async function find(database: Database, name: string): Promise<DocumentHead | null> {
  checkName(name)
  return database.read((session) => head(session, name))
}

export async function load(database: Database, name: string): Promise<StoredDocument | null> {
  checkName(name)
  return database.read(async (session) => {
    const found = await head(session, name)
    return found === null ? null : content(database, session, found)
  })
}

export async function create(database: Database, document: NewDocument): Promise<StoredDocument> {
  checkName(document.name)
  const { seed, ...rest } = document
  try {
    return await database.write(async (session) => {
      await session.insert(
        'inkpad_document',
        ['name', 'generation', 'created'],
        [[rest.name, rest.generation, rest.time]],
        'fail',
      )
      const made = await session.all('SELECT id FROM inkpad_document WHERE name = ?', [rest.name])
      const id = made[0] === undefined ? 0 : integer(made[0], 'id')
      const row: LogRow = { document: id, seq: 1, author: seed.author, time: rest.time, bytes: seed.bytes }
      if (seed.clients.length > 0) row.clients = seed.clients
      await insertRows(session, [row])
      if (rest.name.startsWith('p/'))
        await session.insert(
          'inkpad_pad',
          ['document', 'name', 'edited', 'versions', 'bytes'],
          [[id, rest.name.slice(2), rest.time, 1, seed.bytes.length]],
          'keep',
        )
      return {
        id,
        name: rest.name,
        generation: rest.generation,
        created: rest.time,
        head: 1,
        snapshot: null,
        tail: [row],
        clients: new Map(seed.clients.map((client) => [client, seed.author])),
      }
    })
  } catch (error) {
    if (!(error instanceof DuplicateKey)) throw error
    const winner = await load(database, document.name)
    return winner ?? create(database, document)
  }
}

/**
 * Appends. When a seq is taken by the very same row (document, seq, author, time, bytes), an earlier try whose outcome
 * was unknown had succeeded: that row counts as written (SPEC-store ST7).
 */
export async function append(database: Database, unsorted: readonly LogRow[]): Promise<void> {
  const runs = runsOf(unsorted)
  try {
    return await database.write((session) => appendRuns(session, runs))
  } catch (error) {
    if (!(error instanceof DuplicateKey)) throw error
  }
  const missing = await database.read((session) => unwritten(session, runs))
  try {
    await database.write((session) => appendRuns(session, missing))
  } catch (error) {
    if (!(error instanceof DuplicateKey)) throw error
    throw new SeqConflict(missing.map(documentOf))
  }
}

export async function rows(
  database: Database,
  document: number,
  after: number,
  limit: number,
): Promise<readonly LogRow[]> {
  return database.read((session) => logRows(session, document, after, limit))
}

export async function heads(
  database: Database,
  documents: readonly number[],
): Promise<ReadonlyMap<number, number>> {
  return database.read(async (session) => {
    const all = new Map<number, number>()
    for (const some of pieces([...new Set(documents)], KEYS_AT_ONCE))
      for (const [document, seq] of await headsOf(session, some)) all.set(document, seq)
    return all
  })
}

export async function list(
  database: Database,
  prefix: string,
  after: string,
  limit: number,
): Promise<readonly DocumentHead[]> {
  return database.read(async (session) => {
    const found = await session.all(
      `${HEAD} WHERE d.name >= ? AND d.name > ? AND d.name < ? ORDER BY d.name LIMIT ?`,
      [prefix, after, `${prefix}\u{10FFFF}`, Math.min(limit, LIST_LIMIT)],
    )
    return found.map(headOf)
  })
}

export async function remove(database: Database, name: string): Promise<boolean> {
  checkName(name)
  return database.write(async (session) => {
    const found = await head(session, name)
    if (found === null) return false
    await session.run('DELETE FROM inkpad_document WHERE id = ?', [found.id])
    for (const table of BELONGINGS) await session.run(`DELETE FROM ${table} WHERE document = ?`, [found.id])
    if (name.startsWith('p/')) await session.run('DELETE FROM inkpad_readonly WHERE pad = ?', [name.slice(2)])
    return true
  })
}

/** Refuses names the two databases would not agree on. @throws RangeError */
function checkName(name: string): void {
  const length = Array.from(name).length
  if (length === 0 || length > NAME_LIMIT || name.endsWith(' ') || /[\0\p{Cs}]/u.test(name))
    throw new RangeError(
      `a document's name has 1 to ${NAME_LIMIT} characters, no space at the end and no NUL`,
    )
}

async function head(session: Session, name: string): Promise<DocumentHead | null> {
  const row = (await session.all(`${HEAD} WHERE d.name = ?`, [name]))[0]
  return row === undefined ? null : headOf(row)
}

function headOf(row: Row): DocumentHead {
  return {
    id: integer(row, 'id'),
    name: text(row, 'name'),
    generation: text(row, 'generation'),
    created: integer(row, 'created'),
    head: integer(row, 'head'),
  }
}

async function content(database: Database, session: Session, found: DocumentHead): Promise<StoredDocument> {
  const snapshot = await newestSnapshot(database, session, found.id, found.head)
  const after = snapshot?.seq ?? 0
  const tail = await logRows(session, found.id, after, Number.MAX_SAFE_INTEGER)
  const last = after + tail.length
  if (found.head === 0 || last !== found.head)
    throw new StoreDamage(`${found.name}: its rows end at ${last} instead of ${found.head}`)
  const bindings = await session.all('SELECT client, author FROM inkpad_client WHERE document = ?', [
    found.id,
  ])
  return {
    ...found,
    snapshot,
    tail,
    clients: new Map(bindings.map((row) => [integer(row, 'client'), text(row, 'author')])),
  }
}

/** The newest snapshot at or before `seq`. A damaged one is passed over: the log holds everything it held. */
export async function newestSnapshot(
  database: Database,
  session: Session,
  document: number,
  seq: number,
): Promise<{ seq: number; bytes: Uint8Array } | null> {
  let before = seq
  for (;;) {
    const row = (
      await session.all(
        'SELECT seq, bytes FROM inkpad_snapshot WHERE document = ? AND seq <= ? ORDER BY seq DESC LIMIT 1',
        [document, before],
      )
    )[0]
    if (row === undefined) return null
    const at = integer(row, 'seq')
    try {
      return { seq: at, bytes: await unseal(blob(row, 'bytes')) }
    } catch (error) {
      if (!(error instanceof StoreDamage)) throw error
      database.warn(`snapshot ${at} of document ${document} is damaged and was passed over: ${error.message}`)
      before = at - 1
    }
  }
}

/** One ascending run of rows a document, the documents in order, so that two servers never wait for each other in a circle. */
function runsOf(rows: readonly LogRow[]): LogRow[][] {
  const byDocument = new Map<number, LogRow[]>()
  for (const row of rows) {
    const run = byDocument.get(row.document)
    if (run === undefined) byDocument.set(row.document, [row])
    else if (row.seq === (run.at(-1)?.seq ?? 0) + 1) run.push(row)
    else throw new RangeError(`rows of document ${row.document} do not ascend without gaps`)
  }
  return [...byDocument.entries()].sort(([a], [b]) => a - b).map(([, run]) => run)
}

async function appendRuns(session: Session, runs: readonly LogRow[][]): Promise<void> {
  if (runs.length === 0) return
  await insertRows(session, runs.flat())
  const found = new Set<number>()
  for (const some of pieces(runs, KEYS_AT_ONCE)) {
    const { condition, keys } = eitherOf(some.map((run) => [documentOf(run), (run[0]?.seq ?? 0) - 1]))
    const predecessors = await session.all(`SELECT document FROM inkpad_row WHERE ${condition}`, keys)
    for (const row of predecessors) found.add(integer(row, 'document'))
  }
  const loose = runs.map(documentOf).filter((document) => !found.has(document))
  if (loose.length > 0) throw new SeqConflict(loose)
}

/** A condition that holds for any of these rows, of which few forms exist, so that prepared statements serve again. */
function eitherOf(rows: readonly (readonly [document: number, seq: number])[]): {
  condition: string
  keys: Value[]
} {
  const count = 2 ** Math.ceil(Math.log2(rows.length))
  const last = rows.at(-1) ?? []
  return {
    condition: Array.from({ length: count }, () => '(document = ? AND seq = ?)').join(' OR '),
    keys: Array.from({ length: count }, (_, index) => rows[index] ?? last).flat(),
  }
}

/** The rows that are not there yet. @throws SeqConflict when other rows stand in the place of some */
async function unwritten(session: Session, runs: readonly LogRow[][]): Promise<LogRow[][]> {
  const missing: LogRow[][] = []
  const taken: number[] = []
  for (const run of runs) {
    const written = await alreadyWritten(session, run)
    if (written === null) taken.push(documentOf(run))
    else if (written < run.length) missing.push(run.slice(written))
  }
  if (taken.length > 0) throw new SeqConflict(taken)
  return missing
}

const documentOf = (run: readonly LogRow[]): number => run[0]?.document ?? 0

/** How many rows of the run, from its first, are there already; null when another row stands in the place of one. */
async function alreadyWritten(session: Session, run: readonly LogRow[]): Promise<number | null> {
  const first = run[0]
  const last = run.at(-1)
  if (first === undefined || last === undefined) return 0
  const there = await unpackedRows(session, first.document, first.seq, last.seq, run.length)
  const same = there.every((row, index) => {
    const ours = run[index]
    return (
      ours !== undefined &&
      row.seq === ours.seq &&
      row.author === ours.author &&
      row.time === ours.time &&
      Buffer.compare(row.bytes, ours.bytes) === 0
    )
  })
  return same ? there.length : null
}
