/** What recognises forms is fetched with the first stroke that may become one (SPEC-board B241, B317). */
import type { Recognised } from '../../../shared/board/geometry/recognise.ts'

/** Tells what a stroke looks like, x and y by turns; null for nothing. */
export type Recognise = (points: ArrayLike<number>) => Recognised | null

/** Gives what recognises; null while it is on its way. */
export function fetchedRecogniser(): () => Recognise | null {
  let there: Recognise | null = null
  let asked = false
  const fetch = async (): Promise<void> => {
    try {
      there = (await import('../../../shared/board/geometry/recognise.ts')).recognise
    } catch {
      // Without a network the stroke stays ink; the next one asks again.
      asked = false
    }
  }
  return () => {
    if (!asked) {
      asked = true
      void fetch()
    }
    return there
  }
}
