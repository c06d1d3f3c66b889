/**
 * The thread in which SQLite runs. Requests are answered one after the other; an error of the disk or the file ends
 * the thread, so that the next request opens the database afresh instead of trusting what the old one has in memory.
 */
import { parentPort, workerData } from 'node:worker_threads'
import { collector, collectWhenQuiet } from '../quiet.ts'
import { parcel } from './carry.ts'
import type { Database } from './database.ts'
import type { OperationName } from './operations.ts'
import { operations } from './operations.ts'
import { StoreDamage } from './store.ts'
import { openSqlite } from './sqlite-driver.ts'
import { SeqConflict, StoreDown } from './store.ts'

/** To the worker. `close` is answered too, then the thread ends. */
export interface Request {
  id: number
  name: OperationName | 'durability' | 'close'
  values: readonly unknown[]
}

/** An error as it travels; `documents` belong to a conflict. */
export interface Failure {
  kind: 'conflict' | 'down' | 'damage' | 'range' | 'bug'
  message: string
  documents: readonly number[]
}

/** From the worker. With `isLast` the thread ends, and answers nothing more. */
export type Reply =
  | { id: number; result: unknown }
  | { id: number; error: Failure; isLast: boolean }
  | { warning: string }

const port = parentPort
if (port === null) throw new Error('sqlite-worker runs as a worker thread only')
/** Bytes of an answer from which what the database gave for it is not left to be collected some day. */
const LARGE = 256 * 1024
const collectYoung = collector('minor')

const send = (reply: Reply) => {
  const { message, transfer } = parcel(reply)
  const isLarge = transfer.some(({ byteLength }) => byteLength >= LARGE)
  port.postMessage(message, transfer)
  if (isLarge) setImmediate(collectYoung)
}

const filename = String(workerData)
const opening = openSqlite(filename, (warning) => send({ warning }))
let isOpen = false
opening.then(
  () => (isOpen = true),
  () => {},
)

const answer = async ({ id, name, values }: Request): Promise<void> => {
  try {
    const database = await opening
    if (name === 'close') {
      database.close()
      send({ id, result: null })
      port.close()
    } else if (name === 'durability') {
      send({ id, result: [database.pragma('journal_mode'), database.pragma('synchronous')] })
    } else {
      const operation = operations[name] as (database: Database, ...rest: unknown[]) => Promise<unknown>
      send({ id, result: await operation(database, ...values) })
    }
  } catch (error) {
    const isLast = !isOpen || (error instanceof StoreDown && !/SQLITE_(BUSY|LOCKED|FULL)/.test(error.message))
    send({ id, error: described(error), isLast })
    if (isLast) port.close()
  }
}

function described(error: unknown): Failure {
  const message = error instanceof Error ? error.message : String(error)
  if (error instanceof SeqConflict) return { kind: 'conflict', message, documents: error.documents }
  let kind: Failure['kind'] = 'bug'
  if (error instanceof StoreDown) kind = 'down'
  else if (error instanceof StoreDamage) kind = 'damage'
  else if (error instanceof RangeError) kind = 'range'
  return { kind, message, documents: [] }
}

let requests = 0
collectWhenQuiet({ messages: () => requests })
let last: Promise<void> = Promise.resolve()
port.on('message', (request: Request) => {
  requests++
  last = last.then(() => answer(request))
})
