/** The live connection: how the server is, each second; new lines of its log; that plugins changed. */
import { signal } from '@preact/signals'
import type { ReadonlySignal } from '@preact/signals'
import { ADMIN_NAMESPACE } from '../../shared/admin.ts'
import type { LogLine, Vitals } from '../../shared/admin.ts'
import type { Api } from './api.ts'

/** Looks kept: two minutes of them. */
export const LOOKS = 120
/** Lines of the log kept. */
export const LINES = 500
/** Ms until a lost connection is tried again. */
const AGAIN = 3000

export interface Live {
  readonly on: ReadonlySignal<boolean>
  /** The last two minutes, oldest first. */
  readonly looks: ReadonlySignal<readonly Vitals[]>
  readonly lines: ReadonlySignal<readonly LogLine[]>
  /** Counts changes of plugins. */
  readonly pluginChanges: ReadonlySignal<number>
  /** Takes lines that were asked for otherwise. */
  takeLines(lines: readonly LogLine[]): void
  stop(): void
}

/** Adds lines that are newer than those known; the oldest are dropped. */
export function joinLines(known: readonly LogLine[], more: readonly LogLine[]): readonly LogLine[] {
  const last = known.at(-1)?.id ?? 0
  const fresh = more.filter(({ id }) => id > last)
  return fresh.length === 0 ? known : [...known, ...fresh].slice(-LINES)
}

/** Connects while the page is looked at, and again when the connection is lost. */
export function startLive(api: Pick<Api, 'get'>): Live {
  const on = signal(false)
  const looks = signal<readonly Vitals[]>([])
  const lines = signal<readonly LogLine[]>([])
  const pluginChanges = signal(0)
  let stopped = false
  let end = (): void => {}
  let timer: ReturnType<typeof setTimeout> | undefined

  const later = (): void => {
    on.value = false
    clearTimeout(timer)
    if (!stopped && document.visibilityState === 'visible') timer = setTimeout(begin, AGAIN)
  }

  async function connect(): Promise<void> {
    const [{ io }, { token }] = await Promise.all([
      import('socket.io-client'),
      api.get<{ token: string | null }>('api/live'),
    ])
    if (stopped) return
    const { origin, pathname } = new URL('../socket.io/', document.baseURI)
    // The token lasts minutes, so each connection gets a new one, and socket.io is not to try by itself.
    const socket = io(origin + ADMIN_NAMESPACE, {
      path: pathname,
      transports: ['polling', 'websocket'],
      auth: { token },
      reconnection: false,
      forceNew: true,
    })
    end = () => socket.disconnect()
    socket.on('connect', () => {
      on.value = true
    })
    socket.on('vitals', (now: Vitals) => {
      if (looks.peek().at(-1)?.time !== now.time) looks.value = [...looks.peek(), now].slice(-LOOKS)
    })
    socket.on('log', (more: readonly LogLine[]) => {
      lines.value = joinLines(lines.peek(), more)
    })
    socket.on('plugins', () => {
      pluginChanges.value += 1
    })
    socket.on('connect_error', later)
    socket.on('disconnect', later)
  }

  function begin(): void {
    end()
    connect().catch(later)
  }

  const look = (): void => {
    clearTimeout(timer)
    if (document.visibilityState === 'hidden') end()
    else if (!on.peek()) begin()
  }
  document.addEventListener('visibilitychange', look)
  begin()
  return {
    on,
    looks,
    lines,
    pluginChanges,
    takeLines(more) {
      lines.value = joinLines(lines.peek(), more)
    },
    stop() {
      stopped = true
      clearTimeout(timer)
      document.removeEventListener('visibilitychange', look)
      end()
    },
  }
}
