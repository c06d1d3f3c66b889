/** A client that speaks the wire by hand, so that tests can say what no honest client says. */
import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import { WebSocket } from 'ws'
import * as Y from 'yjs'
import { Message, Sync } from '../../shared/protocol.ts'
import type { Hello, ServerEvent, Welcome } from '../../shared/protocol.ts'

export interface RawOptions {
  /** Say hello with this; `v` is filled in. */
  hello?: Partial<Hello>
  headers?: Record<string, string>
  /** Answer the server's step 1 and ask with our own. Default true. */
  sync?: boolean
  doc?: Y.Doc
}

type Seen = { type: number; sub?: number; bytes: Uint8Array }

/** Encodes with lib0. */
export function encode(write: (encoder: encoding.Encoder) => void): Uint8Array {
  const encoder = encoding.createEncoder()
  write(encoder)
  return encoding.toUint8Array(encoder)
}

export function syncMessage(sub: number, body: Uint8Array): Uint8Array {
  return encode((encoder) => {
    encoding.writeVarUint(encoder, Message.sync)
    encoding.writeVarUint(encoder, sub)
    encoding.writeVarUint8Array(encoder, body)
  })
}

export function jsonMessage(type: number, value: unknown): Uint8Array {
  return encode((encoder) => {
    encoding.writeVarUint(encoder, type)
    encoding.writeVarString(encoder, JSON.stringify(value))
  })
}

export function awarenessMessage(
  entries: readonly [client: number, clock: number, json: string][],
): Uint8Array {
  const body = encode((encoder) => {
    encoding.writeVarUint(encoder, entries.length)
    for (const [client, clock, json] of entries) {
      encoding.writeVarUint(encoder, client)
      encoding.writeVarUint(encoder, clock)
      encoding.writeVarString(encoder, json)
    }
  })
  return encode((encoder) => {
    encoding.writeVarUint(encoder, Message.awareness)
    encoding.writeVarUint8Array(encoder, body)
  })
}

/** Keeps a Y.Doc equal with the server, counts acknowledgements, and remembers everything that came. */
export class RawClient {
  readonly doc: Y.Doc
  readonly ws: WebSocket
  readonly seen: Seen[] = []
  readonly events: ServerEvent[] = []
  /** States by client id as last heard; null for gone. */
  readonly presence = new Map<number, Record<string, unknown> | null>()
  welcome: Welcome | null = null
  /** Write messages sent, and how many of them the server called durable. */
  sent = 0
  durable = 0
  synced = false
  closed: { code: number; reason: string } | null = null
  /** The HTTP status when the handshake was refused. */
  refused: number | null = null
  readonly #options: RawOptions
  #parts: Uint8Array[] = []
  #watchers = new Set<() => void>()

  constructor(url: string, options: RawOptions = {}) {
    this.#options = options
    this.doc = options.doc ?? new Y.Doc()
    this.ws = new WebSocket(options.hello ? `${url}?v=1` : url, { headers: options.headers ?? {} })
    this.ws.binaryType = 'nodebuffer'
    this.ws.on('open', () => {
      if (options.hello)
        this.send(jsonMessage(Message.hello, { v: 1, client: this.doc.clientID, ...options.hello }))
      if (options.sync !== false) this.send(syncMessage(Sync.step1, Y.encodeStateVector(this.doc)))
      this.#changed()
    })
    this.ws.on('message', (data: Buffer) => {
      this.#take(new Uint8Array(data))
      this.#changed()
    })
    this.ws.on('close', (code, reason) => {
      this.closed = { code, reason: reason.toString() }
      this.#changed()
    })
    this.ws.on('unexpected-response', (request, response) => {
      this.refused = response.statusCode ?? 0
      request.destroy()
      this.#changed()
    })
    this.ws.on('error', () => {})
    this.doc.on('update', (bytes: Uint8Array, origin: unknown) => {
      if (origin !== this && options.sync !== false) this.write(bytes)
    })
  }

  get text(): string {
    return this.doc.getText('text').toJSON()
  }

  send(bytes: Uint8Array): void {
    if (this.ws.readyState === WebSocket.OPEN) this.ws.send(bytes)
  }

  /** Sends a write message. */
  write(update: Uint8Array, sub: number = Sync.update): void {
    if (this.ws.readyState !== WebSocket.OPEN) return
    this.sent++
    this.send(syncMessage(sub, update))
  }

  /** Types at the end (before the last newline). */
  type(text: string): void {
    const shared = this.doc.getText('text')
    shared.insert(Math.max(0, shared.length - 1), text)
  }

  say(client: number, clock: number, state: unknown): void {
    this.send(awarenessMessage([[client, clock, JSON.stringify(state)]]))
  }

  /** Resolves when `test` holds; rejects after `ms`. */
  async until(test: () => boolean, what = test.toString(), ms = 15_000): Promise<void> {
    if (test()) return
    await new Promise<void>((done, fail) => {
      const end = (then: () => void) => {
        clearTimeout(timer)
        clearInterval(often)
        this.#watchers.delete(look)
        then()
      }
      const look = () => {
        if (test()) end(done)
      }
      const timer = setTimeout(
        () =>
          end(() => fail(new Error(`not within ${ms} ms: ${what}; closed: ${JSON.stringify(this.closed)}`))),
        ms,
      )
      // What is waited for may be another client's.
      const often = setInterval(look, 20)
      this.#watchers.add(look)
    })
  }

  async untilSynced(): Promise<this> {
    await this.until(() => this.synced, 'synced')
    return this
  }

  async untilSaved(): Promise<void> {
    await this.until(() => this.durable >= this.sent, 'saved')
  }

  async untilClosed(): Promise<number> {
    await this.until(() => this.closed !== null, 'closed')
    return this.closed?.code ?? 0
  }

  async close(): Promise<void> {
    this.ws.close()
    await this.until(() => this.ws.readyState === WebSocket.CLOSED, 'gone')
  }

  #changed(): void {
    for (const look of this.#watchers) look()
  }

  #take(bytes: Uint8Array): void {
    const decoder = decoding.createDecoder(bytes)
    const type = decoding.readVarUint(decoder)
    if (type === Message.sync) {
      const sub = decoding.readVarUint(decoder)
      const body = decoding.readVarUint8Array(decoder)
      this.seen.push({ type, sub, bytes })
      if (sub !== Sync.step1) Y.applyUpdate(this.doc, body, this)
      if (sub === Sync.step2) this.synced = true
      if (sub === Sync.step1 && this.#options.sync !== false)
        this.write(Y.encodeStateAsUpdate(this.doc, body), Sync.step2)
      return
    }
    this.seen.push({ type, bytes })
    if (type === Message.auth) {
      const n = decoding.readVarUint(decoder)
      if (n > 0) this.durable = n - 1
    } else if (type === Message.awareness) this.#hear(decoding.readVarUint8Array(decoder))
    else if (type === Message.hello) this.welcome = JSON.parse(decoding.readVarString(decoder)) as Welcome
    else if (type === Message.event)
      this.events.push(JSON.parse(decoding.readVarString(decoder)) as ServerEvent)
    else if (type === Message.part) {
      this.#parts.push(bytes.subarray(2))
      if (bytes[1] === 1) return
      const whole = new Uint8Array(Buffer.concat(this.#parts))
      this.#parts = []
      this.#take(whole)
    }
  }

  #hear(body: Uint8Array): void {
    const decoder = decoding.createDecoder(body)
    for (let left = decoding.readVarUint(decoder); left > 0; left--) {
      const client = decoding.readVarUint(decoder)
      decoding.readVarUint(decoder)
      this.presence.set(client, JSON.parse(decoding.readVarString(decoder)) as Record<string, unknown> | null)
    }
  }
}
