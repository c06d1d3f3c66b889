/** The one gate (DESIGN D6): where a name leads and what it lets a person do there. */
import type { Level } from '../../shared/access.ts'
import { isPadName, isReadOnlyId } from '../../shared/ids.ts'
import type { Person } from '../../shared/protocol.ts'
import { AppError } from '../errors.ts'
import type { Store } from '../store/store.ts'
import type { Gates } from './gates.ts'
import { opensPad } from './login-facts.ts'
import type { Sessions } from './sessions.ts'
import type { Access } from './types.ts'

/** What access is decided from. */
export interface AccessParts {
  store: Pick<Store, 'padOfReadOnlyId'>
  /** Whose pads are; quick, and never rejects. */
  owners: { of(pad: string): Promise<string | null> }
  /** Limits that plugins lay on what people may do. Default: none. */
  gates?: Pick<Gates, 'narrow'>
  /** Capital letters in names become small. */
  lowerCasePadIds: boolean
  /** Is there such a pad? Rejects when that cannot be known. Without it everybody may make pads. */
  exists?: (pad: string) => Promise<boolean>
  /** Opening a name makes no pad. */
  editOnly?: boolean
  /** What is known of people who are signed in; without it nobody is. */
  accounts?: Pick<Sessions, 'facts'>
  /** Does the pad open for them, as far as groups and sessions of the API have a say (SPEC-groups G12)? Without it pads of groups are closed. */
  groupPass?: (person: Person | null, pad: string) => Promise<boolean>
  /** Only people who are signed in come in at all. */
  requireAuthentication?: boolean
  now?: () => number
}

/**
 * Creates the {@link Access} of a server. A pad is open to everybody who knows its name; names are compared byte by
 * byte. Its owner may decide for it (SPEC-pads P21). Pads of groups (`g.X$NAME`) are closed, whether they exist or not.
 */
export function createAccess(parts: AccessParts): Access {
  const { store, owners, gates, lowerCasePadIds, exists, accounts, now = Date.now } = parts

  function narrowed(level: Level, person: Person | null, pad: string): Level {
    const least = gates?.narrow(level, person, pad) ?? level
    if (least === 'none') throw new AppError('forbidden', 'You may not open this pad.')
    return least
  }

  async function needGroupPass(person: Person | null, pad: string): Promise<void> {
    if (await (parts.groupPass?.(person, pad) ?? !pad.includes('$'))) return
    throw new AppError(
      'forbidden',
      pad.includes('$')
        ? 'This pad belongs to a group; it opens only for members of the group.'
        : 'Pads open only with a session of the API here.',
    )
  }

  return {
    async enter(name, person) {
      const facts = person === null ? null : ((await accounts?.facts(person.author)) ?? null)
      if (parts.requireAuthentication === true && facts === null)
        throw new AppError('unauthenticated', 'This opens only for people who are signed in.')
      const opens = (pad: string): void => {
        if (parts.requireAuthentication === true && facts !== null && !opensPad(facts, pad, now()))
          throw new AppError('forbidden', 'You may not open this pad.')
      }
      if (isReadOnlyId(name)) {
        const pad = await store.padOfReadOnlyId(name)
        if (pad === null) throw new AppError('notFound', 'There is no pad behind this read-only link.')
        opens(pad)
        await needGroupPass(person, pad)
        return { pad, shown: name, level: narrowed('read', person, pad) }
      }
      const pad = lowerCasePadIds && !name.includes('$') ? name.toLowerCase() : name
      if (!isPadName(pad))
        throw new AppError(
          'badPadName',
          "A pad's name has 1 to 50 characters, without / ? & # $ \\ and without control characters.",
        )
      opens(pad)
      await needGroupPass(person, pad)
      const makes = parts.editOnly !== true && facts?.canCreate !== false
      if (!makes && exists !== undefined && !(await exists(pad)))
        throw new AppError('notFound', 'There is no pad of this name, and opening it makes none here.')
      const owns = person !== null && (await owners.of(pad)) === person.author
      const most = facts?.readOnly === true ? 'read' : owns ? 'own' : 'write'
      return { pad, shown: pad, level: narrowed(most, person, pad) }
    },
  }
}
