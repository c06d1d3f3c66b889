/** The two addresses of a pad's files of one kind, of now and of a revision; who may have them, how many, and how they are sent. */
import { Router } from 'express'
import type { Request, Response } from 'express'
import { cleanPadName, isPadName, isStandIn } from '../../shared/ids.ts'
import type { Entry } from '../access/types.ts'
import { AppError } from '../errors.ts'
import type { Watch } from '../formats/stage.ts'
import type { Settings } from '../settings/schema.ts'
import { countedAddress } from '../sync/address.ts'
import { rawQuery } from './canonical.ts'
import { createRate } from './export-rate.ts'
import { attachment } from './file-name.ts'
import { asksAgain, createFileJobs } from './file-jobs.ts'
import type { AnswerLimits } from './file-jobs.ts'
import type { FileDoor } from './file-door.ts'
import type { Guests } from './guests.ts'

/** Counts a file. @throws AppError `tooFast`; the answer then says when to come again */
export type LimitFiles = (request: Request, response: Response) => void

/** How many files one network address may ask for or bring (`importExportRateLimiting`, SPEC-formats F33). */
export function limitFiles(
  settings: Pick<Settings, 'importExportRateLimiting'>,
  trusts: boolean,
): LimitFiles {
  const rate = createRate(settings.importExportRateLimiting)
  return (request, response) => {
    const wait = rate.take(countedAddress(request, trusts))
    if (wait === 0) return
    response.set('Retry-After', String(Math.ceil(wait / 1000)))
    throw new AppError('tooFast', 'These were many files at once; please wait a little.')
  }
}

/** What somebody asks for who may have it. */
export interface WantedFile {
  readonly entry: Entry
  readonly type: string
  /** Null: as it is now. */
  readonly revision: number | null
  readonly query: Readonly<Record<string, unknown>>
  /** Hears how far it is, and may give it up. */
  readonly watch: Watch
}

/** A file, and what it is called before its ending. */
export interface SentFile {
  readonly file: Uint8Array
  readonly mime: string
  readonly base: string
  readonly ending: string
}

/** Nothing in a file runs, loads or sends anything, should a browser show it all the same. */
const POLICY = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'; sandbox"

export interface FileAddressesParts {
  door: FileDoor
  guests: Pick<Guests, 'known'>
  limited: LimitFiles
  /** What stands before `export/TYPE`: nothing, or `board/`. */
  before: '' | 'board/'
  make: (wanted: WantedFile) => Promise<SentFile>
  answers?: AnswerLimits
}

function revisionOf(text: string): number {
  if (!/^\d{1,15}$/.test(text)) throw new AppError('badRequest', 'A revision is a whole number.')
  return Number(text)
}

/** `/p/NAME/[board/]export/TYPE` and `/p/NAME/REV/[board/]export/TYPE`; with `?job=` step by step (F36). */
export function fileAddresses(parts: FileAddressesParts): Router {
  const { door, guests, limited, before, make } = parts
  const router = Router({ strict: true, caseSensitive: true })
  const jobs = createFileJobs<SentFile>(({ file }) => file.length, parts.answers)

  /** Files with the same are the same file. */
  function aboutOf(entry: Entry, type: string, revision: number | null, { query }: Request): string {
    const { job: _job, ...rest } = query
    return JSON.stringify([entry.pad, entry.shown, type, revision, rest])
  }

  async function send(
    request: Request,
    response: Response,
    { pad: name, type }: { pad: string; type: string },
    revision: number | null,
  ): Promise<void> {
    const rest = `${revision === null ? '' : `${revision}/`}${before}export/`
    const again = (to: string): void => {
      const up = '../'.repeat(rest.split('/').length)
      const place = `${up}${encodeURIComponent(to)}/${rest}${encodeURIComponent(type)}`
      response
        .status(302)
        .set({ Location: `${place}${rawQuery(request.originalUrl)}`, 'Cache-Control': 'no-store' })
        .end()
    }
    const clean = isStandIn(name) ? name : cleanPadName(name)
    if (clean !== name && isPadName(clean)) return again(clean)
    const entry = await door.enter(name, await guests.known(request, response), request, response)
    if (entry.shown !== name) return again(entry.shown)
    const asked = { about: aboutOf(entry, type, revision, request), request, response }
    const { query } = request
    const sent = await jobs.serve(asked, (watch) => make({ entry, type, revision, query, watch }))
    if (sent === null) return
    const { file, mime, base, ending } = sent
    response
      .set({
        'Content-Type': mime,
        'Content-Disposition': attachment(revision === null ? base : `${base}-${revision}`, ending),
        'Access-Control-Allow-Origin': '*',
        'Cache-Control': 'no-store',
        'Content-Security-Policy': POLICY,
      })
      .send(Buffer.from(file.buffer, file.byteOffset, file.byteLength))
  }

  /** Whoever knows a job's id may end it, as far as they may read. */
  async function cancel(
    request: Request,
    response: Response,
    { pad, type }: { pad: string; type: string },
    revision: number | null,
  ): Promise<void> {
    const entry = await door.enter(pad, await guests.known(request, response), request, response)
    jobs.cancel({ about: aboutOf(entry, type, revision, request), request })
    response.status(204).set('Cache-Control', 'no-store').end()
  }

  router.get(`/p/:pad/${before}export/:type`, async (request, response) => {
    if (!asksAgain(request)) limited(request, response)
    await send(request, response, request.params, null)
  })
  router.get(`/p/:pad/:revision/${before}export/:type`, async (request, response) => {
    if (!asksAgain(request)) limited(request, response)
    await send(request, response, request.params, revisionOf(request.params.revision))
  })

  router.delete(`/p/:pad/${before}export/:type`, async (request, response) => {
    await cancel(request, response, request.params, null)
  })
  router.delete(`/p/:pad/:revision/${before}export/:type`, async (request, response) => {
    await cancel(request, response, request.params, revisionOf(request.params.revision))
  })
  return router
}
