/**
 * Third parties' plugins on the disk: `var/plugins/NAME/VERSION-DIGEST/` is a folder npm installed into, and
 * `var/plugins/NAME/installed.json` names the one in use. A version that was installed is never changed, so what is
 * loaded or fetched from there stays what it is; the version before stays for pages that still use it.
 */
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { isPluginName } from '../../shared/plugin.ts'
import { AppError } from '../errors.ts'
import { isTree } from '../settings/substitute.ts'
import { searchCatalog } from './catalog.ts'
import type { FoundPlugin } from './find.ts'
import { INSTALL_OPTIONS, npmFailure } from './npm.ts'
import type { Npm } from './npm.ts'
import { digestOf, isPackageName, readPackage } from './package-facts.ts'
import type { PackageLookup } from './package-files.ts'
import type { PluginPackage } from './package-facts.ts'
import { orderOf } from './package-order.ts'
import type { Order } from './package-order.ts'
import type { CatalogAnswer } from './types.ts'

export interface Packages {
  /** Where they are. */
  readonly folder: string
  /** Those that are installed, by name. Cheap enough to ask every few seconds. */
  find(): readonly FoundPlugin[]
  /** @throws AppError `badRequest` with what is wrong; then nothing changed. `taken` are names of bundled plugins. */
  install(what: string, taken: ReadonlySet<string>): Promise<FoundPlugin>
  update(name: string): Promise<FoundPlugin>
  remove(name: string): Promise<void>
  search(words: string): Promise<CatalogAnswer>
  /** Of any version that is here, in use or not. */
  readonly lookup: PackageLookup
}

/** What `installed.json` says. */
interface Installed {
  /** Folder of the version in use. */
  version: string
  package: string
  /** It came from a registry by its name, not from a file. */
  registry: boolean
}

const STAGING = '.staging-'
/** Ms after which a staging folder was left by a process that died. */
const STALE = 3_600_000

/** What packages need. */
export interface PackagesParts {
  /** Need not exist. */
  folder: string
  /** Our own `node_modules`, whose libraries server halves share. */
  libraries: string
  npm: Npm
  /** The registry may be searched. */
  catalog: boolean
  warn: (message: string) => void
}

/** The plugins in a folder. */
export function createPackages(parts: PackagesParts): Packages {
  const { folder, npm, warn } = parts
  /** Packages read, by their folder; a folder never changes. */
  const known = new Map<string, PluginPackage | null>()
  let queue: Promise<unknown> = Promise.resolve()

  const inOrder = <T>(work: () => Promise<T>): Promise<T> => {
    const next = queue.then(work)
    queue = next.catch(() => {})
    return next
  }

  function installed(name: string): Installed | null {
    const file = join(folder, name, 'installed.json')
    if (!existsSync(file)) return null
    try {
      const content: unknown = JSON.parse(readFileSync(file, 'utf8'))
      if (!isTree(content)) return null
      const { version, package: own, registry } = content
      if (typeof version !== 'string' || typeof own !== 'string' || !isPackageName(own)) return null
      return { version, package: own, registry: registry === true }
    } catch {
      return null
    }
  }

  function read(name: string): FoundPlugin | null {
    const entry = installed(name)
    if (entry === null) return null
    const home = homeOf(folder, name, entry)
    const found = readOnce(name, home)
    return found === null ? null : foundPlugin(home, entry, found)
  }

  function readOnce(name: string, home: string): PluginPackage | null {
    let found = known.get(home)
    if (found === undefined) {
      try {
        found = readPackage(home)
      } catch (error) {
        warn(`var/plugins/${name}: ${error instanceof Error ? error.message : String(error)}`)
        found = null
      }
      known.set(home, found)
    }
    return found
  }

  async function put(order: Order, taken: ReadonlySet<string>): Promise<FoundPlugin> {
    return inStaging(async (staging) => {
      writeFileSync(join(staging, 'package.json'), '{"private":true}')
      const result = await npm(['install', order.spec, '--prefix', staging, ...INSTALL_OPTIONS], staging)
      if (result.code !== 0) throw npmFailure(order.package ?? order.spec, result)
      const own = onlyDependency(staging)
      const home = join(staging, 'node_modules', ...own.split('/'))
      const { facts } = checked(own, () => readPackage(home))
      if (taken.has(facts.name)) throw new AppError('badRequest', `${facts.name} comes with Inkpad.`)
      const version = `${facts.version}-${checked(own, () => digestOf(home))}`
      rmSync(join(staging, '.cache'), { recursive: true, force: true })
      settle(facts.name, staging, { version, package: own, registry: order.registry })
      const found = read(facts.name)
      if (found === null) throw new AppError('internal', `${facts.name} is not where it was put.`)
      return found
    })
  }

  /** Gives npm a folder of its own, which goes afterwards. */
  async function inStaging<T>(work: (staging: string) => Promise<T>): Promise<T> {
    const staging = writable(folder, () => {
      mkdirSync(folder, { recursive: true })
      shareLibraries(folder, parts.libraries)
      clearStaging(folder)
      return mkdtempSync(join(folder, STAGING))
    })
    try {
      return await work(staging)
    } finally {
      rmSync(staging, { recursive: true, force: true })
    }
  }

  /** Puts what npm made into its place and makes it the version in use. */
  function settle(name: string, staging: string, entry: Installed): void {
    const before = installed(name)
    const place = join(folder, name, entry.version)
    mkdirSync(join(folder, name), { recursive: true })
    if (!existsSync(place)) {
      // The server may run as another user than the command line.
      chmodSync(staging, 0o755)
      renameSync(staging, place)
    }
    const draft = join(folder, name, `installed.${process.pid}.new`)
    writeFileSync(draft, JSON.stringify(entry))
    renameSync(draft, join(folder, name, 'installed.json'))
    const kept = new Set([entry.version, before?.version])
    for (const old of readdirSync(join(folder, name), { withFileTypes: true }))
      if (old.isDirectory() && !kept.has(old.name)) {
        rmSync(join(folder, name, old.name), { recursive: true, force: true })
      }
  }

  return {
    folder,
    find() {
      if (!existsSync(folder)) return []
      return readdirSync(folder)
        .filter(isPluginName)
        .sort()
        .flatMap((name) => read(name) ?? [])
    },
    install: (what, taken) => inOrder(async () => put(orderOf(what), taken)),
    update: (name) =>
      inOrder(async () => {
        const entry = isPluginName(name) ? installed(name) : null
        if (entry === null) throw new AppError('notFound', `${name} is not installed here.`)
        if (!entry.registry)
          throw new AppError(
            'badRequest',
            `${name} was installed from a file; install the newer file instead.`,
          )
        return put({ spec: `${entry.package}@latest`, package: entry.package, registry: true }, new Set())
      }),
    remove: (name) =>
      inOrder(async () => {
        if (!isPluginName(name) || installed(name) === null)
          throw new AppError('notFound', `${name} is not installed here.`)
        rmSync(join(folder, name), { recursive: true, force: true })
        known.clear()
      }),
    lookup(name, version) {
      const entry = installed(name)
      const home = entry === null ? null : homeOf(folder, name, { ...entry, version })
      if (home === null || !existsSync(home)) return null
      const found = readOnce(name, home)
      return found === null ? null : { home, files: found.files }
    },
    async search(words) {
      if (!parts.catalog)
        return { state: 'off', why: 'The settings (privacy.pluginCatalog) do not allow to ask the registry.' }
      const versions = new Map(this.find().map((found) => [found.package?.name ?? '', found.facts.version]))
      return inStaging((staging) => searchCatalog(npm, staging, words, versions))
    },
  }
}

/** The package's own folder in an installation. */
function homeOf(folder: string, name: string, entry: Installed): string {
  return join(folder, name, entry.version, 'node_modules', ...entry.package.split('/'))
}

function foundPlugin(home: string, entry: Installed, { facts, block, files }: PluginPackage): FoundPlugin {
  const address = (path: string): string => `plugin-files/${facts.name}/${entry.version}/${path}`
  const optional = (path: string | null): string | null => (path === null ? null : address(path))
  return {
    facts,
    source: 'package',
    block,
    mark: entry.version,
    shared: join(home, files.shared),
    server: files.server === null ? null : join(home, files.server),
    page: files.client !== null || files.style !== null,
    locales: files.locales === null ? null : join(home, files.locales),
    files: {
      shared: address(files.shared),
      client: optional(files.client),
      style: optional(files.style),
      locales: optional(files.locales),
    },
    package: { name: entry.package, registry: entry.registry },
  }
}

/** Runs what writes into the folder. @throws AppError that says what to do when that is not possible */
function writable<T>(folder: string, work: () => T): T {
  try {
    return work()
  } catch (error) {
    throw new AppError(
      'badRequest',
      `Plugins cannot be put into ${folder} (${(error as NodeJS.ErrnoException).code ?? String(error)}); let Inkpad write there, or name another folder (PLUGIN_FOLDER).`,
      { cause: error },
    )
  }
}

/** Node looks for libraries in the folders above; where ours are not there, a link leads to them. */
function shareLibraries(folder: string, libraries: string): void {
  const link = join(folder, 'node_modules')
  if (!relative(dirname(libraries), folder).startsWith('..') || existsSync(link)) return
  symlinkSync(libraries, link, 'dir')
}

function onlyDependency(staging: string): string {
  const content: unknown = JSON.parse(readFileSync(join(staging, 'package.json'), 'utf8'))
  const names = isTree(content) && isTree(content.dependencies) ? Object.keys(content.dependencies) : []
  const [name] = names
  if (name === undefined || !isPackageName(name))
    throw new AppError('badRequest', 'npm installed no package.')
  return name
}

function checked<T>(name: string, work: () => T): T {
  try {
    return work()
  } catch (error) {
    if (error instanceof RangeError)
      throw new AppError('badRequest', `${name} cannot be used: ${error.message}.`, { cause: error })
    throw error
  }
}

function clearStaging(folder: string): void {
  for (const name of readdirSync(folder))
    if (name.startsWith(STAGING) && Date.now() - statSync(join(folder, name)).mtimeMs > STALE)
      rmSync(join(folder, name), { recursive: true, force: true })
}
