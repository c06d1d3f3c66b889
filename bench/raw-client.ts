/** A WebSocket client on a bare TCP socket, cheap enough that hundreds of them load a server from one process. */
import { randomBytes, randomInt } from 'node:crypto'
import net from 'node:net'
import * as encoding from 'lib0/encoding'
import type { Peer } from './peers.ts'

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
  private readonly socket: net.Socket
  private readonly peer: Peer
  private readonly room: string
  private readonly tally: Tally
  private readonly id = randomInt(1, 2 ** 31)
  private clock = 0
  /** Own stamps whose echo, if the server sends one, has not come. */
  private readonly own = new Set<number>()
  private sent: number[] = []
  private acked = 0
  private handshaken = false
  private rest: Buffer = Buffer.alloc(0)
  private resolveJoined: () => void = () => {}

  constructor(peer: Peer, port: number, room: string, tally: Tally) {
    this.peer = peer
    this.room = room
    this.tally = tally
    this.joined = new Promise((resolve) => {
      this.resolveJoined = resolve
    })
    this.socket = net.connect(port, '127.0.0.1')
    this.socket.setNoDelay(true)
    this.socket.on('error', () => {})
    this.socket.on('connect', () => {
      this.socket.write(
        `GET ${peer.path(room)} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
          `Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${randomBytes(16).toString('base64')}\r\n\r\n`,
      )
    })
    this.socket.on('data', (chunk) => this.data(chunk))
  }

  /** Types twelve characters at the end of this client's own text. */
  type(): void {
    const made = stamp()
    if (this.peer.echoes) this.own.add(made)
    const update = this.keystroke(`~${String(made).padStart(STAMP, '0')}`)
    this.sent.push(performance.now())
    this.send(this.peer.update(this.room, update))
  }

  /** Sends any update, for instance a whole text. */
  push(update: Uint8Array): void {
    this.sent.push(performance.now())
    this.send(this.peer.update(this.room, update))
  }

  /** How many of the messages sent are acknowledged as durable. */
  get durable(): number {
    return this.acked
  }

  close(): void {
    this.socket.destroy()
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

  private send(payload: Uint8Array): void {
    const long = payload.length > 125 ? (payload.length > 65535 ? 8 : 2) : 0
    const frame = Buffer.alloc(6 + long + payload.length)
    frame[0] = 0x82
    if (long === 0) frame[1] = 0x80 | payload.length
    else if (long === 2) {
      frame[1] = 0x80 | 126
      frame.writeUInt16BE(payload.length, 2)
    } else {
      frame[1] = 0x80 | 127
      frame.writeBigUInt64BE(BigInt(payload.length), 2)
    }
    frame.set(payload, 6 + long)
    this.socket.write(frame)
  }

  private data(chunk: Buffer): void {
    this.received += chunk.length
    let bytes = this.rest.length > 0 ? Buffer.concat([this.rest, chunk]) : chunk
    if (!this.handshaken) {
      const end = bytes.indexOf('\r\n\r\n')
      if (end < 0) {
        this.rest = bytes
        return
      }
      if (!bytes.subarray(0, 12).toString().includes('101')) {
        throw new Error(`${this.peer.name} refused: ${bytes.subarray(0, end).toString()}`)
      }
      this.handshaken = true
      bytes = bytes.subarray(end + 4)
      for (const first of this.peer.greeting(this.room)) this.send(first)
    }
    let at = 0
    while (bytes.length - at >= 2) {
      let length = (bytes[at + 1] ?? 0) & 0x7f
      let head = 2
      if (length === 126) {
        if (bytes.length - at < 4) break
        length = bytes.readUInt16BE(at + 2)
        head = 4
      } else if (length === 127) {
        if (bytes.length - at < 10) break
        length = Number(bytes.readBigUInt64BE(at + 2))
        head = 10
      }
      if (bytes.length - at < head + length) break
      this.frame(bytes[at] ?? 0, bytes.subarray(at + head, at + head + length))
      at += head + length
    }
    this.rest = at === bytes.length ? Buffer.alloc(0) : bytes.subarray(at)
  }

  private frame(first: number, payload: Buffer): void {
    if (first === 0x88) {
      throw new Error(
        `${this.peer.name} closed a connection: ${payload.readUInt16BE(0)} ${payload.subarray(2).toString()}`,
      )
    }
    if (first !== 0x82) return
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
