/** One of many on a board, on a bare socket: draws as a page does, or listens. */
import { randomInt } from 'node:crypto'
import * as encoding from 'lib0/encoding'
import * as Y from 'yjs'
import { encodePoints, inkExponent } from '../../shared/board/ink/points.ts'
import { encodeLiveEnd, encodeLivePoints } from '../../shared/board/live.ts'
import { boardOf } from '../../shared/board/model/board.ts'
import { orderBetween } from '../../shared/board/model/order.ts'
import { createInk } from '../../shared/board/model/write.ts'
import { Message, PROTOCOL_VERSION, Sync } from '../../shared/protocol.ts'
import { inkpad } from '../peers.ts'
import { RawSocket } from '../raw-socket.ts'

/** What all of a crowd know of each other; times in ms. */
export interface Heard {
  /** From sent to heard, each time somebody who listens heard it. */
  readonly ink: number[]
  readonly strokes: number[]
  /** When a message of ink was sent, by who and how many points stood before it; when a stroke's shape was, by its id. */
  readonly sentInk: Map<string, number>
  readonly sentStrokes: Map<string, number>
}

const STYLE = { brush: 'pen', color: 0, opacity: 1, width: 4, laser: false } as const
const OPTIONS = { exponent: inkExponent(1), hasPressure: false }
/** Ids of strokes begin with it, so that they are found in whatever update they come in. */
const SIGN = Buffer.from('strokeZ')
const ID_LENGTH = SIGN.length + 9
const POINTS_A_MOVE = 2
/** Presence goes with every other move: sixteen times a second. */
const PRESENCE = 2

let ids = 0

export class BoardMember {
  readonly joined: Promise<void>
  /** Messages of ink and finished strokes sent so far. */
  messages = 0
  strokes = 0
  readonly #socket: RawSocket
  readonly #heard: Heard
  readonly #client = randomInt(1, 2 ** 31)
  readonly #doc = new Y.Doc()
  readonly #board = boardOf(this.#doc)
  #order: string | null = null
  #id = ''
  #values: number[] = []
  #at = { x: 0, y: 0, turn: 0 }
  #clock = 0

  constructor(port: number, pad: string, heard: Heard, listens: boolean) {
    this.#heard = heard
    this.#doc.clientID = this.#client
    let resolve = (): void => {}
    this.joined = new Promise((resolved) => {
      resolve = resolved
    })
    this.#socket = new RawSocket(inkpad.name, port, `/sync/b/${pad}?v=${PROTOCOL_VERSION}`, {
      open: () => {
        this.#socket.send(json(Message.hello, { v: PROTOCOL_VERSION, client: this.#client }))
        this.#socket.send(Uint8Array.of(Message.sync, Sync.step1, 1, 0))
      },
      message: (payload) => {
        if (payload[0] === Message.sync && payload[1] === Sync.step2) {
          resolve()
          if (!listens) this.#socket.stopListening()
        } else if (listens) this.#hear(payload)
      },
      bytes: () => {},
    })
    // What is drawn here goes as it would from a page; what others draw is not merged.
    this.#doc.on('update', (update: Uint8Array) => {
      this.#heard.sentStrokes.set(this.#id, performance.now())
      this.#socket.send(inkpad.update(pad, update))
    })
  }

  begin(number: number): void {
    this.#id = `${SIGN.toString()}${String(ids++).padStart(9, '0')}`
    this.#values = []
    this.#at = { x: (number % 10) * 400, y: Math.floor(number / 10) * 300, turn: ids }
  }

  /** What the hand did since the last frame: told before it is kept. */
  move(): void {
    const from = this.#values.length / 3
    for (let i = 0; i < POINTS_A_MOVE; i++) {
      const { x, y, turn } = this.#at
      const angle = turn + this.#values.length / 20
      this.#at = { x: x + 4 * Math.cos(angle), y: y + 4 * Math.sin(angle), turn }
      this.#values.push(x, y, 0.5)
    }
    const points = { values: this.#values, length: this.#values.length }
    const { bytes } = encodeLivePoints(this.#id, STYLE, points, from, OPTIONS)
    this.#heard.sentInk.set(`${this.#id}/${from}`, performance.now())
    this.#ink(bytes)
    if (++this.messages % PRESENCE === 0) this.#socket.send(this.#presence())
  }

  /** Tells that the stroke ended, and writes its shape. */
  end(): void {
    this.#ink(encodeLiveEnd(this.#id, 'end'))
    this.#order = orderBetween(this.#order, null, Math.random)
    const xy = Float64Array.from(this.#values.filter((_, i) => i % 3 !== 2))
    const points = encodePoints({ xy, pressure: null }, OPTIONS.exponent)
    createInk(this.#board, { id: this.#id, points, order: this.#order, style: { color: 0, width: 4 } })
    this.strokes++
  }

  close(): void {
    this.#socket.close()
    this.#doc.destroy()
  }

  #ink(bytes: Uint8Array): void {
    const message = new Uint8Array(1 + bytes.length)
    message[0] = Message.ink
    message.set(bytes, 1)
    this.#socket.send(message)
  }

  #presence(): Uint8Array {
    const entry = encoding.createEncoder()
    encoding.writeVarUint(entry, 1)
    encoding.writeVarUint(entry, this.#client)
    encoding.writeVarUint(entry, ++this.#clock)
    encoding.writeVarString(entry, JSON.stringify({ board: { at: [this.#at.x, this.#at.y] } }))
    const encoder = encoding.createEncoder()
    encoding.writeVarUint(encoder, Message.awareness)
    encoding.writeVarUint8Array(encoder, encoding.toUint8Array(entry))
    return encoding.toUint8Array(encoder)
  }

  #hear(payload: Buffer): void {
    const now = performance.now()
    const { sentInk, sentStrokes, ink, strokes } = this.#heard
    if (payload[0] === Message.ink) {
      const at = payload.indexOf(SIGN)
      const kind = (payload[at - 2] ?? 0) & 15
      if (at < 0 || kind > 1) return
      const from = kind === 0 ? 0 : varUint(payload, at + ID_LENGTH)
      const sent = sentInk.get(`${payload.toString('latin1', at, at + ID_LENGTH)}/${from}`)
      if (sent !== undefined) ink.push(now - sent)
      return
    }
    if (payload[0] !== Message.sync) return
    for (let at = payload.indexOf(SIGN); at >= 0; at = payload.indexOf(SIGN, at + ID_LENGTH)) {
      const sent = sentStrokes.get(payload.toString('latin1', at, at + ID_LENGTH))
      if (sent !== undefined) strokes.push(now - sent)
    }
  }
}

function json(type: number, value: unknown): Uint8Array {
  const encoder = encoding.createEncoder()
  encoding.writeVarUint(encoder, type)
  encoding.writeVarString(encoder, JSON.stringify(value))
  return encoding.toUint8Array(encoder)
}

function varUint(bytes: Uint8Array, at: number): number {
  const low = bytes[at] ?? 0
  return low < 128 ? low : (low & 127) | ((bytes[at + 1] ?? 0) << 7)
}
