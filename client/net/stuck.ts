/**
 * Notices that the server will never take what is unsaved (rule C19): it builds on what somebody else wrote, a crash of
 * the server lost that, and its author did not come back to bring it (SPEC-sync S14).
 */
import type { Environment } from './environment.ts'
import type { Off } from './types.ts'

/** Ms between two looks. */
const LOOK = 5000
/** Ms of connection without a single acknowledgement; owners have up to 40 s to bring what is theirs. */
export const STUCK = 180_000

/** `waits`: the server could take our changes now and there are some. `give` is told once. */
export function watchStuck(
  env: Environment,
  waits: () => boolean,
  give: () => void,
): { progress: () => void; stop: Off } {
  let waited = 0
  let off: Off = () => {}
  const look = () => {
    if (waits()) waited += LOOK
    if (waited < STUCK) off = env.after(LOOK, look)
    else give()
  }
  off = env.after(LOOK, look)
  return {
    progress() {
      waited = 0
    },
    stop: () => off(),
  }
}
