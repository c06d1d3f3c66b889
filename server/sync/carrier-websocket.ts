/** Messages over a raw WebSocket: prebuilt frames written straight to the socket (SPEC-sync S2, S3, S20). */
import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocket, WebSocketServer } from 'ws'
import type { RawData } from 'ws'
import type { Carrier, CarrierEvents } from './carrier.ts'
import type { Batch } from './wire.ts'

/** Ms a closing handshake may take. */
const CLOSE_TIMEOUT = 3000

/** The socket under `ws`, which its public interface does not show; null when another version hides it. */
function socketOf(ws: WebSocket): Duplex | null {
  const socket = (ws as unknown as { _socket?: unknown })._socket
  if (typeof socket !== 'object' || socket === null || !('write' in socket)) return null
  return typeof socket.write === 'function' ? (socket as Duplex) : null
}

class WebSocketCarrier implements Carrier {
  readonly kind = 'websocket'
  readonly way = 'websocket'
  readonly #ws: WebSocket
  readonly #socket: Duplex | null

  constructor(ws: WebSocket) {
    this.#ws = ws
    this.#socket = socketOf(ws)
  }

  send(batch: Batch): void {
    if (this.#ws.readyState !== WebSocket.OPEN) return
    if (this.#socket?.writable) this.#socket.write(batch.frames)
    else for (const { message } of batch.packets) this.#ws.send(message)
  }

  outstanding(): number {
    return this.#ws.bufferedAmount
  }

  stopReading(): void {
    this.#ws.pause()
  }

  close(code: number, reason: string): void {
    // A paused socket would never see the other side's goodbye.
    if (this.#ws.isPaused) this.#ws.resume()
    this.#ws.close(code, reason)
  }
}

/** Accepts upgrades; what comes of them is the caller's matter. */
export class WebSockets {
  readonly #server: WebSocketServer

  /** `message`: bytes of the largest message. */
  constructor(message: number) {
    const options = {
      noServer: true,
      clientTracking: false,
      perMessageDeflate: false,
      maxPayload: message,
      // A 2 MiB message in the smallest usual segments is about 4000 chunks.
      maxBufferedChunks: 8192,
      maxFragments: 256,
      closeTimeout: CLOSE_TIMEOUT,
    }
    this.#server = new WebSocketServer(options)
  }

  /** Finishes the handshake and connects the socket with what `open` gives. */
  accept(
    request: IncomingMessage,
    socket: Duplex,
    head: Buffer,
    open: (carrier: Carrier) => CarrierEvents,
  ): void {
    this.#server.handleUpgrade(request, socket, head, (ws) => connect(ws, open(new WebSocketCarrier(ws))))
  }
}

/** On its own, so that listeners keep nothing of the handshake in memory as long as the connection lasts. */
function connect(ws: WebSocket, events: CarrierEvents): void {
  ws.on('message', (data: RawData, binary: boolean) => {
    if (!binary) events.nonsense('a text frame')
    else if (data instanceof Buffer && data.length > 0) events.message(data)
    else events.nonsense('an empty message')
  })
  ws.on('ping', () => events.ping())
  ws.on('error', () => ws.terminate())
  ws.on('close', () => events.gone())
}
