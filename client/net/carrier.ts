import type { Environment } from './environment.ts'
import type { CarrierKind } from './types.ts'

/** Where one document is served; absolute, worked out from the page's own address (DESIGN D10). */
export interface Address {
  /** `ws:` or `wss:`, without query. */
  websocket: string
  /** Origin for socket.io. */
  origin: string
  /** socket.io's path on that origin, with a `/` at both ends. */
  path: string
  /** `p/NAME` or `b/NAME`. */
  room: string
}

/** One open or opening connection that carries binary frames in order. */
export interface Carrier {
  readonly kind: CarrierKind
  /** Sends; frames given before `open` or after `close` are dropped. */
  send(frame: Uint8Array): void
  /** Closes without a further event. */
  close(): void
}

/** Each carrier calls `open` at most once and `close` exactly once, unless it was closed from here. */
export interface CarrierEvents {
  open(): void
  frame(frame: Uint8Array): void
  /** `code` as in `shared/protocol.ts`; 1006 when there was none. */
  close(code: number): void
}

export type OpenCarrier = (env: Environment, address: Address, events: CarrierEvents) => Carrier

/** The addresses of `room` for a page at `PREFIX/p/NAME` (or one that lies at the same depth). */
export function addressOf(page: string | URL, room: string): Address {
  const at = room.indexOf('/')
  const path = `${room.slice(0, at)}/${encodeURIComponent(room.slice(at + 1))}`
  const websocket = new URL(`../sync/${path}`, page)
  websocket.protocol = websocket.protocol === 'https:' ? 'wss:' : 'ws:'
  const socketIo = new URL('../socket.io/', page)
  return { websocket: websocket.href, origin: socketIo.origin, path: socketIo.pathname, room }
}

/** Bytes of a frame as the browser, Node's ws or socket.io give them; null for anything else. */
export function bytesOf(data: unknown): Uint8Array | null {
  if (data instanceof ArrayBuffer) return new Uint8Array(data)
  if (ArrayBuffer.isView(data)) return new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
  return null
}
