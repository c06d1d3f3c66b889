/**
 * Redis as the bus's carriage: one connection that publishes, one that listens. The client library is loaded only here, and only
 * when a Redis is configured (docs/SPEC-bus.md BU3, BU20 to BU22).
 */
import type { createClient } from '@redis/client'
import type { Carriage, CarriageEvents } from './types.ts'

/** Ms between tries to connect: the first pause, and the longest. */
const PAUSE = { first: 100, longest: 5000 }
/** Ms to connect, and ms without an answer after which a connection is taken for dead; a sign of life passes each second. */
const CONNECT = 5000
const SILENCE = 8000
/** Commands that may wait for their answer. */
const COMMANDS = 2000
/** Ms in which connections end in order. */
const FAREWELL = 500

/** What is used of the library's client. */
interface Client {
  readonly isReady: boolean
  connect(): Promise<unknown>
  subscribe(channel: string, heard: (bytes: Buffer) => void, raw: true): Promise<unknown>
  publish(channel: string, bytes: Buffer): Promise<unknown>
  close(): Promise<void>
  destroy(): void
  on(event: 'error', listener: (error: unknown) => void): unknown
  on(event: 'ready', listener: () => void): unknown
}

/** Creates it; nothing is loaded or connected yet. `url` is `redis://` or `rediss://`; a password may stand in it, so it is never logged. */
export function createRedisCarriage(url: string): Carriage {
  const clients = new Set<Client>()
  let say: ((frame: Uint8Array) => void) | null = null
  let pending = 0
  let closed = false

  function begin(create: typeof createClient, channel: string, on: CarriageEvents): void {
    let publisher: Client | null = null
    let subscribed = false
    let told: 'up' | 'down' | null = null
    /** Monotonic ms of the last answer, or of the first command after it. */
    let answered = 0

    function down(error: unknown): void {
      if (closed || told === 'down') return
      told = 'down'
      on.down(reasonOf(error))
    }
    function ready(): void {
      if (closed || told === 'up' || !subscribed || ![...clients].every(({ isReady }) => isReady)) return
      told = 'up'
      on.up()
    }
    function make(name: string): Client {
      const client: Client = create({
        url,
        RESP: 2,
        name: `inkpad-${name}`,
        disableOfflineQueue: true,
        commandsQueueMaxLength: COMMANDS,
        socket: {
          connectTimeout: CONNECT,
          socketTimeout: SILENCE,
          keepAlive: true,
          reconnectStrategy: pauseBefore,
        },
      })
      client.on('error', down)
      client.on('ready', ready)
      clients.add(client)
      return client
    }
    function connect(client: Client): void {
      client
        .connect()
        .then(ready)
        .catch((error: unknown) => {
          // Ended by us, or refused for good.
          if (!closed && clients.has(client)) down(error)
        })
    }
    function publish(): void {
      pending = 0
      answered = performance.now()
      const client = make('says')
      publisher = client
      connect(client)
    }

    const listening = make('hears')
    const hear = (bytes: Buffer): void => on.frame(bytes)
    let asking = false
    /** After a break the library subscribes again only where it did before, so until then each connection asks anew. */
    async function subscribe(): Promise<void> {
      if (subscribed || asking || closed) return
      asking = true
      try {
        await listening.subscribe(channel, hear, true)
        subscribed = true
        ready()
      } catch (error) {
        down(error)
        // Refused, where no other connection will come.
        if (!closed && listening.isReady) setTimeout(() => void subscribe(), PAUSE.longest).unref()
      } finally {
        asking = false
      }
    }
    listening.on('ready', () => void subscribe())
    connect(listening)
    publish()

    say = (frame) => {
      const client = publisher
      if (client === null || !client.isReady) return
      const now = performance.now()
      if (pending === 0) answered = now
      else if (now - answered > SILENCE) {
        // What is written keeps a dead connection from being noticed.
        clients.delete(client)
        client.destroy()
        down(new Error('no answer'))
        publish()
        return
      }
      const settled = (error?: unknown): void => {
        if (client !== publisher) return
        pending -= frame.length
        answered = performance.now()
        if (error !== undefined && client.isReady) down(error)
      }
      pending += frame.length
      client.publish(channel, Buffer.from(frame.buffer, frame.byteOffset, frame.length)).then(
        () => settled(),
        (error: unknown) => settled(error),
      )
    }
  }

  async function load(channel: string, on: CarriageEvents): Promise<void> {
    try {
      const library = await import('@redis/client')
      if (!closed) begin(library.createClient, channel, on)
    } catch (error) {
      on.down(reasonOf(error))
    }
  }

  return {
    start(channel, on) {
      void load(channel, on)
    },
    get pending() {
      return pending
    },
    send: (frame) => say?.(frame),
    async close() {
      closed = true
      say = null
      let timer: NodeJS.Timeout | undefined
      const late = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, FAREWELL)
      })
      const ended = [...clients].map(async (client) => client.isReady && client.close())
      await Promise.race([Promise.allSettled(ended), late])
      clearTimeout(timer)
      for (const client of clients) {
        try {
          client.destroy()
        } catch {
          // It has ended already.
        }
      }
    },
  }
}

/** Ms before the next try: twice as long each time, and not all servers at once. */
function pauseBefore(tries: number): number {
  return Math.min(PAUSE.longest, PAUSE.first * 2 ** Math.min(tries, 10)) * (0.75 + Math.random() / 2)
}

/** What went wrong, in a word or a sentence. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const { code } = error as NodeJS.ErrnoException
  return code ?? error.message
}
