/** The one gate (DESIGN D6): where a name leads and what it lets a person do there (SPEC-access L100 to L112). */
import { allows } from '../../shared/access.ts'
import type { Level } from '../../shared/access.ts'
import { isLinkId, isPadName, isReadOnlyId } from '../../shared/ids.ts'
import type { LoginFacts } from '../../shared/plugin/login.ts'
import type { Person } from '../../shared/protocol.ts'
import { OPEN_RULE } from '../../shared/rule.ts'
import type { PadRule } from '../../shared/rule.ts'
import { AppError } from '../errors.ts'
import type { Store } from '../store/store.ts'
import type { Gates } from './gates.ts'
import { opensPad } from './login-facts.ts'
import { least, levelOf, most } from './rule.ts'
import type { Asker, Holding } from './rule.ts'
import type { Sessions } from './sessions.ts'
import type { Access, Proved } from './types.ts'

/** What access is decided from. */
export interface AccessParts {
  store: Pick<Store, 'padOfReadOnlyId'> & Partial<Pick<Store, 'padOfLink' | 'passOf'>>
  /** Whose pads are, and their rules; null while nobody can know. Quick, and never rejects. */
  owners: { holding(pad: string): Promise<Holding | null> }
  /** The rule of pads without one of their own. Default: everybody writes. */
  rule?: PadRule
  /** Limits that plugins lay on what people may do. Default: none. */
  gates?: Pick<Gates, 'answer'>
  /** Capital letters in names become small. */
  lowerCasePadIds: boolean
  /** Is there such a pad? Rejects when that cannot be known. Without it everybody may make pads. */
  exists?: (pad: string) => Promise<boolean>
  /** Opening a name makes no pad. */
  editOnly?: boolean
  /** What is known of people who are signed in; without it nobody is. */
  accounts?: Pick<Sessions, 'facts'>
  /** Is there a way to sign in? Default: no. */
  canSignIn?: () => boolean
  /** Does the pad open for them, as far as groups and sessions of the API have a say (SPEC-groups G12)? Without it pads of groups are closed. */
  groupPass?: (person: Person | null, pad: string) => Promise<boolean>
  /** Only people who are signed in come in at all. */
  requireAuthentication?: boolean
  /** ... and need a right for each pad (L111). */
  requireAuthorization?: boolean
  now?: () => number
}

/** Somebody at the gate, with what is known of them, and the pad they ask for. */
interface Question extends Pick<Asker, 'by'> {
  pad: string
  person: Person | null
  facts: LoginFacts | null
  /** Id of a password that they gave just now. */
  gave?: string | undefined
}

/**
 * Creates the {@link Access} of a server. Names are compared byte by byte. Pads of groups (`g.X$NAME`) are closed to who is not of
 * the group, whether they exist or not.
 */
export function createAccess(parts: AccessParts): Access {
  const { store, owners, gates, lowerCasePadIds, exists, accounts, now = Date.now } = parts
  const authorizes = parts.requireAuthentication === true && parts.requireAuthorization === true
  const installation = parts.rule ?? OPEN_RULE

  /** Where a name leads. @throws AppError */
  async function placeOf(name: string): Promise<{ pad: string; shown: string; by: Asker['by'] }> {
    if (isReadOnlyId(name)) {
      const pad = await store.padOfReadOnlyId(name)
      if (pad === null) throw new AppError('notFound', 'There is no pad behind this read-only link.')
      return { pad, shown: name, by: 'readLink' }
    }
    if (isLinkId(name)) {
      const pad = (await store.padOfLink?.(name)) ?? null
      if (pad === null) throw noLink()
      return { pad, shown: name, by: 'link' }
    }
    const pad = lowerCasePadIds && !name.includes('$') ? name.toLowerCase() : name
    if (!isPadName(pad))
      throw new AppError(
        'badPadName',
        "A pad's name has 1 to 50 characters, without / ? & # $ \\ and without control characters.",
      )
    return { pad, shown: pad, by: 'name' }
  }

  /** What the pad's rule, or the installation's, lets them do; and whether a password would let them read. */
  async function ruled({ pad, person, facts, by, gave }: Question): Promise<{ level: Level; asks: boolean }> {
    const holding = await owners.holding(pad)
    if (holding === null) throw new AppError('storeDown', 'Who may open this pad cannot be known right now.')
    const author = person?.author ?? null
    const own = holding.rule
    if (by === 'link' && own?.link === null) throw noLink()
    if (author !== null && author === holding.owner && by !== 'readLink') return { level: 'own', asks: false }
    // Who may open a pad of a group at all writes in it, whatever the installation says of other pads.
    const rule = own?.rule ?? (pad.includes('$') && !authorizes ? OPEN_RULE : installation)
    const asker: Asker = {
      author,
      signedIn: facts !== null,
      groups: facts?.groups ?? [],
      by,
      knows: false,
    }
    const level = levelOf(rule, asker)
    const password = own?.password ?? null
    const more = levelOf(rule, { ...asker, knows: true })
    if (password === null || more === level) return { level, asks: false }
    const knows =
      gave === password.id || (author !== null && (await store.passOf?.(pad, author)) === password.id)
    return knows ? { level: more, asks: false } : { level, asks: allows(more, 'read') }
  }

  /** With `requireAuthorization`: what is given besides the rule. */
  function authorized(level: Level, { pad, person, facts, by }: Question): Level {
    if (!authorizes || by === 'readLink') return level
    if (facts?.isAdmin === true) return most(level, 'write')
    const answer = gates?.answer(person, pad)
    return answer === undefined ? level : most(level, least(answer, 'write'))
  }

  /** Whoever makes a pad owns it, so it opens for who may make one (L110). */
  async function making(level: Level, { pad, facts, by }: Question): Promise<Level> {
    if (by !== 'name' || exists === undefined) return level
    const may = parts.editOnly !== true && facts?.canCreate !== false
    const asOwner = facts !== null && !authorizes && !allows(level, 'write')
    if ((may && !asOwner) || (await exists(pad))) return level
    if (!may) throw new AppError('notFound', 'There is no pad of this name, and opening it makes none here.')
    return 'write'
  }

  function refusal(asks: boolean, facts: LoginFacts | null): AppError {
    if (asks) return new AppError('needsPassword', 'This pad opens with a password.')
    if (facts === null && parts.canSignIn?.() === true)
      return new AppError('unauthenticated', 'This opens only for people who are signed in.')
    return new AppError('forbidden', 'You may not open this pad.')
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

  /** Whoever may stand at the gate at all, and where the name leads them. @throws AppError */
  async function atGate(name: string, person: Proved | null): Promise<Question & { shown: string }> {
    const facts = person === null ? null : ((await accounts?.facts(person.through ?? person.author)) ?? null)
    if (parts.requireAuthentication === true && facts === null)
      throw new AppError('unauthenticated', 'This opens only for people who are signed in.')
    const { pad, shown, by } = await placeOf(name)
    if (parts.requireAuthentication === true && facts !== null && !opensPad(facts, pad, now()))
      throw new AppError('forbidden', 'You may not open this pad.')
    await needGroupPass(person, pad)
    return { pad, shown, by, person, facts }
  }

  return {
    async enter(name, person, gave) {
      const question = { ...(await atGate(name, person)), gave }
      const { pad, shown, facts } = question
      const { level: given, asks } = await ruled(question)
      const made = await making(authorized(given, question), question)
      const own = facts?.readOnly === true ? least(made, 'read') : made
      const answer = gates?.answer(person, pad)
      const level = answer === undefined ? own : least(own, answer)
      if (allows(level, 'read')) return { pad, shown, level }
      throw allows(made, 'read') ? refusal(false, facts ?? NOBODY) : refusal(asks, facts)
    },
    async padBehind(name, person) {
      try {
        return (await atGate(name, person)).pad
      } catch (error) {
        if (error instanceof AppError) return null
        throw error
      }
    },
  }
}

/** For whom signing in changes nothing. */
const NOBODY: LoginFacts = {
  provider: '',
  subject: '',
  name: '',
  groups: [],
  isAdmin: false,
  readOnly: false,
  canCreate: false,
}

function noLink(): AppError {
  return new AppError('notFound', 'There is no pad behind this link; it may have been replaced.')
}
