/** The context a plugin's server half gets: everything it may do, each registration with its undo. */
import { LEVELS } from '../../shared/access.ts'
import { isPadName } from '../../shared/ids.ts'
import type { Declaration, Fields, FieldValue, Off, Values } from '../../shared/plugin.ts'
import type { PluginPads, PluginStore, ServerContext } from '../../shared/plugin/server.ts'
import type { Gates } from '../access/gates.ts'
import type { Sessions } from '../access/sessions.ts'
import type { Access, People, Proved } from '../access/types.ts'
import { AppError } from '../errors.ts'
import type { LoginDesk } from '../http/login-desk.ts'
import type { Log } from '../log.ts'
import type { Sync } from '../sync/types.ts'
import { show } from './facts.ts'
import type { Registrations } from './registrations.ts'

/** Bytes of a message the server says, as JSON. */
const MESSAGE_LIMIT = 64 * 1024
/** Least ms between two runs of repeated work. */
const LEAST_EVERY = 1000

/** What a context is made from. */
export interface ContextParts {
  declaration: Declaration
  registrations: Registrations
  log: Log
  people: Pick<People, 'identify'>
  access: Access
  sync: Pick<Sync, 'tellEverywhere'>
  gates: Gates
  logins: Pick<LoginDesk, 'add'>
  accounts: Pick<Sessions, 'factsNow'>
  store: PluginStore
  pads: PluginPads
  /** In a pad: with what its owner decided over them. */
  settings(pad?: string): Values<Fields>
  setSetting(key: string, value: FieldValue): Promise<void>
  /** Runs what is the plugin's; what it throws is the plugin's failure. */
  run(work: () => unknown): Promise<void>
  /** The same where an answer is wanted. @throws what it throws that says what is wrong with a request, else AppError `internal` */
  ask<T>(work: () => T | Promise<T>): Promise<T>
  failed(error: unknown): void
  /** A limit came or went. */
  limitsChanged(): void
  /** Keeps the undo of a limit, which outlasts a failure of the plugin. */
  keepLimit(undo: Off): Off
}

/** The context of one run of a plugin's server half. */
export function createContext(parts: ContextParts): ServerContext {
  const { declaration, registrations, access, log } = parts
  const { name } = declaration
  const said = (level: keyof Log) => (message: string, facts?: object) =>
    log[level](message, { plugin: name, ...facts })

  function declared(message: string): void {
    if (!Object.hasOwn(declaration.messages ?? {}, message))
      throw new RangeError(`the message ${show(message)} is not declared`)
  }

  return {
    name,
    settings: (pad) => parts.settings(pad),
    onSettings: (changed) => registrations.onSettings(changed),
    log: { debug: said('debug'), info: said('info'), warn: said('warn'), error: said('error') },
    routes: registrations.routes,

    async personOf({ headers: { cookie } }) {
      return cookie === undefined ? null : parts.people.identify({ cookie })
    },

    async level(pad, person) {
      if (!isPadName(pad) || !(await parts.pads.exists(pad))) return 'none'
      try {
        return (await access.enter(pad, person)).level
      } catch (error) {
        if (error instanceof AppError && error.status < 500) return 'none'
        throw error
      }
    },

    on: (event, listener) => registrations.on(event, listener),

    allow(limit) {
      if (registrations.closed) return () => {}
      const off = parts.gates.add((person, pad) => {
        try {
          const answer = limit(person, pad)
          if (answer === undefined || LEVELS.includes(answer)) return answer
          throw new RangeError(`allow answered ${show(answer)}; allowed is ${LEVELS.join(', ')} or undefined`)
        } catch (error) {
          // Who decides about access and cannot, lets nobody in.
          parts.failed(error)
          return 'none'
        }
      })
      parts.limitsChanged()
      return parts.keepLimit(() => {
        off()
        parts.limitsChanged()
      })
    },

    login(provider) {
      const login = parts.logins.add(name, provider, (work) => parts.ask(work))
      return { ...login, off: registrations.keep(login.off) }
    },
    signedIn: (person: Proved | null) =>
      person === null ? null : parts.accounts.factsNow(person.through ?? person.author),

    receive(message, listener) {
      declared(message)
      return registrations.receive(message, listener)
    },

    send(pad, message, payload, to) {
      declared(message)
      if (registrations.closed) return
      if (Buffer.byteLength(JSON.stringify(payload) ?? '') > MESSAGE_LIMIT)
        throw new RangeError(`the message ${message} has more than ${MESSAGE_LIMIT} bytes`)
      parts.sync.tellEverywhere(
        `p/${pad}`,
        { type: 'plugin', plugin: name, name: message, from: null, payload },
        to,
      )
    },

    startData: (give) => registrations.startData(give),
    frames: (give) => registrations.frames(give),
    holds: (has) => registrations.holds(has),
    store: parts.store,
    pads: parts.pads,

    every(every, work) {
      const pause = Math.max(LEAST_EVERY, every)
      let timer: NodeJS.Timeout | undefined
      let over = false
      const later = (): void => {
        timer = setTimeout(() => void once(), pause).unref()
      }
      const once = async (): Promise<void> => {
        await parts.run(work)
        if (!over) later()
      }
      later()
      return registrations.keep(() => {
        over = true
        clearTimeout(timer)
      })
    },

    setSetting: (key, value) => parts.setSetting(key, value),
  }
}
