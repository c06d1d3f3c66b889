/** The servers under test: how each is started and how a client talks to it. */
import { type ChildProcess, spawn } from 'node:child_process'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import * as encoding from 'lib0/encoding'

const here = path.dirname(fileURLToPath(import.meta.url))
const root = path.resolve(here, '../..')

/** One server product. */
export interface Peer {
  name: string
  /** Starts it on a port with a folder of its own. */
  start(port: number, folder: string): ChildProcess
  path(room: string): string
  /** Messages a client sends when the socket opens. */
  greeting(room: string): Uint8Array[]
  update(room: string, update: Uint8Array): Uint8Array
  read(payload: Uint8Array): { step2: boolean; durable?: number }
  /** Its acknowledgement means durable. */
  acknowledges: boolean
  /** It sends an update back to whom it came from. */
  echoes: boolean
}

const STEP1 = Uint8Array.of(0, 0, 1, 0)

function syncUpdate(encoder: encoding.Encoder, update: Uint8Array): Uint8Array {
  encoding.writeVarUint(encoder, 0)
  encoding.writeVarUint(encoder, 2)
  encoding.writeVarUint8Array(encoder, update)
  return encoding.toUint8Array(encoder)
}

/** As `npm start` and the image set it (scripts/allocator.mjs); the others have it, too. */
const ALLOCATOR = { MALLOC_MMAP_THRESHOLD_: '131072', MALLOC_TRIM_THRESHOLD_: '131072' }

function node(script: string, args: string[], env: Record<string, string>): ChildProcess {
  return spawn(process.execPath, [script, ...args], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, NODE_ENV: 'production', ...ALLOCATOR, ...env },
  })
}

/** Inkpad as it ships: embedded store, every edit durable before it is acknowledged. */
export const inkpad: Peer = {
  name: 'Inkpad',
  start: (port, folder) =>
    node(path.join(root, 'dist/server/main.js'), ['--settings', path.join(folder, 'none.json')], {
      PORT: String(port),
      IP: '127.0.0.1',
      DB_TYPE: 'sqlite',
      DB_FILENAME: path.join(folder, 'inkpad.db'),
      LOGLEVEL: 'WARN',
    }),
  path: (room) => `/sync/p/${room}`,
  greeting: () => [STEP1],
  update: (_room, update) => syncUpdate(encoding.createEncoder(), update),
  read: (payload) => ({
    step2: payload[0] === 0 && payload[1] === 1,
    ...(payload[0] === 2 ? { durable: readVarUint(payload, 1) - 1 } : {}),
  }),
  acknowledges: true,
  echoes: false,
}

/** The server of y-websocket: documents in memory, nothing stored. */
export const yWebsocket: Peer = {
  name: 'y-websocket',
  start: (port) =>
    node(path.join(root, 'node_modules/@y/websocket-server/src/server.js'), [], {
      HOST: '127.0.0.1',
      PORT: String(port),
    }),
  path: (room) => `/${room}`,
  greeting: () => [STEP1],
  update: (_room, update) => syncUpdate(encoding.createEncoder(), update),
  read: (payload) => ({ step2: payload[0] === 0 && payload[1] === 1 }),
  acknowledges: false,
  echoes: true,
}

/** Hocuspocus with an empty store hook. */
export const hocuspocus: Peer = {
  name: 'Hocuspocus',
  start: (port) => node(path.join(root, 'bench/servers/hocuspocus.mjs'), [String(port)], {}),
  path: () => '/',
  greeting: (room) => {
    const auth = encoding.createEncoder()
    encoding.writeVarString(auth, room)
    encoding.writeVarUint(auth, 2)
    encoding.writeVarUint(auth, 0)
    encoding.writeVarString(auth, 'guest')
    const step1 = encoding.createEncoder()
    encoding.writeVarString(step1, room)
    encoding.writeUint8Array(step1, STEP1)
    return [encoding.toUint8Array(auth), encoding.toUint8Array(step1)]
  },
  update: (room, update) => {
    const encoder = encoding.createEncoder()
    encoding.writeVarString(encoder, room)
    return syncUpdate(encoder, update)
  },
  read: (payload) => {
    const at = 1 + (payload[0] ?? 0)
    return { step2: (payload[at] === 0 || payload[at] === 4) && payload[at + 1] === 1 }
  },
  acknowledges: false,
  echoes: true,
}

function readVarUint(bytes: Uint8Array, at: number): number {
  let value = 0
  let factor = 1
  for (let i = at; i < bytes.length; i++) {
    const byte = bytes[i] ?? 0
    value += (byte & 0x7f) * factor
    if (byte < 0x80) break
    factor *= 128
  }
  return value
}

/** All of them, ours first. */
export const PEERS: readonly Peer[] = [inkpad, yWebsocket, hocuspocus]
