/**
 * Shapes are pasted from one board into another, but their pictures lie beside the first one. This browser remembers where it
 * has seen which picture, and brings them along (SPEC-board B437).
 */
import { isAssetKey } from '../../../shared/board/check/values.ts'

/** Pictures remembered. */
const MOST = 300
const KEY = 'inkpad.pictures'

export interface SeenPictures {
  /** This board has the picture. */
  note(asset: string): void
  /** The address of another board that has it. */
  find(asset: string): string | null
}

/** `storage` may be missing, full or hold anything; `here` is this board's address. */
export function createSeenPictures(
  storage: Pick<Storage, 'getItem' | 'setItem'> | null,
  here: string,
): SeenPictures {
  function read(): [string, string][] {
    try {
      const list: unknown = JSON.parse(storage?.getItem(KEY) ?? '[]')
      return Array.isArray(list) ? list.filter(isEntry) : []
    } catch {
      return []
    }
  }
  return {
    note(asset) {
      const list = read()
      if (list.some(([key, address]) => key === asset && address === here)) return
      const next = [...list.filter(([key]) => key !== asset), [asset, here]].slice(-MOST)
      try {
        storage?.setItem(KEY, JSON.stringify(next))
      } catch {
        // Without a memory pictures do not come along.
      }
    },
    find(asset) {
      const found = read().find(([key]) => key === asset)?.[1]
      if (found === undefined || found === here || !sameOrigin(found, here)) return null
      return found
    },
  }
}

function isEntry(value: unknown): value is [string, string] {
  return Array.isArray(value) && value.length === 2 && isAssetKey(value[0]) && typeof value[1] === 'string'
}

function sameOrigin(a: string, b: string): boolean {
  try {
    return new URL(a).origin === new URL(b).origin
  } catch {
    return false
  }
}
