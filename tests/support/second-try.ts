/** Journeys whose tests go on from where the one before ended: what Jest tries again must not meet what its first try left. */
import { expect } from '@jest/globals'

const begun = new Set<string>()

/** Whether the test that runs now was begun before. Asked once a try, at its beginning. */
export function isSecondTry(): boolean {
  const name = expect.getState().currentTestName ?? ''
  const again = begun.has(name)
  begun.add(name)
  return again
}
