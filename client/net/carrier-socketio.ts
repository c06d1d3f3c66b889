import { PROTOCOL_VERSION } from '../../shared/protocol.ts'
import { bytesOf } from './carrier.ts'
import type { OpenCarrier } from './carrier.ts'
import type { SocketIoSocket } from './environment.ts'

const ABNORMAL = 1006

/**
 * The second way, where a proxy lets no WebSocket of ours through: the same frames as socket.io's event `m`, polling
 * first and upgraded when possible. The server's `close` event carries the close code.
 */
export const openSocketIo: OpenCarrier = (env, address, events) => {
  let socket: SocketIoSocket | null = null
  let over = false
  let connected = false
  let code = ABNORMAL
  const end = () => {
    if (over) return
    over = true
    socket?.disconnect()
    events.close(code)
  }
  const start = async () => {
    const connect = await env.socketIo()
    if (over) return
    socket = connect(address.origin, {
      path: address.path,
      transports: ['polling', 'websocket'],
      reconnection: false,
      forceNew: true,
      withCredentials: true,
      auth: { room: address.room, v: String(PROTOCOL_VERSION) },
    })
    socket.on('connect', () => {
      connected = true
      if (!over) events.open()
    })
    socket.on('m', (data: unknown) => {
      const frame = bytesOf(data)
      if (frame !== null && frame.length > 0 && !over) events.frame(frame)
    })
    socket.on('close', (value: unknown) => {
      if (typeof value === 'number') code = value
    })
    socket.on('connect_error', (error: { data?: { code?: unknown } }) => {
      if (typeof error.data?.code === 'number') code = error.data.code
      end()
    })
    socket.on('disconnect', end)
  }
  // The library could not be fetched: the line is away, or the server.
  start().catch(end)
  return {
    kind: 'socket.io',
    send(frame) {
      if (connected && !over) socket?.emit('m', frame)
    },
    close() {
      over = true
      socket?.disconnect()
    },
  }
}
