/** A WebSocket on a bare TCP socket, cheap enough that one process loads a server with hundreds of them. */
import { randomBytes } from 'node:crypto'
import net from 'node:net'

/** What a connection tells. */
export interface RawSocketEvents {
  /** The handshake is done. */
  open(): void
  /** A binary message; `payload` may be kept only until the next one. */
  message(payload: Buffer): void
  /** Bytes came, whatever is in them. */
  bytes(count: number): void
}

/** A connected WebSocket that sends and receives binary messages. `name` says in errors whose server it is. */
export class RawSocket {
  private readonly socket: net.Socket
  private readonly name: string
  private readonly events: RawSocketEvents
  private handshaken = false
  private deaf = false
  private rest: Buffer = Buffer.alloc(0)

  constructor(name: string, port: number, path: string, events: RawSocketEvents) {
    this.name = name
    this.events = events
    this.socket = net.connect(port, '127.0.0.1')
    this.socket.setNoDelay(true)
    this.socket.on('error', () => {})
    this.socket.on('connect', () => {
      this.socket.write(
        `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
          `Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${randomBytes(16).toString('base64')}\r\n\r\n`,
      )
    })
    this.socket.on('data', (chunk) => this.data(chunk))
  }

  close(): void {
    this.socket.destroy()
  }

  /** From now on bytes are counted and messages are not looked at: what a crowd hears costs the one who measures little. */
  stopListening(): void {
    this.deaf = true
    this.rest = Buffer.alloc(0)
  }

  /** Sends a binary message. */
  send(payload: Uint8Array): void {
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
    this.events.bytes(chunk.length)
    if (this.deaf) return
    let bytes = this.rest.length > 0 ? Buffer.concat([this.rest, chunk]) : chunk
    if (!this.handshaken) {
      const end = bytes.indexOf('\r\n\r\n')
      if (end < 0) {
        this.rest = bytes
        return
      }
      if (!bytes.subarray(0, 12).toString().includes('101')) {
        throw new Error(`${this.name} refused: ${bytes.subarray(0, end).toString()}`)
      }
      this.handshaken = true
      bytes = bytes.subarray(end + 4)
      this.events.open()
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
      if (this.deaf) return
      at += head + length
    }
    this.rest = at === bytes.length ? Buffer.alloc(0) : bytes.subarray(at)
  }

  private frame(first: number, payload: Buffer): void {
    if (first === 0x88) {
      throw new Error(
        `${this.name} closed a connection: ${payload.readUInt16BE(0)} ${payload.subarray(2).toString()}`,
      )
    }
    if (first === 0x82) this.events.message(payload)
  }
}
