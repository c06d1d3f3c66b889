/** Measures, from the administrator's own browser, how the server is reached. */
import type { Checkup } from '../../shared/admin.ts'
import type { Api } from './api.ts'
import type { Facts } from './findings.ts'
import { prefixOf } from './proxy.ts'

/** Ms each way has to open. */
const PATIENCE = 8000
/** A name no pad has: a connection that says nothing makes none. */
const NOWHERE = 'p/inkpad-check-up'

/** Tries all ways at once. */
export async function measure(api: Pick<Api, 'get'>): Promise<Facts> {
  const begun = Date.now()
  const [{ server, ahead }, headers, webSocket, liveSocket, polling] = await Promise.all([
    api.get<Checkup>('api/checkup').then((server) => {
      const ended = Date.now()
      return { server, ahead: (begun + ended) / 2 - server.time }
    }),
    pageHeaders(),
    rawWebSocket(),
    liveWay('websocket'),
    liveWay('polling'),
  ])
  return {
    page: {
      protocol: location.protocol,
      host: location.host,
      pathname: prefixOf(location.pathname),
      secureContext: isSecureContext,
      cookies: navigator.cookieEnabled,
    },
    ways: { webSocket, liveSocket, polling },
    headers,
    ahead,
    server,
  }
}

async function pageHeaders(): Promise<Facts['headers']> {
  try {
    const { headers } = await fetch('../', { cache: 'no-store', signal: AbortSignal.timeout(PATIENCE) })
    return {
      policy: headers.get('Content-Security-Policy') ?? '',
      frameOptions: headers.get('X-Frame-Options') ?? '',
    }
  } catch {
    return { policy: '', frameOptions: '' }
  }
}

function rawWebSocket(): Promise<boolean> {
  return new Promise((resolve) => {
    const url = new URL(`../sync/${NOWHERE}?v=1`, document.baseURI)
    url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:'
    const socket = new WebSocket(url)
    const end = (opened: boolean): void => {
      clearTimeout(timer)
      socket.close()
      resolve(opened)
    }
    const timer = setTimeout(end, PATIENCE, false)
    socket.addEventListener('open', () => end(true))
    socket.addEventListener('error', () => end(false))
  })
}

/** The handshake of socket.io by one transport; nobody is asked who they are for that. */
async function liveWay(transport: 'websocket' | 'polling'): Promise<boolean> {
  const { Manager } = await import('socket.io-client')
  const { origin, pathname } = new URL('../socket.io/', document.baseURI)
  const manager = new Manager(origin, {
    path: pathname,
    transports: [transport],
    reconnection: false,
    autoConnect: false,
    timeout: PATIENCE,
  })
  return new Promise((resolve) => {
    manager.open((error) => {
      manager.engine?.close()
      resolve(error === undefined)
    })
  })
}
