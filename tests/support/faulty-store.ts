/** A real store that can be told to be away, to be slow, or to refuse. */
import { StoreDown } from '../../server/store/store.ts'
import type { LogRow, Store } from '../../server/store/store.ts'

export interface Faults {
  /** Every call fails as if the database were not there. */
  down: boolean
  /** Loading alone fails. */
  noLoads: boolean
  /** Appending is done, but its answer is lost: as when the connection breaks right after COMMIT. */
  loseAnswers: number
  /** Appends wait for this. */
  hold: Promise<void> | null
  /** Called before each append. */
  onAppend: ((rows: readonly LogRow[]) => void) | null
  /** Called before everything. */
  onCall: ((name: string, args: readonly unknown[]) => void) | null
}

/** `store` with `faults` in front. */
export function faultyStore(store: Store): { store: Store; faults: Faults } {
  const faults: Faults = {
    down: false,
    noLoads: false,
    loseAnswers: 0,
    hold: null,
    onAppend: null,
    onCall: null,
  }
  const faulty = new Proxy(store, {
    get(target, key) {
      const value: unknown = Reflect.get(target, key, target)
      if (typeof value !== 'function') return value
      return async (...args: unknown[]) => {
        const name = String(key)
        faults.onCall?.(name, args)
        if (name !== 'close' && name !== 'open') {
          if (faults.down) throw new StoreDown('told to be away')
          if (faults.noLoads && name === 'load') throw new StoreDown('told not to load')
        }
        if (name === 'append') {
          faults.onAppend?.(args[0] as readonly LogRow[])
          await faults.hold
          if (faults.down) throw new StoreDown('told to be away')
        }
        const result: unknown = await (value as (...args: unknown[]) => unknown).apply(target, args)
        if (name === 'append' && faults.loseAnswers > 0) {
          faults.loseAnswers--
          throw new StoreDown('the answer was lost')
        }
        return result
      }
    },
  })
  return { store: faulty, faults }
}
