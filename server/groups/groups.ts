/**
 * Groups, their pads, the authors and sessions that belong to them, as other systems make them over Etherpad's HTTP API
 * (SPEC-groups G1 to G9). Faults have Etherpad's words, which callers compare.
 */
import { cleanPadName, isAuthorId, isPadName } from '../../shared/ids.ts'
import { LIMITS } from '../../shared/protocol.ts'
import { newAuthorId } from '../access/tokens.ts'
import type { People } from '../access/types.ts'
import type { Audit } from '../audit/audit.ts'
import { AppError } from '../errors.ts'
import type { GroupSession, WhoseGroupSessions } from '../store/group-store.ts'
import type { Store } from '../store/store.ts'
import type { Sync } from '../sync/types.ts'
import { groupOf, hashMapper, isGroupId, newGroupId, newGroupSessionId } from './ids.ts'
import { PUBLIC } from './members.ts'

export interface GroupsParts {
  store: Store
  sync: Pick<Sync, 'withDocument' | 'recheck' | 'here'>
  people: Pick<People, 'update' | 'people'>
  /** Keeps what happened. */
  audit: Pick<Audit, 'record'>
  /** Deletes a pad with all that belongs to it. */
  removePad: (pad: string) => Promise<boolean>
  /** Tells other servers that sessions of a group ended. */
  elsewhere?: (group: string) => void
  now?: () => number
}

export interface Groups {
  createGroup(): Promise<string>
  createGroupIfNotExistsFor(mapper: string): Promise<string>
  /** With its pads and sessions. */
  deleteGroup(group: string): Promise<void>
  listAllGroups(): Promise<readonly string[]>
  /** The group's pads, by their whole names. */
  listPads(group: string): Promise<readonly string[]>
  /** Makes `group$name`; without `text` it begins with the default text. Gives the whole name. */
  createGroupPad(group: string, name: string, text?: string): Promise<string>
  createAuthor(name: string): Promise<string>
  /** An author keeps the name they have unless there is one here. */
  createAuthorIfNotExistsFor(mapper: string, name: string): Promise<string>
  authorName(author: string): Promise<string>
  padsOfAuthor(author: string): Promise<readonly string[]>
  createSession(group: string, author: string, validUntil: number): Promise<string>
  deleteSession(id: string): Promise<void>
  session(id: string): Promise<GroupSession>
  sessions(whose: WhoseGroupSessions): Promise<readonly GroupSession[]>
  /** Asks again what everybody in open pads of a group may do here. */
  recheck(group: string): Promise<void>
  /** Whether a pad of a group opens for everybody. */
  setPublic(pad: string, open: boolean): Promise<void>
  isPublic(pad: string): Promise<boolean>
}

/** What the programs are called that call us. */
const CALLER = 'HTTP API'
/** Sessions and pads of one answer, and groups at a time. */
const MOST = 10_000
/** Seconds a session that ended is remembered. */
const REMEMBERED = 30 * 24 * 3600
/** Old sessions removed with each that is made. */
const SWEPT = 20
/** UTF-16 units of another system's name. */
const LONGEST_MAPPER = 10_000
/** UTF-16 units of a pad's first text. */
const LONGEST_TEXT = 100_000

function wrong(message: string): AppError {
  return new AppError('badRequest', message)
}

/** A name as we show names. */
function nameOf(given: string): string {
  return given
    .replaceAll(/\p{Cc}/gu, ' ')
    .trim()
    .slice(0, LIMITS.name)
}

export function createGroups(parts: GroupsParts): Groups {
  const { store, sync, people, audit, removePad, now = Date.now } = parts
  const seconds = (): number => Math.floor(now() / 1000)

  async function needGroup(group: string): Promise<void> {
    if (!isGroupId(group) || !(await store.group(group))) throw wrong('groupID does not exist')
  }

  async function needAuthor(author: string): Promise<string> {
    const [row] = isAuthorId(author) ? await store.authors([author]) : []
    if (row === undefined) throw wrong('authorID does not exist')
    return row.name
  }

  function needMapper(mapper: string, what: string): string {
    if (mapper === '' || mapper.length > LONGEST_MAPPER) throw wrong(`${what} is not a string`)
    return hashMapper(mapper)
  }

  async function needSession(id: string): Promise<GroupSession> {
    const session = await store.groupSession(id)
    if (session === null) throw wrong('sessionID does not exist')
    return session
  }

  async function needGroupPad(pad: string): Promise<string> {
    if (!isPadName(pad) || (await store.find(`p/${pad}`)) === null) throw wrong('padID does not exist')
    if (groupOf(pad) === null)
      throw wrong('You can only get/set the publicStatus of pads that belong to a group')
    return `p/${pad}`
  }

  async function padsOf(group: string): Promise<readonly string[]> {
    const heads = await store.list(`p/${group}$`, '', MOST)
    return heads.map(({ name }) => name.slice(2))
  }

  /** Whoever is in one of the group's pads is asked again what they may do. */
  async function recheck(group: string): Promise<void> {
    const open = [...sync.here().keys()].map((document) => document.slice(2))
    for (const pad of new Set(open)) if (groupOf(pad) === group) await sync.recheck(pad)
  }

  async function ended(group: string): Promise<void> {
    parts.elsewhere?.(group)
    await recheck(group)
  }

  async function newAuthor(
    name: string,
  ): Promise<{ id: string; name: string; colour: string; seen: number }> {
    const id = newAuthorId()
    const [stranger] = await people.people([id])
    return { id, name: nameOf(name), colour: stranger?.colour ?? '1', seen: now() }
  }

  return {
    async createGroup() {
      const id = newGroupId()
      await store.addGroup(id, now())
      return id
    },

    async createGroupIfNotExistsFor(mapper) {
      const hash = needMapper(mapper, 'groupMapper')
      return (await store.mapped('group', hash)) ?? store.mapGroup(hash, newGroupId(), now())
    },

    async deleteGroup(group) {
      await needGroup(group)
      // First nobody is a member, so nobody makes its pads again; what ends half way can be asked for again.
      for (const { id } of await store.groupSessions({ group }, MOST)) await store.removeGroupSession(id)
      await ended(group)
      for (let pads = await padsOf(group); pads.length > 0; pads = await padsOf(group))
        for (const pad of pads)
          if (await removePad(pad)) audit.record({ kind: 'delete', who: CALLER, target: pad })
      await store.removeGroup(group)
      audit.record({ kind: 'delete', who: CALLER, target: group })
    },

    listAllGroups: () => store.groups('', MOST),

    async listPads(group) {
      await needGroup(group)
      return padsOf(group)
    },

    async createGroupPad(group, name, text) {
      await needGroup(group)
      const pad = `${group}$${cleanPadName(name)}`
      if (!isPadName(pad)) throw wrong('padID did not match requirements')
      if (text !== undefined && text.length > LONGEST_TEXT) throw wrong('text must be less than 100k chars')
      if ((await store.find(`p/${pad}`)) !== null) throw wrong('padName does already exist')
      await sync.withDocument(
        `p/${pad}`,
        (doc, revision) => {
          if (text === undefined) return
          // Somebody else was faster, and what they put there stays.
          if (revision > 1) throw wrong('padName does already exist')
          const content = doc.getText('text')
          const words = text.replaceAll(/\r\n?/g, '\n')
          doc.transact(() => {
            content.delete(0, content.length)
            content.insert(0, words.endsWith('\n') ? words : `${words}\n`)
          })
        },
        { create: true },
      )
      return pad
    },

    async createAuthor(name) {
      const author = await newAuthor(name)
      await people.update(author.id, author.name, author.colour)
      return author.id
    },

    async createAuthorIfNotExistsFor(mapper, name) {
      const hash = needMapper(mapper, 'authorMapper')
      const author =
        (await store.mapped('author', hash)) ?? (await store.mapAuthor(hash, await newAuthor(name)))
      const [person] = await people.people([author])
      const wanted = nameOf(name)
      if (person !== undefined && wanted !== '' && wanted !== person.name)
        await people.update(author, wanted, person.colour)
      return author
    },

    authorName: needAuthor,

    async padsOfAuthor(author) {
      await needAuthor(author)
      return store.padsOfAuthor(author, MOST)
    },

    async createSession(group, author, validUntil) {
      await needGroup(group)
      await needAuthor(author)
      if (!Number.isFinite(validUntil)) throw wrong('validUntil is not a number')
      if (validUntil < 0) throw wrong('validUntil is a negative number')
      if (!Number.isSafeInteger(validUntil)) throw wrong('validUntil is a float value')
      if (validUntil < seconds()) throw wrong('validUntil is in the past')
      const id = newGroupSessionId()
      if (!(await store.addGroupSession({ id, group, author, validUntil })))
        throw wrong('groupID does not exist')
      await store.removeOldGroupSessions(seconds() - REMEMBERED, SWEPT)
      return id
    },

    async deleteSession(id) {
      const { group } = await needSession(id)
      await store.removeGroupSession(id)
      await ended(group)
    },

    session: needSession,
    recheck,

    async sessions(whose) {
      if ('group' in whose) await needGroup(whose.group)
      else await needAuthor(whose.author)
      return store.groupSessions(whose, MOST)
    },

    async setPublic(pad, open) {
      const document = await needGroupPad(pad)
      await store.savePadValue(document, { name: PUBLIC, value: String(open), time: now() }, false)
      audit.record({ kind: 'permission', who: CALLER, target: pad, facts: { public: open } })
      await sync.recheck(pad)
    },

    async isPublic(pad) {
      const values = await store.padValues(await needGroupPad(pad))
      return values.some(({ name, value }) => name === PUBLIC && value === 'true')
    },
  }
}
