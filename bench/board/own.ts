/** Strokes on a board of a running Inkpad, sent as a client sends them. */
import { setTimeout as wait } from 'node:timers/promises'
import * as Y from 'yjs'
import { encodePoints, inkExponent } from '../../shared/board/ink/points.ts'
import { simplify } from '../../shared/board/ink/simplify.ts'
import { boardOf } from '../../shared/board/model/board.ts'
import { orderBetween } from '../../shared/board/model/order.ts'
import { createInk } from '../../shared/board/model/write.ts'
import { inkpad } from '../peers.ts'
import { RawClient } from '../raw-client.ts'
import { strokes } from './strokes.ts'

/** Strokes a message, and ms until all must be stored. */
const BATCH = 400
const PATIENCE = 120_000

/** As the pen tool leaves them off: a fraction of a pixel, points that say nothing. */
const TOLERANCE = 0.4

/** Fills the board of a pad. @throws Error when the server does not store it in time */
export async function fillBoard(port: number, pad: string, count: number): Promise<void> {
  const board = boardOf(new Y.Doc())
  const updates: Uint8Array[] = []
  board.doc.on('update', (update: Uint8Array) => updates.push(update))
  const all = strokes(count)
  let order: string | null = null
  for (let made = 0; made < count; made += BATCH) {
    board.doc.transact(() => {
      for (let i = made; i < Math.min(count, made + BATCH); i++) {
        const xy = Float64Array.from(all.next().value ?? [])
        const points = simplify({ xy, pressure: null }, { tolerance: TOLERANCE, width: 0 })
        order = orderBetween(order, null, Math.random)
        createInk(board, {
          points: encodePoints(points, inkExponent(1)),
          order,
          style: { color: i % 8, width: 4 },
        })
      }
    })
  }
  const client = new RawClient({ ...inkpad, path: (room) => `/sync/b/${room}` }, port, pad, {
    deliveries: [],
    acks: [],
  })
  await client.joined
  const begun = performance.now()
  for (const [sent, update] of updates.entries()) {
    client.push(update)
    while (client.durable < sent - 3) {
      if (performance.now() - begun > PATIENCE) throw new Error('the board was not stored in time')
      await wait(5)
    }
  }
  while (client.durable < updates.length) {
    if (performance.now() - begun > PATIENCE) throw new Error('the board was not stored in time')
    await wait(5)
  }
  client.close()
}
