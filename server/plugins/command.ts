/** `npm run plugin -- ...`: plugins from the command line, on the server's own database and folder, whether it runs or not. */
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { AppError } from '../errors.ts'
import { silent } from '../log.ts'
import { loadSettings } from '../settings/load.ts'
import type { Environment } from '../settings/substitute.ts'
import { openStore } from '../store/index.ts'
import { StoreDown } from '../store/store.ts'
import type { Store } from '../store/store.ts'
import { decideOn, forgetDecisions, readDecisions } from './decisions.ts'
import { findBundled, readKnownNames } from './find.ts'
import type { FoundPlugin, KnownNames } from './find.ts'
import { createNpm } from './npm.ts'
import { createPackages } from './packages.ts'
import type { Packages } from './packages.ts'
import { namedPlugins, namesOfOurs, saidOfNames, shouldBeOn } from './wanted.ts'

/** What the command needs of its surroundings. */
export interface Surroundings {
  env: Environment
  /** Folder of the project. */
  root: string
  /** Folder of the plugins that come with Inkpad, as they were built. */
  bundled: string
  /** Folder that names of files begin in. */
  cwd: string
  out: (line: string) => void
  err: (line: string) => void
}

/** What the command works on. */
interface CommandParts {
  store: Pick<Store, 'pluginValues' | 'savePluginValue' | 'removePluginValue' | 'removePluginValues'>
  packages: Packages
  bundled: readonly FoundPlugin[]
  known: KnownNames
  /** Names that the settings switch on. */
  named: readonly string[]
  say: (line: string) => void
}

const USAGE = `npm run plugin -- COMMAND
  list                   plugins that are here, and which are on
  search [WORDS]         plugins in the npm registry
  install WHAT           a plugin's name, NAME@VERSION, a packed .tgz or a folder; it is switched on
  update NAME            the newest version of one that came from the registry
  enable NAME            switch on
  disable NAME           switch off; content and settings stay
  known NAME...          says which of these names there are not, without a database
  remove NAME [--data]   delete an installed one; with --data also its settings and what it kept
  --settings FILE        another settings file than settings.json, as for the server
A server that runs follows within a few seconds.`

/** Options that name a file, as the server takes them. */
const FILES = /^(--settings|-s|--credentials)$/

/** Runs the command; gives the exit code. */
export async function pluginCommand(args: readonly string[], around: Surroundings): Promise<number> {
  const { env, root, out, err } = around
  const words = args.filter(
    (arg, at) => !FILES.test(arg) && !arg.startsWith('--settings=') && !FILES.test(args[at - 1] ?? ''),
  )
  const [command = 'help', what = '', ...rest] = words
  if (['help', '--help', '-h'].includes(command)) {
    out(USAGE)
    return 0
  }
  if (command === 'known') {
    const { notes, warnings } = saidOfNames(
      words.slice(1),
      findBundled(around.bundled, versionIn(root), err),
      readKnownNames(around.bundled),
    )
    for (const sentence of [...notes, ...warnings]) out(sentence)
    return 0
  }
  let store: Store | null = null
  try {
    const { settings } = loadSettings({ args, env, root })
    store = openStore({ dbType: settings.dbType, ...settings.dbSettings }, silent)
    await store.open()
    const packages = createPackages({
      folder: resolve(root, settings.pluginFolder),
      libraries: join(root, 'node_modules'),
      npm: createNpm(env),
      catalog: settings.privacy.pluginCatalog,
      warn: err,
    })
    await runPluginCommand(command, isPath(what) ? resolve(around.cwd, what) : what, rest, {
      store,
      packages,
      bundled: findBundled(around.bundled, versionIn(root), err),
      known: readKnownNames(around.bundled),
      named: namedPlugins(settings.plugins, env),
      say: out,
    })
    return 0
  } catch (error) {
    if (!(error instanceof AppError || error instanceof StoreDown)) throw error
    err(error.message)
    return 1
  } finally {
    await store?.close()
  }
}

function isPath(what: string): boolean {
  return /^\.{1,2}[\\/]/.test(what) || /\.t(ar\.)?gz$/.test(what)
}

function versionIn(root: string): string {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version?: unknown }
  return String(version)
}

/** Carries a command out. @throws AppError with a sentence */
async function runPluginCommand(
  command: string,
  what: string,
  rest: readonly string[],
  parts: CommandParts,
): Promise<void> {
  const { store, packages, say } = parts
  const all = (): readonly FoundPlugin[] => [...parts.bundled, ...packages.find()]
  const known = (name: string): FoundPlugin => {
    const plugin = all().find(({ facts }) => facts.name === name)
    if (plugin === undefined) throw new AppError('notFound', `There is no plugin ${name} here.`)
    return plugin
  }
  const version = ({ facts }: FoundPlugin): string => `${facts.name} ${facts.version}`

  switch (command) {
    case 'list': {
      const decisions = await readDecisions(store)
      const named = new Set(namesOfOurs(parts.named, parts.known))
      for (const plugin of all()) {
        const on = shouldBeOn(plugin, named, decisions.on) ? 'on ' : 'off'
        say(
          `${on}  ${version(plugin)}${plugin.source === 'package' ? ' (installed)' : ''}  ${plugin.facts.title}`,
        )
      }
      return
    }
    case 'search': {
      const answer = await packages.search([what, ...rest].join(' '))
      if (answer.state !== 'found') throw new AppError('badRequest', answer.why)
      if (answer.entries.length === 0) say('No plugin was found.')
      for (const entry of answer.entries)
        say(`${entry.name} ${entry.version}${entry.installed === null ? '' : ' (installed)'}  ${entry.about}`)
      return
    }
    case 'install': {
      const found = await packages.install(what, new Set(parts.bundled.map(({ facts }) => facts.name)))
      await decideOn(store, found.facts.name, true)
      say(`${version(found)} is installed and switched on.`)
      return
    }
    case 'update':
      say(`${version(await packages.update(what))} is installed.`)
      return
    case 'enable':
    case 'disable':
      await decideOn(store, known(what).facts.name, command === 'enable')
      say(`${what} is switched ${command === 'enable' ? 'on' : 'off'}.`)
      return
    case 'remove': {
      if (known(what).source === 'bundled')
        throw new AppError('badRequest', `${what} comes with Inkpad; it can be switched off.`)
      await decideOn(store, what, null)
      await packages.remove(what)
      if (rest.includes('--data')) {
        await forgetDecisions(store, what)
        await store.removePluginValues(what)
      }
      say(`${what} is removed.`)
      return
    }
    default:
      throw new AppError('badRequest', `There is no command ${command}.\n${USAGE}`)
  }
}
