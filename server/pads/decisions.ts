/** What the owner of a pad decided for everybody (SPEC-pads P40 to P43). */
import { NO_PAD_SETTINGS, readPadSettings } from '../../shared/settings.ts'
import type { PadSettings } from '../../shared/settings.ts'
import type { Log } from '../log.ts'
import type { Store } from '../store/store.ts'
import type { Speaker, Sync } from '../sync/types.ts'
import { padOf } from './following.ts'
import type { Following } from './following.ts'

export interface Decisions {
  /** What counts in a pad. @throws StoreDown */
  of(pad: string): Promise<PadSettings>
  /** What counts in a pad somebody has open here, as far as it is known; no decisions in any other. */
  now(pad: string): PadSettings
  /** Called after they changed in an open pad. */
  onChange(changed: (pad: string) => void): () => void
  close(): void
}

interface DecisionParts {
  store: Pick<Store, 'padValues' | 'savePadValue'>
  sync: Pick<Sync, 'listen' | 'tell'>
  following: Following
  log: Log
  /** The setting `enablePadWideSettings`. */
  enabled: boolean
  /** The setting `enablePluginPadOptions`: what owners decide of plugins counts. */
  ofPlugins: boolean
}

/** The decisions of an open pad. */
interface Kept {
  settings: PadSettings
  /** What is decided of plugins, whether it counts or not. */
  plugins: PadSettings['plugins']
  /** {@link PadValue.time} up to which they are known. */
  changed: number
}

const NAME = 'settings'

/** Begins to serve the owners' decisions. */
export function createDecisions(parts: DecisionParts): Decisions {
  const { store, sync, following, log, enabled, ofPlugins } = parts
  const open = new Map<string, Kept>()
  const listeners = new Set<(pad: string) => void>()

  async function read(pad: string): Promise<Kept> {
    const values = await store.padValues(`p/${pad}`)
    const value = values.find(({ name }) => name === NAME)?.value
    const settings = value === undefined ? NO_PAD_SETTINGS : readPadSettings(parse(value))
    return {
      settings: ofPlugins ? settings : { ...settings, plugins: {} },
      plugins: settings.plugins,
      changed: values.reduce((latest, { time }) => Math.max(latest, time), 0),
    }
  }

  /** Reads an open pad's decisions again, and tells them when they are others. */
  async function refresh(pad: string): Promise<PadSettings> {
    const before = open.get(pad)
    const next = await read(pad)
    if (!following.isOpen(pad)) return next.settings
    // Of two readings under way the later state counts, whichever comes last.
    const now = open.get(pad)
    if (now !== undefined && now.changed > next.changed) return now.settings
    open.set(pad, next)
    if (before !== undefined && JSON.stringify(before.settings) !== JSON.stringify(next.settings))
      tell(pad, next.settings)
    return next.settings
  }

  function tell(pad: string, settings: PadSettings): void {
    for (const document of [`p/${pad}`, `b/${pad}`]) sync.tell(document, { type: 'padSettings', settings })
    for (const changed of listeners) changed(pad)
  }

  async function decide(from: Speaker, settings: PadSettings): Promise<void> {
    const refuse = (why: string): void => from.tell({ type: 'refused', what: 'padSettings', why })
    if (!enabled) refuse('off')
    else if (from.level !== 'own') refuse('notOwner')
    else {
      const pad = padOf(from.document)
      try {
        await known(pad)
        const whole = ofPlugins ? settings : { ...settings, plugins: (await read(pad)).plugins }
        const value = { name: NAME, value: JSON.stringify(whole), time: Date.now() }
        if (await store.savePadValue(`p/${pad}`, value, false)) await refresh(pad)
        else refuse('gone')
      } catch (error) {
        log.warn('what an owner decided is not kept', { pad, error: String(error) })
        refuse('later')
      }
    }
  }

  async function known(pad: string): Promise<PadSettings> {
    return open.get(pad)?.settings ?? refresh(pad)
  }

  async function catchUp(from: Speaker): Promise<void> {
    try {
      const settings = enabled ? await known(padOf(from.document)) : NO_PAD_SETTINGS
      from.tell({ type: 'padSettings', settings })
    } catch (error) {
      log.debug('what an owner decided could not be read', { error: String(error) })
    }
  }

  const offs = [
    sync.listen({
      joined(document) {
        if (enabled) known(padOf(document)).catch(() => {})
      },
      heard(from, event) {
        if (event.type === 'padSettings') void decide(from, event.settings)
        else if (event.type === 'catchUp') void catchUp(from)
      },
    }),
    following.listen({
      news(pad, { changed }) {
        const before = open.get(pad)
        if (enabled && (before === undefined || changed > before.changed)) refresh(pad).catch(() => {})
      },
      closed: (pad) => void open.delete(pad),
    }),
  ]

  return {
    of: async (pad) => (enabled ? known(pad) : NO_PAD_SETTINGS),
    now: (pad) => open.get(pad)?.settings ?? NO_PAD_SETTINGS,
    onChange(changed) {
      listeners.add(changed)
      return () => void listeners.delete(changed)
    },
    close: () => offs.forEach((off) => off()),
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
