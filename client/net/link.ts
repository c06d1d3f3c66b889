/** Keeps one connection to the server open for as long as the session lives: which carrier, when to give up, when to come back. */
import { Close, FINAL_CLOSES, TIMES } from '../../shared/protocol.ts'
import { openSocketIo } from './carrier-socketio.ts'
import { openWebSocket } from './carrier-websocket.ts'
import type { Address, Carrier, CarrierEvents, OpenCarrier } from './carrier.ts'
import { createChoice } from './choice.ts'
import type { Environment } from './environment.ts'
import { createJoiner, splitMessage } from './parts.ts'
import { reconnectDelay, watchWake } from './reconnect.ts'
import type { CarrierKind, Off } from './types.ts'
import { createUnpacker } from './unpack.ts'
import type { Unpacker } from './unpack.ts'

/** Ms a carrier may take to open; socket.io has its code to load and a slower handshake. */
const OPENS_WITHIN: Record<CarrierKind, number> = { websocket: 4000, 'socket.io': 15_000 }
/** Ms until the first message of an open carrier. */
const SPEAKS_WITHIN = 15_000
const ABNORMAL = 1006

/** How a connection ended and what follows. */
export interface LinkEnd {
  code: number
  /** The server closed for good; nothing more happens without {@link Link.retry}. */
  final: boolean
  /** Ms since 1970 of the next attempt. */
  retryAt?: number
}

export interface LinkEvents {
  /** Messages can be sent from now on. */
  open(): void
  /** One whole message. */
  message(message: Uint8Array): void
  /** Also called when an attempt failed. */
  end(end: LinkEnd): void
}

export interface Link {
  /** What carries messages now; null without an open connection. */
  readonly carrier: CarrierKind | null
  /** False without an open connection; the message is dropped then. */
  send(message: Uint8Array): boolean
  /** Without a connection: tries at once, also after a final close. */
  retry(): void
  /** Ends this connection and opens the next at once. */
  renew(): void
  /** Ends this connection, which makes no sense, and comes back later. */
  giveUp(): void
  /** Ends the connection without a word; nothing more happens without {@link Link.retry}. */
  stop(): void
  destroy(): void
}

interface Attempt {
  carrier: Carrier
  open: boolean
  spoke: boolean
  heard: number
  join: ReturnType<typeof createJoiner>
  unpacker: Unpacker
  timeout: Off
}

/** Opens the link at once. */
export function openLink(env: Environment, address: Address, events: LinkEvents): Link {
  const choice = createChoice(env, `${address.origin}${address.path}`)
  let current: Attempt | null = null
  let failures = 0
  let stopped = false
  let waiting: Off = () => {}
  let probing: Off = () => {}

  function connect(): void {
    waiting()
    waiting = () => {}
    probing()
    if (stopped || current !== null) return
    const kind = choice.next()
    const open: OpenCarrier = kind === 'websocket' ? openWebSocket : openSocketIo
    const on: CarrierEvents = {
      open: () => opened(attempt),
      frame: (frame) => heard(attempt, frame),
      close: (code) => ended(attempt, code, false),
    }
    const attempt: Attempt = {
      carrier: open(env, address, on),
      open: false,
      spoke: false,
      heard: env.now(),
      join: createJoiner(),
      unpacker: createUnpacker(
        (message) => {
          if (attempt === current) events.message(message)
        },
        (error) => garbled(attempt, error),
      ),
      timeout: env.after(OPENS_WITHIN[kind], () => ended(attempt, ABNORMAL, true)),
    }
    current = attempt
  }

  function opened(attempt: Attempt): void {
    if (attempt !== current) return
    attempt.open = true
    attempt.heard = env.now()
    attempt.timeout()
    attempt.timeout = env.after(SPEAKS_WITHIN, () => ended(attempt, ABNORMAL, true))
    events.open()
  }

  function heard(attempt: Attempt, frame: Uint8Array): void {
    if (attempt !== current) return
    attempt.heard = env.now()
    if (!attempt.spoke) {
      attempt.spoke = true
      attempt.timeout()
      failures = 0
      choice.worked(attempt.carrier.kind)
      if (attempt.carrier.kind === 'socket.io') probeLater()
    }
    let message: Uint8Array | null
    try {
      message = attempt.join.take(frame)
    } catch (error) {
      garbled(attempt, error)
      return
    }
    if (message !== null) attempt.unpacker.take(message)
  }

  /** What came makes no sense: another connection may do better. */
  function garbled(attempt: Attempt, error: unknown): void {
    if (attempt !== current) return
    env.report(error)
    ended(attempt, ABNORMAL, false)
  }

  function ended(attempt: Attempt, code: number, hung: boolean): void {
    if (attempt !== current) return
    drop()
    const said = FINAL_CLOSES.has(code) || code === Close.restart || code === Close.tryLater
    if (!attempt.spoke && !said) choice.failed(attempt.carrier.kind, hung)
    if (FINAL_CLOSES.has(code)) {
      stopped = true
      events.end({ code, final: true })
      return
    }
    // A WebSocket that hung has cost the person seconds already: the other carrier follows at once.
    const delay = hung && failures === 0 ? 0 : reconnectDelay(failures, code, env.random)
    if (!attempt.spoke) failures += 1
    waiting = env.after(delay, connect)
    events.end({ code, final: false, retryAt: env.now() + delay })
  }

  function drop(): void {
    const attempt = current
    current = null
    probing()
    attempt?.timeout()
    attempt?.carrier.close()
  }

  /** Opens a WebSocket beside socket.io, and moves to it when it gets through. */
  function probeLater(): void {
    probing()
    let carrier: Carrier | null = null
    let cancel = env.after(choice.probeAfter(), () => {
      cancel = env.after(OPENS_WITHIN.websocket, probeLater)
      carrier = openWebSocket(env, address, {
        open() {
          choice.worked('websocket')
          renew()
        },
        frame() {},
        close: probeLater,
      })
    })
    probing = () => {
      probing = () => {}
      cancel()
      carrier?.close()
    }
  }

  function renew(): void {
    if (stopped) return
    const had = current !== null
    drop()
    if (had) events.end({ code: ABNORMAL, final: false, retryAt: env.now() })
    connect()
  }

  const unwatch = watchWake(env, {
    awake() {
      if (current === null) {
        if (!stopped) connect()
      } else if (env.now() - current.heard > TIMES.dead) renew()
    },
    lost() {
      if (current?.open) ended(current, ABNORMAL, false)
    },
    slept: renew,
    tick() {
      if (current !== null && current.open && env.now() - current.heard > TIMES.dead) {
        ended(current, ABNORMAL, false)
      }
    },
  })
  connect()

  return {
    get carrier() {
      return current?.open === true ? current.carrier.kind : null
    },
    send(message) {
      if (current?.open !== true) return false
      for (const frame of splitMessage(message)) current.carrier.send(frame)
      return true
    },
    retry() {
      stopped = false
      failures = 0
      if (current === null) connect()
    },
    renew,
    giveUp() {
      if (current !== null) ended(current, Close.tryLater, false)
    },
    stop() {
      stopped = true
      waiting()
      drop()
    },
    destroy() {
      stopped = true
      waiting()
      unwatch()
      drop()
    },
  }
}
