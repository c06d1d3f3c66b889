/** The thread that makes files: reads a text as the store has it, walks and writes it (SPEC-formats F14). */
import { parentPort } from 'node:worker_threads'
import * as Y from 'yjs'
import type { Insert } from '../../shared/text/delta.ts'
import { writerOf } from './formats.ts'
import { textsOf } from './past.ts'
import { valuesIn } from './past-values.ts'
import type { PastText } from './past.ts'
import { withCells } from '../../shared/text/table/value.ts'
import type { FromThread, StoredText, ToThread } from './job.ts'
import { askedOf, rulesAskedOf, tableOf } from './portable.ts'
import type { TableNames } from './portable.ts'
import type { PadFacts } from './types.ts'
import { writtenContent } from './written.ts'

const port = parentPort
if (port === null) throw new Error('file-worker runs as a worker thread only')

let open: { content: readonly Insert[]; past: () => Iterable<PastText>; names: TableNames } | null = null

function contentOf({ updates, clients }: StoredText): Insert[] {
  const doc = new Y.Doc()
  try {
    doc.transact(() => {
      for (const update of updates) Y.applyUpdate(doc, update)
    })
    return writtenContent(doc.getText('text'), (client) => clients.get(client))
  } finally {
    doc.destroy()
  }
}

const unitsOf = (content: readonly Insert[]): number =>
  content.reduce((sum, { insert }) => sum + (typeof insert === 'string' ? insert.length : 1), 0)

function answer(message: ToThread): FromThread {
  if (message.kind === 'read') {
    const content = contentOf(message.text)
    const { past, text } = message
    open = {
      content,
      names: message.names,
      past: () => (past === null ? [] : textsOf(past, text.clients, unitsOf(content))),
    }
    const once = past === null ? null : valuesIn(past)
    const all = [...content, ...(once?.content ?? [])]
    const authors = new Set<string>()
    for (const { attributes } of withCells(all))
      if (typeof attributes?.['author'] === 'string') authors.add(attributes['author'])
    for (const client of once?.clients ?? []) authors.add(text.clients.get(client) ?? '')
    for (const { author } of past?.steps ?? []) authors.add(author)
    const { names } = message
    return {
      kind: 'read',
      asked: askedOf(all, names),
      rules: rulesAskedOf(all, names),
      authors: [...authors],
    }
  }
  const writer = writerOf(message.type)
  if (open === null || writer === null) throw new TypeError(`nothing to write as ${message.type}`)
  const { content, names, past } = open
  open = null
  const table = { content, formats: tableOf(names, message.told, message.rules) }
  const written =
    writer.needs === 'text'
      ? writer.write({ ...message.facts, ...table })
      : writer.write({ ...(message.facts as PadFacts), ...table, past: past() })
  const file = typeof written === 'string' ? new TextEncoder().encode(written) : written
  return { kind: 'written', file }
}

port.on('message', (message: ToThread) => {
  let reply: FromThread
  try {
    reply = answer(message)
  } catch (error) {
    open = null
    reply = {
      kind: 'failed',
      message: error instanceof Error ? (error.stack ?? error.message) : String(error),
    }
  }
  port.postMessage(reply, reply.kind === 'written' ? [reply.file.buffer] : [])
})
