/** What brings pictures is fetched with the first one that is brought (SPEC-board B317). */
import { signal } from '@preact/signals'
import type { Bringer, BringerParts, Bringing } from './bring.ts'

/** A bringer that takes files at once; what cannot be fetched for them is said. */
export function bringLater(parts: Omit<BringerParts, 'underWay'>): Bringer {
  const underWay = signal<readonly Bringing[]>([])
  let coming: Promise<Bringer> | null = null
  const fetched = async (): Promise<Bringer> => {
    const { createBringer } = await import('./bring.ts')
    return createBringer({ ...parts, underWay })
  }
  return {
    underWay,
    take(files, at) {
      if (!files.some(({ type }) => type.startsWith('image/')) || !parts.editor.mayDraw.peek()) return false
      coming ??= fetched()
      coming.then(
        (bringer) => bringer.take(files, at),
        () => {
          coming = null
          parts.say('board.notFetched')
        },
      )
      return true
    },
  }
}
