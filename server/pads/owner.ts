/** Whose a pad is (SPEC-pads P20 to P22). The gate asks here; nobody else decides by it. */
import { ANONYMOUS_AUTHOR, SYSTEM_AUTHOR } from '../../shared/ids.ts'
import type { Person } from '../../shared/protocol.ts'
import { readStored } from '../access/rule.ts'
import type { Holding } from '../access/rule.ts'
import type { Log } from '../log.ts'
import type { Store } from '../store/store.ts'
import type { Sync } from '../sync/types.ts'

export interface Owners {
  /** The author who owns the pad, or null. Never rejects, and answers within {@link PATIENCE} (P22). */
  of(pad: string): Promise<string | null>
  /** Owner and rule; null when nobody ever knew them and nobody can now (SPEC-access L112). */
  holding(pad: string): Promise<Holding | null>
  /** They changed: the next question is asked anew. */
  changed(pad: string): void
  /** From now on whoever makes a pad owns it; the answer ends that. */
  watch(sync: Pick<Sync, 'listen' | 'recheck' | 'withDocument'>): () => void
}

/** Ms the gate waits for the database. */
const PATIENCE = 1000
/** Ms an answer counts: another server may have deleted the pad, and somebody made it again. */
const FRESH = 1000
/** Pads remembered. */
const MOST = 10_000
/** Ms between tries to keep an owner while the database is away, and tries. */
const RETRY = { first: 500, longest: 30_000, most: 40 }

interface Known {
  holding: Holding | null
  until: number
  asking: Promise<Holding | null> | null
}

/** Creates the {@link Owners} of a server. */
export function createOwners({
  store,
  log,
  patience = PATIENCE,
  fresh = FRESH,
}: {
  store: Pick<Store, 'padValues' | 'savePadValue' | 'find'>
  log: Log
  patience?: number
  fresh?: number
}): Owners {
  const pads = new Map<string, Known>()

  function remember(pad: string, holding: Holding | null): void {
    pads.delete(pad)
    pads.set(pad, { holding, until: performance.now() + fresh, asking: null })
    if (pads.size <= MOST) return
    const oldest = pads.keys().next()
    if (oldest.done !== true) pads.delete(oldest.value)
  }

  /** What began before a change may have seen what was before it, and is not remembered then. */
  async function ask(pad: string, entry: Known): Promise<Holding | null> {
    let found = entry.holding
    try {
      const values = await store.padValues(`p/${pad}`)
      const valueOf = (wanted: string): string | null =>
        values.find(({ name }) => name === wanted)?.value ?? null
      const rule = valueOf('rule')
      found = { owner: valueOf('owner'), rule: rule === null ? null : readStored(rule) }
    } catch (error) {
      log.debug('a pad has an owner nobody can name now', { error: String(error) })
    }
    if (pads.get(pad) === entry) remember(pad, found)
    return found
  }

  async function holding(pad: string): Promise<Holding | null> {
    const known = pads.get(pad)
    if (known && known.until > performance.now()) return known.holding
    if (known?.asking) return within(patience, known.asking, known.holding)
    const entry: Known = { holding: known?.holding ?? null, until: 0, asking: null }
    pads.set(pad, entry)
    entry.asking = ask(pad, entry)
    return within(patience, entry.asking, entry.holding)
  }

  return {
    of: async (pad) => (await holding(pad))?.owner ?? null,
    holding,
    changed(pad) {
      const known = pads.get(pad)
      if (known) pads.set(pad, { holding: known.holding, until: 0, asking: null })
    },
    watch(sync) {
      const claims = new Map<string, object>()

      async function claim(document: string, { author }: Person): Promise<void> {
        const pad = document.slice(2)
        const mine = {}
        claims.set(document, mine)
        let pause = RETRY.first
        for (let tries = 1; tries <= RETRY.most && claims.get(document) === mine; tries++) {
          try {
            const value = { name: 'owner', value: author, time: Date.now() }
            if (await store.savePadValue(document, value, true)) {
              if (claims.get(document) === mine)
                remember(pad, { owner: author, rule: pads.get(pad)?.holding?.rule ?? null })
              await sync.recheck(pad)
            }
            break
          } catch (error) {
            if (tries === 1) log.warn('the owner of a pad is kept later', { pad, error: String(error) })
            await sleep(pause)
            pause = Math.min(pause * 2, RETRY.longest)
          }
        }
        if (claims.get(document) === mine) claims.delete(document)
      }

      /** A pad that begins with its board gets its text too: owner, decisions and chat are kept with that (P20). */
      async function beginText(pad: string, by: Person): Promise<void> {
        try {
          if ((await store.find(`p/${pad}`)) !== null) return
          await sync.withDocument(`p/${pad}`, () => null, { create: true })
          await claim(`p/${pad}`, by)
        } catch (error) {
          log.warn('a board has no text yet', { pad, error: String(error) })
        }
      }

      const off = sync.listen({
        created(document, by) {
          const nobody = by === null || by.author === ANONYMOUS_AUTHOR || by.author === SYSTEM_AUTHOR
          if (nobody) return
          if (document.startsWith('p/')) void claim(document, by)
          else if (document.startsWith('b/')) void beginText(document.slice(2), by)
        },
        removed(document) {
          claims.delete(document)
          if (document.startsWith('p/')) pads.delete(document.slice(2))
        },
      })
      return () => {
        claims.clear()
        off()
      }
    },
  }
}

/** What `work` gives within `ms`; else `otherwise`. */
async function within<T>(ms: number, work: Promise<T>, otherwise: T): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<T>((resolve) => {
    timer = setTimeout(() => resolve(otherwise), ms)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms).unref()
  })
}
