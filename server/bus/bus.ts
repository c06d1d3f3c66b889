/**
 * The bus over something that carries frames: gathers what is said, seals it, knows who listens, and says when something may
 * have been missed (docs/SPEC-bus.md). Nobody ever waits for it.
 */
import { createHash, randomBytes } from 'node:crypto'
import type { Log } from '../log.ts'
import { Peers } from './peers.ts'
import type { Bus, BusListener, BusMessage, BusState, Carriage } from './types.ts'
import { encodeMessage, MOST, open, seal } from './wire.ts'

/** Ms between two signs of life, in which everything is also looked after. */
const BEAT = 1000
/** Ms what is said is gathered, so that a busy server sends few frames. */
const GATHER = 4
/** Ms after which what was said should have come back. */
const LATE = 3000
/** Bytes that may be under way; beyond, what is said is dropped, and found in the database. */
const UNDER_WAY = 4 * 1024 * 1024
/** Ms between two tries to read the key from the database. */
const KEY_PAUSE = 1000

export interface BusParts {
  carriage: Carriage
  /** What the servers of one database share and nobody else knows. @throws StoreDown */
  key: () => Promise<string>
  log: Log
  /** Monotonic ms. */
  now?: () => number
  /** Ms between two signs of life; other than in production only for tests. */
  beat?: number
}

export function createBus(parts: BusParts): Bus {
  const { carriage, log, now = () => performance.now(), beat = BEAT } = parts
  const node = randomBytes(9).toString('base64url')
  const peers = new Peers(now)
  const listeners = new Set<BusListener>()
  const dropped: Record<string, number> = {}
  let key: Buffer | null = null
  let state: Exclude<BusState['state'], 'none'> = 'down'
  let delay: number | null = null
  let sent = 0
  let received = 0
  let missed = 0
  let seq = 0
  /** The sign of life that is waited for. */
  let beaten: { seq: number; at: number } | null = null
  let queue: Uint8Array[] = []
  let queued = 0
  let gathering: NodeJS.Timeout | undefined
  let beating: NodeJS.Timeout | undefined
  let waiting: NodeJS.Timeout | undefined
  let connected = false
  /** What the log said last. */
  let said: 'up' | 'away' | null = null
  let closed = false

  function drop(why: string): void {
    dropped[why] = (dropped[why] ?? 0) + 1
  }

  function each(call: (listener: BusListener) => void): void {
    for (const listener of listeners) {
      try {
        call(listener)
      } catch (error) {
        log.error('what another server said was not taken', { error: String(error) })
      }
    }
  }

  function mayHaveMissed(): void {
    missed++
    each((listener) => listener.missed?.())
  }

  function become(next: typeof state, why = ''): void {
    if (next === state) return
    state = next
    if (next === 'up') {
      if (said !== 'up') log.info('servers are connected through Redis')
      said = 'up'
      mayHaveMissed()
    } else if (said !== 'away') away(why)
  }

  function away(why: string): void {
    said = 'away'
    log.warn('Redis does not answer; servers follow one another through the database meanwhile', { why })
  }

  // ---- saying

  function send(messages: readonly Uint8Array[]): void {
    if (key === null) return
    seq++
    sent += messages.length
    carriage.send(seal(key, node, seq, messages))
  }

  function flush(): void {
    clearTimeout(gathering)
    gathering = undefined
    let some: Uint8Array[] = []
    let bytes = 0
    for (const message of queue) {
      if (bytes + message.length > MOST.frame) {
        send(some)
        some = []
        bytes = 0
      }
      some.push(message)
      bytes += message.length
    }
    queue = []
    queued = 0
    if (some.length > 0) send(some)
  }

  function tell(message: BusMessage): void {
    if (peers.count === 0 || state === 'down' || closed) return
    const bytes = encodeMessage(message)
    if (bytes.length > MOST.message) drop('tooLarge')
    else if (carriage.pending + queued + bytes.length > UNDER_WAY) drop('full')
    else {
      queue.push(bytes)
      queued += bytes.length
      gathering ??= setTimeout(flush, GATHER).unref()
    }
  }

  function signOfLife(): void {
    if (!connected) return
    send([])
    beaten ??= { seq, at: now() }
  }

  function tick(): void {
    if (beaten !== null && now() - beaten.at > LATE) {
      become('slow', 'what is said does not come back')
      beaten = null
    }
    for (const gone of peers.sweep()) {
      log.info('another server is not heard any more', { server: gone })
      each((listener) => listener.left?.(gone))
    }
    signOfLife()
  }

  // ---- hearing

  function take(bytes: Uint8Array): void {
    if (key === null || closed) return
    const frame = open(key, bytes)
    if (typeof frame === 'string') return drop(frame)
    if (frame.node === node) return echo(frame.seq)
    const verdict = peers.note(frame.node, frame.seq)
    if (verdict === 'old' || verdict === 'tooMany') return drop(verdict)
    if (verdict === 'new') {
      log.info('another server is heard', { server: frame.node })
      // It may not know of us.
      signOfLife()
    }
    if (verdict === 'new' || verdict === 'gap') mayHaveMissed()
    received += frame.messages.length
    for (const message of frame.messages) {
      if (message.kind === 'bye') {
        if (peers.leave(frame.node)) each((listener) => listener.left?.(frame.node))
      } else each((listener) => listener.heard?.(message, frame.node))
    }
  }

  function echo(which: number): void {
    if (beaten === null || which < beaten.seq) return
    if (which === beaten.seq) delay = now() - beaten.at
    beaten = null
    become('up')
  }

  async function begin(): Promise<void> {
    try {
      const secret = Buffer.from(await parts.key(), 'base64')
      if (closed) return
      key = secret
      // Whoever sees the channel learns nothing of the key, and each installation has its own.
      const channel = `inkpad:${createHash('sha256').update('channel').update(secret).digest('hex').slice(0, 24)}`
      beating = setInterval(tick, beat).unref()
      carriage.start(channel, {
        frame: take,
        up() {
          connected = true
          // It counts as up when what is said has come back.
          signOfLife()
        },
        down(why) {
          connected = false
          delay = null
          beaten = null
          if (said === null) away(why)
          become('down', why)
        },
      })
    } catch (error) {
      log.debug('the key of the bus could not be read', { error: String(error) })
      if (!closed) waiting = setTimeout(() => void begin(), KEY_PAUSE).unref()
    }
  }

  return {
    get together() {
      return peers.count > 0 && state !== 'down'
    },
    tell,
    listen(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    state: () => ({
      state,
      servers: peers.count,
      delay,
      sent,
      received,
      dropped: { ...dropped },
      missed,
    }),
    start: () => void begin(),
    async close() {
      if (closed) return
      tell({ kind: 'bye' })
      flush()
      closed = true
      clearTimeout(waiting)
      clearInterval(beating)
      await carriage.close()
      listeners.clear()
    },
  }
}
