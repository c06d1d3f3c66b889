import { PROTOCOL_VERSION } from '../../shared/protocol.ts'
import { bytesOf } from './carrier.ts'
import type { OpenCarrier } from './carrier.ts'

const OPEN = 1
const ABNORMAL = 1006

/** The first way: a raw WebSocket, one message or part a frame. */
export const openWebSocket: OpenCarrier = (env, address, events) => {
  const socket = new env.WebSocket(`${address.websocket}?v=${PROTOCOL_VERSION}`)
  let over = false
  socket.binaryType = 'arraybuffer'
  socket.addEventListener('open', () => {
    if (!over) events.open()
  })
  socket.addEventListener('message', (event) => {
    const frame = bytesOf(event.data)
    if (frame !== null && frame.length > 0 && !over) events.frame(frame)
  })
  socket.addEventListener('close', (event) => {
    if (over) return
    over = true
    events.close(event.code ?? ABNORMAL)
  })
  // A close event follows every error; Node's ws throws an error that nobody listens to.
  socket.addEventListener('error', () => {})
  return {
    kind: 'websocket',
    send(frame) {
      if (socket.readyState === OPEN) socket.send(frame as Uint8Array<ArrayBuffer>)
    },
    close() {
      over = true
      socket.close()
    },
  }
}
