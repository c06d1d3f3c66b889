/** From the log to a live document (SPEC-sync S7 to S9). */
import { randomBytes } from 'node:crypto'
import * as Y from 'yjs'
import { SYSTEM_AUTHOR } from '../../shared/ids.ts'
import type { StoredDocument } from '../store/store.ts'
import type { Hub } from './hub.ts'
import type { Ledger } from './ledger.ts'
import { quietShapes } from './quiet-shapes.ts'
import { applyUpdate } from './slabs.ts'

/** Ms between two tries to rebuild a document. */
const RETRY = 1000

/** The stored document, and whether this call made it, with its default text; null when there is none and not to be. */
export async function loadOrCreate(
  hub: Pick<Hub, 'store' | 'defaultText'>,
  name: string,
  create: boolean,
): Promise<{ stored: StoredDocument; made: boolean } | null> {
  const there = await hub.store.load(name)
  if (there) return { stored: there, made: false }
  if (!create) return null
  const generation = randomBytes(12).toString('base64url')
  const seed = seedOf(name, hub.defaultText)
  const stored = await hub.store.create({ name, generation, time: Date.now(), seed })
  return { stored, made: stored.generation === generation }
}

/** Row 1: the default text of a pad, ending in a newline; a board begins empty. */
function seedOf(
  name: string,
  defaultText: (pad: string) => string,
): { author: string; bytes: Uint8Array; clients: readonly number[] } {
  const doc = new Y.Doc()
  if (name.startsWith('p/')) {
    const text = defaultText(name.slice(2)).replace(/\r\n?/g, '\n')
    doc.getText('text').insert(0, text.endsWith('\n') ? text : `${text}\n`)
  }
  const bytes = Y.encodeStateAsUpdate(doc)
  const clients = [...doc.store.clients.keys()]
  doc.destroy()
  return { author: SYSTEM_AUTHOR, bytes, clients }
}

/**
 * A fresh Y.Doc, with a random client id, holding what is stored.
 * @throws when rows are missing or cannot be applied
 */
export function buildDocument(stored: StoredDocument): Y.Doc {
  const doc = new Y.Doc({ gc: true })
  quietShapes(doc)
  let seq = stored.snapshot?.seq ?? 0
  doc.transact(() => {
    if (stored.snapshot) applyUpdate(doc, stored.snapshot.bytes)
    for (const row of stored.tail) {
      if (row.seq !== ++seq) throw new Error(`row ${seq} of ${stored.name} is missing`)
      applyUpdate(doc, row.bytes)
    }
  })
  if (seq !== stored.head) throw new Error(`rows of ${stored.name} end at ${seq}, not at ${stored.head}`)
  return doc
}

/** The document again, from the log and what is not committed yet; tried until it is there or `gone` says to stop. */
export async function rebuildDocument(
  hub: Pick<Hub, 'store' | 'log'>,
  name: string,
  ledger: Ledger,
  gone: () => boolean,
): Promise<Y.Doc | null> {
  while (!gone()) {
    try {
      const stored = await hub.store.load(name)
      if (gone()) return null
      if (!stored) throw new Error('the document is gone')
      const doc = buildDocument(stored)
      for (const { row } of ledger.rows) applyUpdate(doc, row.bytes, 'log')
      return doc
    } catch (error) {
      hub.log.error('a document could not be rebuilt yet', { document: name, error: String(error) })
      await new Promise((done) => {
        setTimeout(done, RETRY)
      })
    }
  }
  return null
}
