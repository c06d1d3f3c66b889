/** What goes wrong with a file and a thread, and what then must not happen (docs/SPEC-store.md ST20 to ST25). */
import { afterAll, describe, expect, test } from '@jest/globals'
import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Worker } from 'node:worker_threads'
import Sqlite from 'libsql'
import { silent } from '../../../server/log.ts'
import { schemaSteps } from '../../../server/store/schema.ts'
import { StoreDamage } from '../../../server/store/store.ts'
import { operations } from '../../../server/store/operations.ts'
import { openSqlite } from '../../../server/store/sqlite-driver.ts'
import { openSqliteStore } from '../../../server/store/sqlite.ts'
import type { Store, StoredDocument } from '../../../server/store/store.ts'
import { StoreDown } from '../../../server/store/store.ts'

const folder = mkdtempSync(join(tmpdir(), 'inkpad-sqlite-'))
let files = 0
const newFile = () => join(folder, `${++files}.db`)
afterAll(() => rmSync(folder, { recursive: true }))

/** A document of 400 rows, some packed, with a snapshot. */
async function filled(store: Store): Promise<StoredDocument> {
  const { id } = await store.create({
    name: 'p/a',
    generation: 'g',
    time: 1,
    seed: { author: 'a.s', bytes: new Uint8Array(1), clients: [1] },
  })
  await store.append(
    Array.from({ length: 400 }, (_, index) => ({
      document: id,
      seq: index + 2,
      author: 'a.ada',
      time: index,
      bytes: new Uint8Array(40).fill(index),
    })),
  )
  await store.saveSnapshot(id, 100, new Uint8Array(3000).fill(7), 1)
  await store.pack(id, 50, 50)
  const document = await store.load('p/a')
  if (document === null) throw new Error('not there')
  return document
}

describe('the file', () => {
  test('ST20: nothing is left beside the file after it was made, and it opens again', async () => {
    const own = join(folder, 'own', 'deep')
    const filename = join(own, 'a.db')
    const store = openSqliteStore(filename, silent)
    await store.open()
    const document = await filled(store)
    await store.close()
    expect(readdirSync(own).filter((name) => name.endsWith('.new') || name.endsWith('-journal'))).toEqual([])
    const again = openSqliteStore(filename, silent)
    await again.open()
    expect(await again.load('p/a')).toEqual(document)
    await again.close()
    await expect(again.load('p/a')).rejects.toThrow(StoreDown)
  })

  test('ST20: two servers that make the file at the same moment share it', async () => {
    const filename = newFile()
    const stores = [1, 2, 3].map(() => openSqliteStore(filename, silent))
    await Promise.all(stores.map((store) => store.open()))
    await stores[0]?.setting('k', () => 'v')
    for (const store of stores) expect(await store.setting('k', () => 'other')).toBe('v')
    await Promise.all(stores.map((store) => store.close()))
  })

  test('ST27: a file that another process opens right now is waited for', async () => {
    const filename = newFile()
    const another = new Sqlite(filename)
    another.exec('CREATE TABLE store (key TEXT PRIMARY KEY, value TEXT)')
    // With a lock of this kind SQLite does not wait by itself.
    another.exec('BEGIN IMMEDIATE')
    const opening = openSqlite(filename, () => {})
    another.exec('COMMIT')
    another.close()
    const database = await opening
    expect(database.pragma('journal_mode')).toBe('wal')
    database.close()
  })

  test('ST27: a store that could not be opened is opened at the next request', async () => {
    const filename = newFile()
    const another = new Sqlite(filename)
    another.exec('CREATE TABLE store (key TEXT PRIMARY KEY, value TEXT)')
    another.exec('BEGIN EXCLUSIVE')
    const store = openSqliteStore(filename, silent)
    await expect(store.open()).rejects.toThrow(/was kept busy by another program for too long/)
    another.exec('COMMIT')
    another.close()
    expect(await store.find('p/a')).toBeNull()
    await store.close()
  }, 180_000)

  test('ST23: an empty file, a text file and a folder are refused in plain words, and left as they are', async () => {
    const empty = newFile()
    writeFileSync(empty, '')
    const text = newFile()
    writeFileSync(text, 'this is no database\n'.repeat(500))
    const directory = newFile()
    mkdirSync(directory)
    for (const [filename, words] of [
      [empty, /is an empty file: its content is lost/],
      [text, /is damaged or is no SQLite database/],
      [directory, /cannot be opened|is damaged|refused/],
    ] as const) {
      const store = openSqliteStore(filename, silent)
      const failure = await store.open().catch((error: unknown) => error)
      expect(failure).toBeInstanceOf(StoreDown)
      expect(String(failure)).toMatch(words)
      await expect(store.find('p/a')).rejects.toThrow(StoreDown)
      await store.close()
    }
    expect(statSync(empty).size).toBe(0)
    expect(readFileSync(text, 'utf8')).toMatch(/^this is no database/)
  })

  test('ST23: a file cut off or with a lost page gives an error or the whole document, never an empty one', async () => {
    const good = newFile()
    const store = openSqliteStore(good, silent)
    await store.open()
    const document = await filled(store)
    await store.close()
    const pages = statSync(good).size / 4096
    const outcomes = { whole: 0, error: 0 }
    const look = async (filename: string) => {
      try {
        const damaged = await openSqlite(filename, () => {})
        expect(await operations.load(damaged, 'p/a')).toEqual(document)
        outcomes.whole++
        damaged.close()
      } catch (error) {
        if (!(error instanceof StoreDown || error instanceof StoreDamage)) throw error
        outcomes.error++
      }
    }
    const damages: ((filename: string) => void)[] = []
    for (let page = 0; page < pages; page += Math.max(1, Math.floor(pages / 12))) {
      damages.push((filename) => truncateSync(filename, page * 4096 + 100))
      damages.push((filename) => writeFileSync(filename, new Uint8Array(4096), { flag: 'r+' }))
      damages.push((filename) => {
        const content = readFileSync(filename)
        content.fill(0, page * 4096, (page + 1) * 4096)
        writeFileSync(filename, content)
      })
    }
    for (const damage of damages) {
      const filename = newFile()
      copyFileSync(good, filename)
      damage(filename)
      await look(filename)
    }
    expect(outcomes.error).toBeGreaterThan(damages.length / 2)
  }, 180_000)

  test('ST31: a schema that stopped half-way is completed, and one of a newer version is left alone', async () => {
    const filename = newFile()
    const half = new Sqlite(filename)
    half.exec('CREATE TABLE store (key TEXT PRIMARY KEY, value TEXT)')
    half.exec("INSERT INTO store VALUES ('pad:old', '{}')")
    half.exec('CREATE TABLE inkpad_migration (step BIGINT PRIMARY KEY, time BIGINT NOT NULL)')
    half.exec(
      'CREATE TABLE inkpad_document (id INTEGER PRIMARY KEY AUTOINCREMENT, name VARCHAR(191) NOT NULL, generation VARCHAR(64) NOT NULL, created BIGINT NOT NULL, UNIQUE (name))',
    )
    half.exec('INSERT INTO inkpad_migration VALUES (1, 1), (99, 1)')
    half.close()
    const store = openSqliteStore(filename, silent)
    await store.open()
    const document = await filled(store)
    await store.close()
    const behind = new Sqlite(filename)
    behind.exec("ALTER TABLE inkpad_row ADD COLUMN extra VARCHAR(9) NOT NULL DEFAULT 'new'")
    // The newer version's step 99 is one more.
    expect(behind.prepare('SELECT COUNT(*) AS n FROM inkpad_migration').all()[0]).toMatchObject({
      n: schemaSteps('sqlite').length + 1,
    })
    expect(behind.prepare('SELECT value FROM store').all()[0]).toMatchObject({ value: '{}' })
    behind.close()
    await store.open()
    expect(await store.load('p/a')).toEqual(document)
    await store.append([{ document: document.id, seq: 402, author: 'a', time: 1, bytes: new Uint8Array(3) }])
    await store.close()
  })
})

describe('the thread', () => {
  test('ST22: a thread that dies takes its requests with it; the next request finds a fresh one', async () => {
    const workers: Worker[] = []
    const store = openSqliteStore(newFile(), silent, { started: (worker) => workers.push(worker) })
    await store.open()
    const { id, head } = await filled(store)
    const asked = Array.from({ length: 20 }, (_, index) =>
      store
        .append([{ document: id, seq: head + 1 + index, author: 'a.x', time: 1, bytes: new Uint8Array(9) }])
        .then(
          () => 'written',
          (error: unknown) => (error instanceof StoreDown ? 'down' : String(error)),
        ),
    )
    await workers[0]?.terminate()
    const outcomes = await Promise.all(asked)
    expect(outcomes.every((outcome) => outcome === 'written' || outcome === 'down')).toBe(true)
    const written = outcomes.filter((outcome) => outcome === 'written').length
    expect((await store.heads([id])).get(id)).toBeGreaterThanOrEqual(head + written)
    expect(workers).toHaveLength(2)
    await store.close()
  })

  test('ST21: a request that takes too long is StoreDown, and the store recovers by itself', async () => {
    const filename = newFile()
    const store = openSqliteStore(filename, silent, { timeLimit: 4000 })
    await store.open()
    const { id, head } = await filled(store)
    const blocker = new Sqlite(filename)
    blocker.exec('BEGIN IMMEDIATE')
    const row = { document: id, seq: head + 1, author: 'a.x', time: 1, bytes: new Uint8Array(9) }
    await expect(store.append([row])).rejects.toThrow(/did not answer within 4000 ms/)
    blocker.exec('ROLLBACK')
    blocker.close()
    await store.append([row])
    expect(await store.heads([id])).toEqual(new Map([[id, head + 1]]))
    await store.close()
  })

  test('ST5: built, the store runs as it is, and what a killed process was told is written is there', async () => {
    const root = join(import.meta.dirname, '..', '..', '..')
    const built = mkdtempSync(join(makeFolder(join(root, 'var')), 'store-build-'))
    try {
      const compiler = join(root, 'node_modules', '.bin', 'tsc')
      await promisify(execFile)(compiler, ['-p', 'tsconfig.build.json', '--outDir', built], {
        cwd: root,
      }).catch(() => {})
      const filename = newFile()
      const script = `
        const { openSqliteStore } = await import(${JSON.stringify(join(built, 'server', 'store', 'sqlite.js'))})
        const quiet = () => {}
        const store = openSqliteStore(process.argv[1], { debug: quiet, info: quiet, warn: quiet, error: quiet })
        await store.open()
        const seed = { author: 'a.s', bytes: new Uint8Array(1), clients: [] }
        const { id } = await store.create({ name: 'p/a', generation: 'g', time: 1, seed })
        for (let seq = 2; ; seq++) {
          await store.append([{ document: id, seq, author: 'a.x', time: 1, bytes: new Uint8Array(30) }])
          process.stdout.write(seq + '\\n')
        }`
      const child = spawn(process.execPath, ['--input-type=module', '-e', script, filename], {
        stdio: ['ignore', 'pipe', 'inherit'],
      })
      let said = ''
      child.stdout.on('data', (chunk) => {
        said += String(chunk)
        if (said.split('\n').length > 50) child.kill('SIGKILL')
      })
      await once(child, 'close')
      const told = Number(said.trimEnd().split('\n').at(-1))
      expect(told).toBeGreaterThan(40)
      const store = openSqliteStore(filename, silent)
      await store.open()
      expect((await store.load('p/a'))?.head).toBeGreaterThanOrEqual(told)
      await store.close()
    } finally {
      rmSync(built, { recursive: true })
    }
  }, 180_000)
})

function makeFolder(path: string): string {
  mkdirSync(path, { recursive: true })
  return path
}
