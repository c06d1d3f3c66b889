/** A client that types and counts, cheap enough that hundreds of them load a server from one process. */
import { randomInt } from 'node:crypto'
import * as encoding from 'lib0/encoding'
import type { Peer } from './peers.ts'
import { RawSocket } from './raw-socket.ts'

const MARK = 0x7e
const STAMP = 11

let newest = 0

/** Microseconds of this process, never the same twice; eleven digits of it are a time stamp in the text. */
function stamp(): number {
  newest = Math.max(newest + 1, Math.floor(performance.now() * 1000))
  return newest
}

/** What one client reports; shared by all clients of a run. */
export interface Tally {
  /** Latencies in ms of deliveries to others; echoes to the writer, which some servers send, do not count. */
  deliveries: number[]
  /** Latencies of durable acknowledgements in ms. */
  acks: number[]
}

/** A connected client that types and counts what it is sent. */
export class RawClient {
  readonly joined: Promise<void>
  /** Bytes received so far. */
  received = 0
  /** Time stamps seen so far, in live edits and in whole texts. */
  stamps = 0
  private readonly socket: RawSocket
  private readonly peer: Peer
  private readonly room: string
  private readonly tally: Tally
  private readonly id = randomInt(1, 2 ** 31)
  private clock = 0
  /** Own stamps whose echo, if the server sends one, has not come. */
  private readonly own = new Set<number>()
  private sent: number[] = []
  private acked = 0
  private resolveJoined: () => void = () => {}

  constructor(peer: Peer, port: number, room: string, tally: Tally) {
    this.peer = peer
    this.room = room
    this.tally = tally
    this.joined = new Promise((resolve) => {
      this.resolveJoined = resolve
    })
    this.socket = new RawSocket(peer.name, port, peer.path(room), {
      open: () => {
        for (const first of peer.greeting(room)) this.socket.send(first)
      },
      message: (payload) => this.message(payload),
      bytes: (count) => {
        this.received += count
      },
    })
  }

  /** Types twelve characters at the end of this client's own text. */
  type(): void {
    const made = stamp()
    if (this.peer.echoes) this.own.add(made)
    const update = this.keystroke(`~${String(made).padStart(STAMP, '0')}`)
    this.sent.push(performance.now())
    this.socket.send(this.peer.update(this.room, update))
  }

  /** Sends any update, for instance a whole text. */
  push(update: Uint8Array): void {
    this.sent.push(performance.now())
    this.socket.send(this.peer.update(this.room, update))
  }

  /** How many of the messages sent are acknowledged as durable. */
  get durable(): number {
    return this.acked
  }

  close(): void {
    this.socket.close()
  }

  private keystroke(text: string): Uint8Array {
    const encoder = encoding.createEncoder()
    encoding.writeVarUint(encoder, 1)
    encoding.writeVarUint(encoder, 1)
    encoding.writeVarUint(encoder, this.id)
    encoding.writeVarUint(encoder, this.clock)
    if (this.clock === 0) {
      encoding.writeUint8(encoder, 4)
      encoding.writeVarUint(encoder, 1)
      encoding.writeVarString(encoder, 'text')
    } else {
      encoding.writeUint8(encoder, 4 | 0x80)
      encoding.writeVarUint(encoder, this.id)
      encoding.writeVarUint(encoder, this.clock - 1)
    }
    encoding.writeVarString(encoder, text)
    encoding.writeVarUint(encoder, 0)
    this.clock += text.length
    return encoding.toUint8Array(encoder)
  }

  private message(payload: Buffer): void {
    const message = this.peer.read(payload)
    if (message.step2) this.resolveJoined()
    if (message.durable !== undefined) this.acknowledge(message.durable)
    const now = performance.now()
    for (let at = payload.indexOf(MARK); at >= 0; at = payload.indexOf(MARK, at + 1)) {
      if (at + STAMP >= payload.length) break
      let micros = 0
      for (let i = 1; i <= STAMP; i++) micros = micros * 10 + ((payload[at + i] ?? 48) - 48)
      this.stamps++
      if (!message.step2 && !this.own.delete(micros)) this.tally.deliveries.push(now - micros / 1000)
    }
  }

  private acknowledge(count: number): void {
    const now = performance.now()
    for (let i = this.acked; i < count && i < this.sent.length; i++)
      this.tally.acks.push(now - (this.sent[i] ?? now))
    this.acked = Math.max(this.acked, count)
  }
}
