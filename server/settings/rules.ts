/** Rules between settings, and what follows from one for another. */
import { existsSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import type { Fault } from './check.ts'
import type { Settings } from './schema.ts'

/** What our own pages need of socket.io, in bytes. */
const LEAST_BUFFER = 1_000_000
/** Etherpad's defaults over the years, which nobody chose. */
const OLD_BUFFERS: readonly number[] = [10_000, 50_000]
/** Messages of ours for one change as Etherpad counts them: cursors count too, and words come as they are typed. */
const MESSAGES_A_CHANGE = 10
/** Fewer messages a second would stop one person typing. */
const LEAST_RATE = 30
const FREE = 1_000_000

/** The settings as the server takes them, what is wrong between them, and what to say about them. */
export interface Adjusted {
  settings: Settings
  faults: readonly Fault[]
  notes: readonly string[]
  warnings: readonly string[]
}

/** Applies the rules. `root` is the project's folder. `isSet` says whether anybody set a key. */
export function adjust(given: Settings, root: string, isSet: (key: string) => boolean): Adjusted {
  const faults: Fault[] = []
  const notes: string[] = []
  const warnings: string[] = []
  if (given.requireAuthorization && !given.requireAuthentication)
    warnings.push('requireAuthorization is true, and says nothing while requireAuthentication is false')
  const { key, cert } = given.ssl
  if ((key === null) !== (cert === null)) {
    const missing = key === null ? 'key' : 'cert'
    faults.push({
      path: ['ssl', missing],
      line: `ssl.${missing} is null; allowed is the name of a file, because ssl.${missing === 'key' ? 'cert' : 'key'} names one`,
    })
  }
  const wide = given.socketIo.maxHttpBufferSize
  if (wide < LEAST_BUFFER && !OLD_BUFFERS.includes(wide))
    notes.push(`socketIo.maxHttpBufferSize is ${wide}; ${LEAST_BUFFER} is used, which our pages need`)
  if (skinsWithoutEffect(given).length > 0)
    notes.push(
      `skinVariants: ${skinsWithoutEffect(given).join(' ')} has no effect here: only a dark editor and full-width-editor do`,
    )
  const favicon = faviconOf(given, root, warnings)
  const limits = limitsOf(given, isSet, notes)
  if (given.loadTest)
    warnings.push('loadTest is true: rates and connections are not limited; never on a public server')
  return {
    settings: {
      ...given,
      favicon,
      limits,
      ipLogging: given.disableIPlogging ? 'anonymous' : given.ipLogging,
      socketIo: { ...given.socketIo, maxHttpBufferSize: Math.max(wide, LEAST_BUFFER) },
      ssl: {
        key: key === null ? null : resolve(root, key),
        cert: cert === null ? null : resolve(root, cert),
        ca: given.ssl.ca.map((file) => resolve(root, file)),
      },
      dbSettings: databaseOf(given, root),
    },
    faults,
    notes,
    warnings,
  }
}

/** A file may come later; Etherpad's old files name a `favicon.ico` of its own, which is not here. */
function faviconOf({ favicon }: Settings, root: string, warnings: string[]): string | null {
  if (favicon === null || /^https?:\/\//i.test(favicon) || existsSync(resolve(root, favicon))) return favicon
  if (favicon === 'favicon.ico') return null
  warnings.push(`favicon: ${resolve(root, favicon)} is not there; pages have no mark until it is`)
  return favicon
}

function skinsWithoutEffect({ skinVariants }: Settings): string[] {
  return skinVariants.filter(
    (word) =>
      !/^(super-)?(light-(toolbar|editor|background)|dark-editor)$|^full-width-editor$/.test(word) &&
      !(/^(super-)?dark-/.test(word) && isDark(skinVariants)),
  )
}

/** Do these variants of Etherpad's skin make the text dark? */
export function isDark(variants: readonly string[]): boolean {
  return variants.some((word) => /^(super-)?dark-editor$/.test(word))
}

function limitsOf(given: Settings, isSet: (key: string) => boolean, notes: string[]): Settings['limits'] {
  const { duration, points } = given.commitRateLimiting
  let { limits } = given
  if ((duration !== 1 || points !== 10) && !isSet('limits.messageRate')) {
    const rate = Math.max(LEAST_RATE, Math.round((points / duration) * MESSAGES_A_CHANGE))
    limits = { ...limits, messageRate: rate, messageBurst: Math.max(limits.messageBurst, 3 * rate) }
    notes.push(
      `commitRateLimiting counts Etherpad's changes, of which ours are smaller and more; it makes limits.messageRate ${rate}`,
    )
  }
  if (!given.loadTest) return limits
  const free = { messageRate: FREE, messageBurst: FREE, byteRate: FREE * 1000, byteBurst: FREE * 1000 }
  return {
    ...limits,
    ...free,
    connectionsPerAuthor: FREE,
    connectionsPerAddress: FREE,
    connectionsPerPad: FREE,
  }
}

function databaseOf({ dbSettings }: Settings, root: string): Settings['dbSettings'] {
  const { filename, url } = dbSettings
  // Etherpad's files are no SQLite files; ours stands beside them.
  const own = /(^|\/)(dirty|rusty)\.db$/.test(filename) ? join(dirname(filename), 'inkpad.db') : filename
  const file = { ...dbSettings, filename: resolve(root, own) }
  if (url === null) return file
  const { hostname, port, username, password, pathname } = new URL(url)
  const database = decodeURIComponent(pathname.slice(1))
  return {
    ...file,
    host: hostname.replace(/^\[(.*)\]$/, '$1'),
    ...(port === '' ? {} : { port: Number(port) }),
    ...(username === '' ? {} : { user: decodeURIComponent(username) }),
    ...(password === '' ? {} : { password: decodeURIComponent(password) }),
    ...(database === '' ? {} : { database }),
  }
}
