/** Who may open a connection at all, and the upgrades of raw WebSockets (SPEC-sync S2, S29, S31, S37). */
import { withoutLink } from '../../shared/ids.ts'
import type { IncomingMessage } from 'node:http'
import { STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'
import { countedAddress } from './address.ts'
import type { Door } from './carrier-socketio.ts'
import { WebSockets } from './carrier-websocket.ts'
import type { Carrier, CarrierEvents, Knock } from './carrier.ts'
import { reject } from './hub.ts'
import type { Hub } from './hub.ts'
import { Tally } from './limits.ts'
import { originAllowed } from './origin.ts'

interface Parts {
  hub: Hub
  trustProxy: boolean
  allowedOrigins: readonly string[]
  addressLog?: ((request: IncomingMessage) => { address?: string }) | undefined
  /** The server is going away. */
  closing(): boolean
  /** A connection over this carrier; `gone` is called at its end, once. */
  connect(carrier: Carrier, knock: Knock, gone: () => void): CarrierEvents
}

export interface Handshake extends Door {
  /** For the HTTP server's `upgrade`. */
  upgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => void
}

export function createHandshake(parts: Parts): Handshake {
  const { hub } = parts
  const addresses = new Tally()
  const webSockets = new WebSockets(hub.limits.message)

  function comesFromUs(
    request: IncomingMessage,
    kind: 'websocket' | 'polling',
    proven?: string | null,
  ): boolean {
    // A browser says of polls whether they come from our own page, of WebSockets it does not: behind a proxy that forgets
    // the host they are taken by the session's id, which is a secret, and where it is known by its origin.
    const goesOn = proven !== undefined && (proven === null || proven === request.headers.origin)
    const ours = originAllowed(request, kind, parts) || (kind === 'websocket' && goesOn)
    if (!ours) reject(hub, 'origin')
    return ours
  }

  function admit(request: IncomingMessage, kind: 'websocket' | 'polling'): number {
    if (parts.closing()) return 503
    if (!comesFromUs(request, kind)) return 403
    const address = countedAddress(request, parts.trustProxy)
    if (address !== null && addresses.of(address) >= hub.limits.connectionsPerAddress) {
      reject(hub, 'addressFull')
      return 429
    }
    return 200
  }

  function open(carrier: Carrier, knock: Knock, request: IncomingMessage): CarrierEvents {
    const address = countedAddress(request, parts.trustProxy)
    if (address !== null) addresses.add(address)
    const connection = parts.connect(carrier, knock, leaver(address))
    const from = parts.addressLog?.(request) ?? {}
    if (from.address !== undefined)
      hub.log.info('a connection', { document: withoutLink(knock.target), ...from })
    return connection
  }

  /** Made apart from the handshake, which must not stay in memory with the connection. */
  function leaver(address: string | null): () => void {
    return () => {
      if (address !== null) addresses.remove(address)
    }
  }

  return {
    comesFromUs,
    admit,
    open,
    upgrade(request, socket, head) {
      const knock = knockOf(request)
      if (knock === 'other') {
        if (!(request.url ?? '').startsWith('/socket.io/')) refuseUpgrade(socket, 404)
        return
      }
      const status = knock === null ? 404 : admit(request, 'websocket')
      if (knock === null || status !== 200) {
        refuseUpgrade(socket, status)
        return
      }
      webSockets.accept(request, socket, head, (carrier) => open(carrier, knock, request))
    },
  }
}

/** The document a WebSocket asks for; null when the path is ours but names none; `other` for somebody else's path. */
function knockOf(request: IncomingMessage): Knock | null | 'other' {
  const [path = '', query = ''] = (request.url ?? '').split('?', 2)
  const at = path.lastIndexOf('/sync/')
  if (at < 0) return 'other'
  try {
    const target = decodeURIComponent(path.slice(at + '/sync/'.length))
    if (!/^[pb]\/[^/]+$/u.test(target) || target.length > 300) return null
    const ours = new URLSearchParams(query).get('v') === '1'
    return { target, ours, cookie: request.headers.cookie ?? '' }
  } catch {
    return null
  }
}

function refuseUpgrade(socket: Duplex, status: number): void {
  socket.on('error', () => socket.destroy())
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`,
  )
}
