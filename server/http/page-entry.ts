/** At the door of a pad's page: who asks, and where those are led who may not read (SPEC-access L31, L105, L106, L112). */
import type { Request, Response } from 'express'
import { isPadName } from '../../shared/ids.ts'
import type { Person } from '../../shared/protocol.ts'
import type { PassNotes } from '../access/pass-notes.ts'
import type { Access, Entry, People } from '../access/types.ts'
import { AppError } from '../errors.ts'
import type { Settings } from '../settings/schema.ts'
import { rawQuery } from './canonical.ts'
import type { Guests } from './guests.ts'
import { choiceOf } from './login-desk.ts'
import type { LoginDesk } from './login-desk.ts'
import { askPassword, nextAfter } from './password-pages.ts'

export interface EntryParts {
  settings: Settings
  access: Pick<Access, 'enter'>
  people: Pick<People, 'people'>
  guests: Pick<Guests, 'known' | 'welcome'>
  desk: Pick<LoginDesk, 'page'>
  notes: Pick<PassNotes, 'read'>
}

/** Somebody who may see the page; `closed`: with nothing of the pad, as who may open it cannot be known just now. */
export interface PageEntry {
  entry: Entry
  closed: boolean
}

/** Null when the answer was sent already. @throws AppError */
export async function enterPage(
  parts: EntryParts,
  person: Person | null,
  place: { name: string; board: boolean; navigation: boolean },
  request: Request,
  response: Response,
): Promise<PageEntry | null> {
  const { name, board, navigation } = place
  try {
    return { entry: await parts.access.enter(name, person), closed: false }
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    // The client opens what this device keeps, and asks again.
    if (error.code === 'storeDown' && isPadName(name))
      return { entry: { pad: name, shown: name, level: 'write' }, closed: true }
    if (error.code === 'needsPassword' && navigation) {
      await askPassword(parts, name, request, response, { next: nextAfter(name, board, request) })
      return null
    }
    if (error.code !== 'unauthenticated' || !navigation) throw error
    const next = `p/${encodeURIComponent(name)}${board ? '/board' : ''}${rawQuery(request.originalUrl)}`
    const up = board ? '../../' : '../'
    response
      .status(302)
      .set({ Location: up + choiceOf(next, false), 'Cache-Control': 'no-store' })
      .end()
    return null
  }
}

/** Whom a note in the address says, that they gave the pad's password without a cookie; null for nobody. */
export async function notedPerson(
  { notes, people }: Pick<EntryParts, 'notes' | 'people'>,
  name: string,
  request: Request,
): Promise<Person | null> {
  const note: unknown = request.query['pass']
  if (typeof note !== 'string') return null
  const author = await notes.read(note, name)
  if (author === null) return null
  return (await people.people([author]))[0] ?? null
}
