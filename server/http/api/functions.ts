/** The functions of the HTTP API by name, with the version that brought each and what it answers (SPEC-groups G23). */
import type { Groups } from '../../groups/groups.ts'
import type { GroupSession, WhoseGroupSessions } from '../../store/group-store.ts'
import { flagOf, numberOf, optionalTextOf, textOf } from './parameters.ts'
import type { Parameters } from './parameters.ts'

/** Etherpad's versions of its API, oldest first. */
export const VERSIONS = [
  '1',
  '1.1',
  '1.2',
  '1.2.1',
  '1.2.7',
  '1.2.8',
  '1.2.9',
  '1.2.10',
  '1.2.11',
  '1.2.12',
  '1.2.13',
  '1.2.14',
  '1.2.15',
  '1.3.0',
  '1.3.1',
] as const

export type ApiVersion = (typeof VERSIONS)[number]

export function isVersion(text: string): text is ApiVersion {
  return VERSIONS.some((version) => version === text)
}

export interface ApiFunction {
  since: ApiVersion
  /** Gives the answer's `data`; null for none. @throws AppError with Etherpad's words */
  run(parameters: Parameters): Promise<unknown>
}

/** Is a function there in a version? */
export function isIn(one: ApiFunction, version: ApiVersion): boolean {
  return VERSIONS.indexOf(one.since) <= VERSIONS.indexOf(version)
}

/** A room's functions; others join theirs to it. */
export type ApiFunctions = ReadonlyMap<string, ApiFunction>

/** Groups, authors and sessions. */
export function groupFunctions(groups: Groups): ApiFunctions {
  const sessionsOf = async (whose: WhoseGroupSessions): Promise<unknown> => {
    const found = await groups.sessions(whose)
    return found.length === 0 ? null : Object.fromEntries(found.map((one) => [one.id, factsOf(one)]))
  }
  const functions: Record<string, ApiFunction> = {
    createGroup: { since: '1', run: async () => ({ groupID: await groups.createGroup() }) },
    createGroupIfNotExistsFor: {
      since: '1',
      run: async (given) => ({
        groupID: await groups.createGroupIfNotExistsFor(textOf(given, 'groupMapper')),
      }),
    },
    deleteGroup: { since: '1', run: (given) => nothing(groups.deleteGroup(textOf(given, 'groupID'))) },
    listPads: {
      since: '1',
      run: async (given) => ({ padIDs: await groups.listPads(textOf(given, 'groupID')) }),
    },
    listAllGroups: { since: '1.1', run: async () => ({ groupIDs: await groups.listAllGroups() }) },
    createGroupPad: {
      since: '1',
      run: async (given) => ({
        padID: await groups.createGroupPad(
          textOf(given, 'groupID'),
          textOf(given, 'padName'),
          optionalTextOf(given, 'text'),
        ),
      }),
    },
    createAuthor: {
      since: '1',
      run: async (given) => ({ authorID: await groups.createAuthor(textOf(given, 'name')) }),
    },
    createAuthorIfNotExistsFor: {
      since: '1',
      run: async (given) => ({
        authorID: await groups.createAuthorIfNotExistsFor(
          textOf(given, 'authorMapper'),
          textOf(given, 'name'),
        ),
      }),
    },
    // A bare text, whatever Etherpad's own documents say.
    getAuthorName: { since: '1.1', run: (given) => groups.authorName(textOf(given, 'authorID')) },
    listPadsOfAuthor: {
      since: '1',
      run: async (given) => ({ padIDs: await groups.padsOfAuthor(textOf(given, 'authorID')) }),
    },
    createSession: {
      since: '1',
      run: async (given) => ({
        sessionID: await groups.createSession(
          textOf(given, 'groupID'),
          textOf(given, 'authorID'),
          numberOf(given, 'validUntil'),
        ),
      }),
    },
    deleteSession: { since: '1', run: (given) => nothing(groups.deleteSession(textOf(given, 'sessionID'))) },
    getSessionInfo: {
      since: '1',
      run: async (given) => factsOf(await groups.session(textOf(given, 'sessionID'))),
    },
    listSessionsOfGroup: { since: '1', run: (given) => sessionsOf({ group: textOf(given, 'groupID') }) },
    listSessionsOfAuthor: { since: '1', run: (given) => sessionsOf({ author: textOf(given, 'authorID') }) },
    setPublicStatus: {
      since: '1',
      run: (given) => nothing(groups.setPublic(textOf(given, 'padID'), flagOf(given, 'publicStatus'))),
    },
    getPublicStatus: {
      since: '1',
      run: async (given) => ({ publicStatus: await groups.isPublic(textOf(given, 'padID')) }),
    },
    checkToken: { since: '1.2', run: async () => null },
  }
  return new Map(Object.entries(functions))
}

async function nothing(work: Promise<void>): Promise<null> {
  await work
  return null
}

function factsOf({ group, author, validUntil }: GroupSession): Record<string, string | number> {
  return { groupID: group, authorID: author, validUntil }
}
