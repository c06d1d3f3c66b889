/**
 * `/p/NAME/board/assets` of boards and `/p/NAME/pictures` of texts: pictures come in, and go out as nothing but pictures
 * (SPEC-board B431 to B433).
 */
import { Router } from 'express'
import type { Request, Response } from 'express'
import { allows } from '../../shared/access.ts'
import { isAssetKey } from '../../shared/board/check/values.ts'
import { MAX_ASSET_BYTES } from '../../shared/board/limits.ts'
import type { Person } from '../../shared/protocol.ts'
import type { Access } from '../access/types.ts'
import { AppError } from '../errors.ts'
import type { Meetings } from '../pads/meeting.ts'
import type { Pictures } from '../pictures/pictures.ts'
import type { Settings } from '../settings/schema.ts'
import type { StoredPicture } from '../store/picture-store.ts'
import { countedAddress } from '../sync/address.ts'
import { Bucket } from '../sync/limits.ts'
import { originAllowed } from '../sync/origin.ts'
import { bodyOf } from './body.ts'
import type { FileDoor } from './file-door.ts'
import { originRules } from './tickets.ts'
import { whoAsks } from './who-asks.ts'
import type { AskerParts } from './who-asks.ts'

export interface PictureRouteParts extends AskerParts {
  settings: Settings
  access: Access
  door: FileDoor
  pictures: Pictures
  meetings: Pick<Meetings, 'narrow'>
}

/** A picture runs, loads and sends nothing, even when a browser is made to show it as a page. */
const POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'; sandbox"
/** Pictures a second and at once, and bytes: of one person, and of one public address, where a whole class may sit. */
const KIB = 1024
const RATES = {
  person: { pictures: { rate: 0.5, burst: 40 }, bytes: { rate: 256 * KIB, burst: 100 * KIB * KIB } },
  address: { pictures: { rate: 2, burst: 200 }, bytes: { rate: 1024 * KIB, burst: 400 * KIB * KIB } },
}
/** People and addresses remembered. */
const MOST_KNOWN = 10_000
/** Pictures that may be on their way at once. */
const AT_ONCE = 16
const ENDINGS: Readonly<Record<string, string>> = {
  'image/png': 'png',
  'image/jpeg': 'jpg',
  'image/webp': 'webp',
  'image/gif': 'gif',
}

export function pictureRoutes(parts: PictureRouteParts): Router {
  const { access, pictures } = parts
  const router = Router({ strict: true, caseSensitive: true })
  const rules = originRules(parts.settings)
  const trusts = parts.settings.trustProxy !== false && parts.settings.trustProxy !== 0
  const ofPeople = createRate(RATES.person)
  const ofAddresses = createRate(RATES.address)
  let coming = 0

  /** The bytes of a picture of another pad, for who may read that one. @throws AppError `notFound` in every other case */
  async function elsewhere(from: string, key: string, person: Person): Promise<Uint8Array> {
    const found = async (): Promise<StoredPicture | null> => {
      const { pad, level } = await access.enter(from, person)
      return allows(level, 'read') && isAssetKey(key) ? pictures.get(pad, key) : null
    }
    const picture = await found().catch((error: unknown) => {
      if (error instanceof AppError && error.status < 500) return null
      throw error
    })
    if (picture === null) throw new AppError('notFound', 'There is no such picture.')
    return picture.bytes
  }

  /**
   * `room`: of the board or of the text, where one has to be allowed to write. With `?from=PAD&key=KEY` it is a picture of
   * another pad, which never leaves the server.
   */
  async function take(room: 'b' | 'p', request: Request<{ pad: string }>, response: Response): Promise<void> {
    if (!originAllowed(request, 'polling', rules))
      throw new AppError('forbidden', 'Pictures are only taken from our own pages.')
    const person = await whoAsks(parts, request, response)
    if (person === null) throw new AppError('unauthenticated', 'Open the pad first, then bring a picture.')
    const { pad, level } = await access.enter(request.params.pad, person)
    if (!allows(await parts.meetings.narrow(`${room}/${pad}`, person.author, level), 'write'))
      throw new AppError('forbidden', room === 'b' ? 'You may not draw here.' : 'You may not write here.')
    // Who does not say how much comes may bring as much as there may be.
    const announced = Number(request.get('Content-Length') ?? MAX_ASSET_BYTES)
    if (!(announced <= MAX_ASSET_BYTES)) throw tooLarge()
    const address = countedAddress(request, trusts)
    if (!ofPeople(person.author, announced) || (address !== null && !ofAddresses(address, announced)))
      throw new AppError('tooFast', 'These were many pictures at once; please wait a little.')
    if (coming >= AT_ONCE)
      throw new AppError('busy', 'Many pictures are coming in; please try again in a moment.')
    coming++
    try {
      const { from, key } = request.query
      const bytes =
        typeof from === 'string' && typeof key === 'string'
          ? await elsewhere(from, key, person)
          : await bodyOf(request, MAX_ASSET_BYTES, { tooLarge, cutOff: CUT_OFF })
      const kept = await pictures.add(pad, person.author, bytes)
      response.status(201).set('Cache-Control', 'no-store').json(kept)
    } finally {
      coming--
    }
  }

  async function give(request: Request<{ pad: string; key: string }>, response: Response): Promise<void> {
    const { key } = request.params
    const person = await whoAsks(parts, request, response)
    const { pad, level } = await parts.door.enter(request.params.pad, person, request, response)
    const picture = allows(level, 'read') && isAssetKey(key) ? await pictures.get(pad, key) : null
    if (picture === null) throw new AppError('notFound', 'There is no such picture.')
    response
      .set({
        'Content-Type': picture.type,
        'Content-Disposition': `inline; filename="${key.slice(0, 12)}.${ENDINGS[picture.type] ?? 'bin'}"`,
        'Content-Security-Policy': POLICY,
        // The key is the hash of the bytes, so under it there will never be others.
        'Cache-Control': 'private, max-age=31536000, immutable',
      })
      .send(Buffer.from(picture.bytes))
  }

  router.post('/p/:pad/board/assets', (request, response) => take('b', request, response))
  router.post('/p/:pad/pictures', (request, response) => take('p', request, response))
  router.get(['/p/:pad/board/assets/:key', '/p/:pad/pictures/:key'], give)
  return router
}

const CUT_OFF = 'The picture did not arrive whole.'

function tooLarge(): AppError {
  return new AppError('tooLarge', `A picture has at most ${MAX_ASSET_BYTES / 1024 / 1024} MiB.`)
}

/** May one more picture of so many bytes come from whoever has this key? */
function createRate({ pictures, bytes }: (typeof RATES)['person']): (key: string, size: number) => boolean {
  const rates = new Map<string, { pictures: Bucket; bytes: Bucket }>()
  return (key, size) => {
    const now = performance.now()
    const known = rates.get(key) ?? {
      pictures: new Bucket(pictures.rate, pictures.burst, now),
      bytes: new Bucket(bytes.rate, bytes.burst, now),
    }
    rates.delete(key)
    rates.set(key, known)
    if (rates.size > MOST_KNOWN) for (const [oldest] of rates) if (rates.delete(oldest)) break
    return known.pictures.take(1, now) && known.bytes.take(size, now)
  }
}
