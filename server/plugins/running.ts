/** One plugin that is on: its declaration, its registrations, its settings; and what happens when it throws. */
import { additionsOf } from '../../shared/plugin.ts'
import type { Declaration, Fields, FieldValue, Values } from '../../shared/plugin.ts'
import { mayDecide } from '../../shared/plugin/fields.ts'
import type { PluginPads } from '../../shared/plugin/server.ts'
import type { BootPlugin, PadSettings } from '../../shared/settings.ts'
import type { FormatAdditions } from '../../shared/text/formats.ts'
import type { Gates } from '../access/gates.ts'
import type { Sessions } from '../access/sessions.ts'
import type { Access, People } from '../access/types.ts'
import { AppError } from '../errors.ts'
import type { LoginDesk } from '../http/login-desk.ts'
import type { Log } from '../log.ts'
import { StoreDown } from '../store/store.ts'
import type { Store } from '../store/store.ts'
import type { Sync } from '../sync/types.ts'
import { createContext } from './context.ts'
import { fieldsOf, guardedFormats, LOAD_LIMIT, loadServerHalf, within } from './declaration.ts'
import type { FoundPlugin } from './find.ts'
import type { Listening } from './messages.ts'
import { createRegistrations } from './registrations.ts'
import { settingsInPad } from './settings.ts'
import type { ResolvedSettings } from './settings.ts'
import { isAnswer } from './routes.ts'
import { pluginStore } from './storage.ts'

/** Ms a plugin may take to answer somebody who waits. */
const ASK_LIMIT = 20_000

/** What all plugins share. */
export interface House {
  readonly log: Log
  readonly store: Store
  readonly sync: Sync
  readonly people: Pick<People, 'identify'>
  readonly access: Access
  readonly gates: Gates
  readonly logins: Pick<LoginDesk, 'add'>
  readonly accounts: Pick<Sessions, 'factsNow'>
  readonly pads: PluginPads
  /** What a pad's owner decided, as far as it is in memory. */
  readonly padSettings: (pad: string) => PadSettings
  readonly exposeVersion: boolean
  readonly startLimit?: number
  setSetting(name: string, key: string, value: FieldValue): Promise<void>
  /** A plugin threw and is off now. */
  failed(name: string, error: string): void
  limitsChanged(): void
}

export interface Running extends Listening {
  readonly found: FoundPlugin
  readonly declaration: Declaration
  readonly formats: FormatAdditions | null
  readonly settings: ResolvedSettings
  /** It threw: what it registered is undone, only limits on access stay until it is stopped. */
  readonly broken: boolean
  readonly refusals: number
  setSettings(settings: ResolvedSettings): void
  failed(error: unknown): void
  /** Undoes everything. */
  stop(): void
  /** A page has a use for it: code or styles, formats, or settings that people decide there. */
  readonly inPages: boolean
  /** As a page knows it. */
  boot(): BootPlugin
}

/** Makes a plugin of a declaration and runs its server half. @throws what that throws; then all is undone */
export async function startPlugin(
  found: FoundPlugin,
  declaration: Declaration,
  settings: ResolvedSettings,
  house: House,
): Promise<Running> {
  const { name, title, version } = found.facts
  const fields = fieldsOf(declaration)
  const registrations = createRegistrations()
  const limits = new Set<() => void>()
  let now = settings
  let broken = false
  let refusals = 0

  async function run(work: () => unknown): Promise<void> {
    try {
      await work()
    } catch (error) {
      failed(error)
    }
  }

  async function ask<T>(work: () => T | Promise<T>): Promise<T> {
    try {
      return await within(Promise.resolve().then(work), ASK_LIMIT, 'it took too long to answer')
    } catch (error) {
      if (isAnswer(error)) throw error
      failed(error)
      throw new AppError('internal', 'The fault is ours. It has been noted; trying again may help.', {
        cause: error,
      })
    }
  }

  function failed(error: unknown): void {
    if (error instanceof StoreDown) {
      house.log.warn('a plugin could not reach the database', { plugin: name, error: error.message })
      return
    }
    if (broken) return
    broken = true
    registrations.close()
    house.log.error('a plugin failed and is switched off', {
      plugin: name,
      error: error instanceof Error ? (error.stack ?? error.message) : String(error),
    })
    house.failed(name, sentenceOf(error))
  }

  function stop(): void {
    registrations.close()
    for (const undo of Array.from(limits)) undo()
  }

  const inPad = (pad?: string): Values<Fields> =>
    pad === undefined ? now.values : settingsInPad(fields, now.values, house.padSettings(pad).plugins[name])

  const additions = additionsOf(declaration)
  const server = await loadServerHalf(found)
  if (server !== null) {
    const context = createContext({
      declaration,
      registrations,
      log: house.log,
      people: house.people,
      access: house.access,
      sync: house.sync,
      gates: house.gates,
      logins: house.logins,
      accounts: house.accounts,
      store: pluginStore(name, house.store),
      pads: house.pads,
      settings: inPad,
      setSetting: (key, value) => house.setSetting(name, key, value),
      run,
      ask,
      failed,
      limitsChanged: () => house.limitsChanged(),
      keepLimit(undo) {
        const once = (): void => {
          if (limits.delete(once)) undo()
        }
        limits.add(once)
        return once
      },
    })
    try {
      await within(
        Promise.resolve(server(context)),
        house.startLimit ?? LOAD_LIMIT,
        'its server half took too long to start',
      )
    } catch (error) {
      registrations.close()
      // A plugin that limits access and does not start lets nobody past what it already said.
      if (error instanceof StoreDown || limits.size === 0) {
        stop()
        throw error
      }
      failed(error)
    }
  }

  return {
    found,
    declaration,
    registrations,
    formats: additions === null ? null : guardedFormats(additions, failed),
    inPages:
      found.page || additions !== null || Object.values(fields).some((field) => mayDecide('pad', field)),
    get settings() {
      return now
    },
    get broken() {
      return broken
    },
    get refusals() {
      return refusals
    },
    refused: () => void refusals++,
    setSettings(next) {
      now = next
      for (const changed of Array.from(registrations.settingsListeners)) void run(changed)
      if (limits.size > 0) house.limitsChanged()
    },
    run,
    failed,
    stop,
    boot: () => ({
      name,
      title,
      version: found.source === 'bundled' && !house.exposeVersion ? '' : version,
      settings: now.open,
      ...(found.files === null ? {} : { files: found.files }),
    }),
  }
}

/** An error in a sentence for the administrator. */
export function sentenceOf(error: unknown): string {
  if (!(error instanceof Error)) return `It threw ${String(error).slice(0, 300)}.`
  const words = error instanceof RangeError ? error.message : `${error.name}: ${error.message}`
  return words.slice(0, 500)
}
