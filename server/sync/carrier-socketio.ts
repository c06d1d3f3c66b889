/** The same messages through socket.io, for proxies that pass no WebSocket of ours (SPEC-sync S39 to S41). */
import type { IncomingMessage, Server as HttpServer, ServerResponse } from 'node:http'
import { Server } from 'socket.io'
import type { Socket } from 'socket.io'
import { Close } from '../../shared/protocol.ts'
import type { Carrier, CarrierEvents, Knock } from './carrier.ts'
import type { Batch, Packet } from './wire.ts'

const PATH = '/socket.io/'
/** Below the 30 s after which common proxies cut a silent poll. */
const PING = 20_000
/** Ms in which what is said to one socket is gathered. */
const WINDOW = 100
/** Ms from the close event to the end, so that a poll can fetch it. */
const GOODBYE = 1000
/** Bytes of one request or message; our pages cut what is larger into parts far below. */
const BUFFER = 1_000_000

/** Of every answer, refusals too: a poll is data for our own page, and nothing to show or keep. */
const HEADERS = [
  [
    'Content-Security-Policy',
    "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
  ],
  ['X-Content-Type-Options', 'nosniff'],
  ['Referrer-Policy', 'no-referrer'],
  ['Cross-Origin-Resource-Policy', 'same-origin'],
  ['Cache-Control', 'no-store'],
] as const

class SocketIoCarrier implements Carrier {
  readonly kind = 'socketio'
  readonly #socket: Socket
  #queue: Packet[] = []
  #queued = 0
  #timer: NodeJS.Timeout | null = null
  /** The transport has not taken what it was given last. */
  #waiting = false

  constructor(socket: Socket) {
    this.#socket = socket
  }

  get way(): 'websocket' | 'polling' {
    return this.#socket.conn.transport.name === 'polling' ? 'polling' : 'websocket'
  }

  send(batch: Batch): void {
    for (const packet of batch.packets) {
      this.#queue.push(packet)
      this.#queued += packet.message.length
    }
    this.#timer ??= setTimeout(() => this.#flush(), WINDOW)
  }

  /** What the transport has not taken yet stays here and counts as outstanding. */
  #flush(): void {
    this.#timer = null
    if (!this.#socket.connected) {
      this.#queue = []
      this.#queued = 0
    } else if (!this.#waiting) this.#emitAll()
  }

  #emitAll(): void {
    const queue = this.#queue
    this.#queue = []
    this.#queued = 0
    if (queue.length === 0) return
    this.#waiting = true
    // Once for all that follows: the transport has taken everything when it drains.
    this.#socket.conn.once('drain', () => {
      this.#waiting = false
      if (this.#queue.length > 0) this.#timer ??= setTimeout(() => this.#flush(), WINDOW)
    })
    corked(this.#socket, () => {
      for (const { message } of queue) this.#socket.emit('m', message)
    })
  }

  outstanding(): number {
    return this.#queued + bufferedBy(this.#socket)
  }

  stopReading(): void {
    this.#socket.removeAllListeners('m')
  }

  close(code: number, reason: string): void {
    if (this.#timer) clearTimeout(this.#timer)
    this.#timer = null
    if (!this.#socket.connected) return
    this.#emitAll()
    this.#socket.emit('close', code, reason)
    setTimeout(() => this.#socket.disconnect(true), GOODBYE).unref()
  }
}

/** Runs `emit` so that all of it leaves together: engine.io would answer one poll with the first packet alone. */
function corked(socket: Socket, emit: () => void): void {
  const transport = socket.conn.transport as { writable?: unknown }
  const flush = (socket.conn as unknown as { flush?: unknown }).flush
  if (transport.writable !== true || typeof flush !== 'function') {
    emit()
    return
  }
  transport.writable = false
  try {
    emit()
  } finally {
    transport.writable = true
    flush.call(socket.conn)
  }
}

/**
 * Ends all sockets now. Without this those that wait for one more poll, to say goodbye in, keep the process alive for
 * half a minute.
 */
export function endSocketIo(io: Server): void {
  const { clients } = io.engine as unknown as { clients?: unknown }
  const engines = typeof clients === 'object' && clients !== null ? Object.values(clients) : []
  io.engine.close()
  for (const engine of engines) {
    const { shouldClose } = (engine as Socket['conn']).transport as { shouldClose?: unknown }
    if (typeof shouldClose === 'function') shouldClose()
  }
}

/** The session a request goes on with; null for a new one. */
function sessionOf(io: Server, request: IncomingMessage): object | null {
  const sid = new URLSearchParams((request.url ?? '').split('?', 2)[1] ?? '').get('sid')
  const { clients } = io.engine as unknown as { clients?: unknown }
  if (sid === null || typeof clients !== 'object' || clients === null || !Object.hasOwn(clients, sid))
    return null
  const session: unknown = Reflect.get(clients, sid)
  return typeof session === 'object' ? session : null
}

/** Bytes the WebSocket under an upgraded connection has not sent; 0 for polling. */
function bufferedBy(socket: Socket): number {
  const { socket: ws } = socket.conn.transport as unknown as { socket?: { bufferedAmount?: unknown } }
  return typeof ws?.bufferedAmount === 'number' ? ws.bufferedAmount : 0
}

/** What decides about a handshake. */
export interface Door {
  /**
   * Does this request, the first or a later one, come from a page of ours? Else it is answered 403. `proven` is the origin
   * that a session, which this goes on with, is known to have; null while it said none.
   */
  comesFromUs(request: IncomingMessage, kind: 'websocket' | 'polling', proven?: string | null): boolean
  /** May this handshake begin? Else the HTTP status. */
  admit(request: IncomingMessage, kind: 'websocket' | 'polling'): number
  open(carrier: Carrier, knock: Knock, request: IncomingMessage): CarrierEvents
}

/** Mounts socket.io; paths in front of `/socket.io/` are cut off, whatever a proxy left there. */
export function attachSocketIo(server: HttpServer, door: Door, maxHttpBufferSize = BUFFER): Server {
  const io = new Server({
    path: PATH,
    transports: ['polling', 'websocket'],
    serveClient: false,
    destroyUpgrade: false,
    perMessageDeflate: false,
    httpCompression: false,
    pingInterval: PING,
    pingTimeout: PING,
    connectTimeout: 10_000,
    upgradeTimeout: 10_000,
    maxHttpBufferSize,
    allowRequest: (request, answer) => {
      const status = door.admit(request, kindOf(request))
      answer(status === 200 ? null : 'refused', status === 200)
    },
  })
  io.attach(server)
  // Whoever knows the id of a session goes on with it, so origins are looked at with each request.
  const origins = new WeakMap<object, string>()
  io.engine.use((request: IncomingMessage, response: ServerResponse, next: () => void) => {
    const kind = kindOf(request)
    const session = sessionOf(io, request)
    const proven = session === null ? undefined : (origins.get(session) ?? null)
    if (door.comesFromUs(request, kind, proven)) {
      const { origin } = request.headers
      if (session !== null && kind === 'polling' && origin !== undefined) origins.set(session, origin)
      next()
    } else if (kind === 'websocket')
      request.socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n')
    else response.writeHead(403, { 'Content-Type': 'text/plain' }).end('This is open to our own pages only.')
  })
  // Before socket.io's own listeners, which compare the beginning of the path.
  const strip = (request: IncomingMessage): boolean => {
    const url = request.url ?? ''
    const query = url.indexOf('?')
    const at = url.slice(0, query < 0 ? undefined : query).indexOf(PATH)
    if (at > 0) request.url = url.slice(at)
    return at >= 0
  }
  server.prependListener('request', (request, response) => {
    if (strip(request)) for (const [name, value] of HEADERS) response.setHeader(name, value)
  })
  server.prependListener('upgrade', strip)
  io.on('connection', (socket) => welcome(socket, door))
  return io
}

function kindOf(request: IncomingMessage): 'websocket' | 'polling' {
  return request.headers.upgrade === undefined ? 'polling' : 'websocket'
}

function welcome(socket: Socket, door: Door): void {
  const { query, auth } = socket.handshake
  const target = text((auth as Record<string, unknown>).room) ?? text(query.room)
  const version = text((auth as Record<string, unknown>).v) ?? text(query.v)
  const carrier = new SocketIoCarrier(socket)
  if (differs((auth as Record<string, unknown>).room, query.room)) {
    carrier.close(Close.badData, 'two rooms named')
    return
  }
  if (target === null || !/^[pb]\/./u.test(target) || target.length > 300) {
    carrier.close(Close.badData, 'no room named')
    return
  }
  const cookie = socket.handshake.headers.cookie ?? ''
  const events = door.open(carrier, { target, ours: version === '1', cookie }, socket.request)
  socket.on('m', (...values: unknown[]) => {
    const [data] = values
    if (values.length === 1 && data instanceof Buffer && data.length > 0) events.message(data)
    else events.nonsense('an event that is no message')
  })
  socket.onAny((event: string) => {
    if (event !== 'm') events.nonsense('an unknown event')
  })
  socket.on('disconnect', () => events.gone())
}

/** Two rooms in one handshake: nobody should wonder which of them was asked about. */
function differs(one: unknown, other: unknown): boolean {
  return one !== undefined && other !== undefined && one !== other
}

function text(value: unknown): string | null {
  return typeof value === 'string' ? value : null
}
