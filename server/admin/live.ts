/** The live connection of the administrator's page, over socket.io, because every proxy passes that (A12). */
import type { Socket } from 'socket.io'
import { ADMIN_NAMESPACE } from '../../shared/admin.ts'
import type { Log } from '../log.ts'
import type { LogTail } from '../log-tail.ts'
import type { Plugins } from '../plugins/types.ts'
import type { Sync } from '../sync/types.ts'
import type { AdminGate } from './gate.ts'
import type { VitalSigns } from './vitals.ts'

/** Pages at once. */
const MOST = 50

/** Accepts pages that show a token of the gate; each gets how the server is every second, new lines of the log, and word of plugins that changed. */
export function serveLive(parts: {
  sync: Pick<Sync, 'namespace'>
  gate: AdminGate
  vitals: VitalSigns
  tail: LogTail
  log: Log
  plugins: Pick<Plugins, 'list'>
}): void {
  const { gate, vitals, tail, log } = parts
  /** How the plugins are, to compare. */
  const pluginsNow = (): string =>
    parts.plugins
      .list()
      .map(({ facts, state, error, decided }) => [facts.name, facts.version, state, error, decided].join(' '))
      .join('\n')
  let open = 0
  const welcome = async (socket: Socket): Promise<void> => {
    const { token } = socket.handshake.auth as Record<string, unknown>
    const user = typeof token === 'string' ? await gate.sessions.liveHolder(token) : null
    if (user === null || !(await gate.still(user)) || open >= MOST || socket.disconnected) {
      socket.disconnect(true)
      return
    }
    open += 1
    let told = tail.since(0).at(-1)?.id ?? 0
    let plugins = pluginsNow()
    let looking = false
    const stop = vitals.watch((now) => {
      if (!looking) {
        looking = true
        const look = async (): Promise<void> => {
          if (!(await gate.still(user))) socket.disconnect(true)
        }
        look()
          .catch(() => {})
          .finally(() => (looking = false))
      }
      socket.volatile.emit('vitals', now)
      const lines = tail.since(told)
      told = lines.at(-1)?.id ?? told
      if (lines.length > 0) socket.emit('log', lines)
      const next = pluginsNow()
      if (next !== plugins) socket.emit('plugins')
      plugins = next
    })
    socket.on('disconnect', () => {
      open -= 1
      stop()
    })
    socket.emit('vitals', vitals.now)
  }
  parts.sync.namespace(ADMIN_NAMESPACE, (socket) => {
    welcome(socket).catch((error: unknown) => {
      log.warn('an administrator’s live connection failed', { error: String(error) })
      socket.disconnect(true)
    })
  })
}
