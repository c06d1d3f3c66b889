/** What a connection knows of the thing that carries its messages: a raw WebSocket or a socket.io socket. */
import type { Batch } from './wire.ts'

export interface Carrier {
  readonly kind: 'websocket' | 'socketio'
  /** How the messages go at this moment; socket.io may have been upgraded. */
  readonly way: 'websocket' | 'polling'
  /** All packets of the batch in order, in one write. Does nothing once closed. */
  send(batch: Batch): void
  /** Bytes handed over that the network has not taken yet. */
  outstanding(): number
  /** Stops reading what the other end sends, until the connection ends. */
  stopReading(): void
  /** Says goodbye with a close code; the end is forced when the other side does not answer. */
  close(code: number, reason: string): void
}

/** What a carrier tells its connection. */
export interface CarrierEvents {
  message(bytes: Uint8Array): void
  /** Something that is no message of this protocol arrived. */
  nonsense(what: string): void
  /** A ping of the WebSocket protocol; the carrier answers it. */
  ping(): void
  /** Once, however it ended. */
  gone(): void
}

/** Who knocks, as far as the handshake says. */
export interface Knock {
  /** `p/NAME` or `b/NAME` as it stands in the URL. */
  target: string
  /** Asked for our own messages (`?v=1`). */
  ours: boolean
  /** The raw Cookie header; empty for none. Used once and not kept. */
  cookie: string
}
