/** `POST /p/NAME/import`, Etherpad's address, field and answers (SPEC-formats F72 to F75). */
import { Router } from 'express'
import type { Request, Response } from 'express'
import type * as Y from 'yjs'
import { allows } from '../../shared/access.ts'
import { cleanPadName, isPadName, SYSTEM_AUTHOR } from '../../shared/ids.ts'
import type { Insert } from '../../shared/text/delta.ts'
import type { Access, Entry, People } from '../access/types.ts'
import { AppError } from '../errors.ts'
import type { BoardImporter } from '../boards/import/importer.ts'
import type { Converter } from '../formats/converter.ts'
import { authored, chatOf, importedIds, introduce, putContent } from '../formats/into-pad.ts'
import type { Mode } from '../formats/into-pad.ts'
import { createWithPast } from '../formats/new-with-past.ts'
import type { Importer, ReadPad } from '../formats/importer.ts'
import { createQueue } from '../formats/queue.ts'
import { Refusal } from '../formats/read/refusal.ts'
import type { Reason } from '../formats/read/refusal.ts'
import type { Log } from '../log.ts'
import type { Settings } from '../settings/schema.ts'
import type { Pictures } from '../pictures/pictures.ts'
import type { Store } from '../store/store.ts'
import { originAllowed } from '../sync/origin.ts'
import type { Sync } from '../sync/types.ts'
import { DEFAULT_LIMITS } from '../sync/types.ts'
import type { Guests } from './guests.ts'
import { originRules } from './tickets.ts'
import { uploadedFile } from './upload.ts'

/** What imports work on. */
export interface ImportHouse {
  importer: Importer
  /** For kinds that only others write. */
  converter: Pick<Converter, 'writes' | 'write'>
  sync: Pick<Sync, 'withDocument'>
  people: Pick<People, 'people' | 'update'>
  store: Pick<Store, 'addChat' | 'append' | 'chatBefore' | 'create' | 'find'>
}

export interface ImportParts extends ImportHouse {
  pictures: Pick<Pictures, 'add'>
  boardImporter: Pick<BoardImporter, 'take'>
  settings: Settings
  access: Access
  guests: Pick<Guests, 'known'>
  log: Log
  /** Counts the request. @throws AppError `tooFast` */
  limited: (request: Request, response: Response) => void
}

/** What scripts that know Etherpad understand; ours in words for people stands beside it. */
const STATUS: Readonly<Record<Reason, string>> = {
  damaged: 'convertFailed',
  unknown: 'uploadFailed',
  converter: 'convertFailed',
  macros: 'uploadFailed',
  locked: 'convertFailed',
  tooLarge: 'maxFileSize',
  tooLong: 'convertFailed',
  empty: 'convertFailed',
}

const HAS_DATA = { code: 1, message: 'padHasData', data: { directDatabaseAccess: false } }

/** Files that come at once; each is in memory until it was read. */
const UPLOADS = { atOnce: 8, waiting: 0, patience: 1 }

export function importRoutes(parts: ImportParts): Router {
  const uploads = createQueue(UPLOADS)
  const router = Router({ strict: true, caseSensitive: true })
  const rules = originRules(parts.settings)
  router.post('/p/:pad/import', async (request, response) => {
    // A page of somebody else must not write with a person's cookies.
    if (!originAllowed(request, 'polling', rules))
      throw new AppError('forbidden', 'You may not see this, or not in this way.')
    parts.limited(request, response)
    response.set('Cache-Control', 'no-store')
    const { pad: name } = request.params
    const clean = cleanPadName(name)
    if (clean !== name && isPadName(clean))
      throw new AppError('badRequest', 'We could not make sense of this request.')
    const person = await parts.guests.known(request, response)
    const entry = await parts.access.enter(name, person)
    if (!allows(entry.level, 'write')) {
      response.status(403).type('txt').send('Forbidden')
      return
    }
    try {
      const mode = request.query['mode']
      if (mode === 'new' && (await parts.store.find(`p/${entry.pad}`)) !== null) {
        response.status(400).json(HAS_DATA)
        return
      }
      const found = await uploads.run(() => read(parts, request, mode === 'new' ? entry.pad : undefined))
      const by = person?.author ?? SYSTEM_AUTHOR
      const data =
        mode === 'read'
          ? await shown(parts, entry, found)
          : await imported(parts, entry, found, mode === 'append' ? 'append' : 'replace', by)
      // Last: content names them, and the pad is there.
      if (data !== null) await keepPictures(parts, entry, found, by)
      if (data !== null && mode === 'new') await keepBoard(parts, entry, found, by)
      if (data === null) response.status(400).json(HAS_DATA)
      else response.json({ code: 0, message: 'ok', data })
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      const { reason, message } = error
      parts.log.info('a file was not imported', { pad: entry.pad, why: message })
      response
        .status(400)
        .json({ code: 1, message: STATUS[reason], data: { directDatabaseAccess: false, reason } })
    }
  })
  return router
}

async function read(
  { settings, importer }: ImportParts,
  request: Request,
  newPad: string | undefined,
): Promise<ReadPad> {
  const { bytes, name } = await uploadedFile(request, settings.importMaxFileSize)
  return importer.read(bytes, name, settings.allowUnknownFileEnds, newPad)
}

/** For the page, which puts it into the text itself: so it can be undone as the person's own edit. */
async function shown({ people }: ImportParts, { pad }: Entry, found: ReadPad): Promise<object> {
  const { content } = await theirs(people, pad, found, null)
  const { kind, seen, left, chat } = found
  return { directDatabaseAccess: false, kind, seen, left, chat: chat.length, content }
}

async function imported(
  { sync, people, store, settings }: ImportParts,
  { pad }: Entry,
  found: ReadPad,
  mode: Mode,
  by: string,
): Promise<object | null> {
  const { content, ids } = await theirs(people, pad, found, by)
  const most = { ...DEFAULT_LIMITS, ...settings.limits }.document
  const authorOf = (id: string): string => ids.get(id) ?? by
  if (found.past.length > 0) {
    const made = await createWithPast(store, { pad, rows: found.past, authorOf, most })
    // Somebody opened it meanwhile.
    if (!made) return null
  } else
    await sync.withDocument(`p/${pad}`, (doc: Y.Doc) => putContent(doc, content, mode, most), {
      create: true,
    })
  const lines = chatOf(found, ids, by)
  if (lines.length > 0 && (await store.chatBefore(`p/${pad}`, null, 1)).length === 0)
    for (const line of lines) await store.addChat(`p/${pad}`, line)
  return {
    directDatabaseAccess: found.kind === 'etherpad',
    kind: found.kind,
    seen: found.seen,
    left: found.left,
  }
}

/** What the pad has no room for is missing, and said as such in the text. */
async function keepPictures(
  { pictures, log }: ImportParts,
  { pad }: Entry,
  found: ReadPad,
  by: string,
): Promise<void> {
  for (const { bytes } of found.pictures) {
    try {
      await pictures.add(pad, by, bytes)
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      log.info('a picture of a file was not kept', { pad, why: error.message })
    }
  }
}

/** A new pad's board is the file's; one that is there gets it by its own import (SPEC-board B526). */
async function keepBoard(
  { boardImporter, log }: ImportParts,
  { pad }: Entry,
  { board }: ReadPad,
  author: string,
): Promise<void> {
  if (board === null) return
  try {
    await boardImporter.take({ pad, file: Buffer.from(board), author, at: null })
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    log.info('the board of a file was not kept', { pad, why: error.message })
  }
}

/** The content with the file's people as they are known here. */
async function theirs(
  people: ImportHouse['people'],
  pad: string,
  { content, people: file, chat, past }: ReadPad,
  by: string | null,
): Promise<{ content: Insert[]; ids: ReadonlyMap<string, string> }> {
  const ids = importedIds(pad, file)
  const made = authored(content, ids, by)
  const said = [...chat.map(({ id }) => id), ...past.map(({ author }) => author)]
  await introduce(people, file, ids, new Set([...made.wrote, ...said]))
  return { content: made.content, ids }
}
