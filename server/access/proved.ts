import type { Person } from '../../shared/protocol.ts'
import type { Proved } from './types.ts'

/**
 * A person with the author of the account they are signed in by, where that is another (SPEC-groups G15). It goes to the gate, and
 * is in no copy and no JSON of the person, so that nobody is told.
 */
export function withAccount(person: Person, through: string | undefined): Proved {
  return through === undefined ? person : Object.defineProperty({ ...person }, 'through', { value: through })
}
