/**
 * Pictures of pads: in their boards, and wherever else content names them by their key (SPEC-board B430 to B434). They lie
 * beside the pad's text, go with it, and stay as long as it, because any revision may be shown again.
 */
import { createHash } from 'node:crypto'
import * as Y from 'yjs'
import { MAX_ASSETS } from '../../shared/board/limits.ts'
import { ASSETS } from '../../shared/board/model/keys.ts'
import { AppError } from '../errors.ts'
import type { Log } from '../log.ts'
import type { PictureFacts, PictureRoom, PictureStore, StoredPicture } from '../store/picture-store.ts'
import type { Sync } from '../sync/types.ts'
import { cleanPicture } from './clean.ts'
import type { PictureFiles } from './files.ts'

/** A picture as content names it. */
export interface KeptPicture {
  readonly key: string
  readonly type: string
  readonly width: number
  readonly height: number
  readonly bytes: number
}

export interface Pictures {
  /** Cleans and keeps a picture. @throws AppError for no picture, too much of it, no room, no pad; StoreDown */
  add(pad: string, author: string, bytes: Uint8Array): Promise<KeptPicture>
  get(pad: string, key: string): Promise<StoredPicture | null>
  /** As exports ask for it. */
  readonly bytesOf: (pad: string, key: string) => Promise<{ mime: string; bytes: Uint8Array } | null>
  list(pad: string): Promise<readonly PictureFacts[]>
  /** Content shows these pictures: they stay with the pad. */
  use(pad: string, keys: readonly string[]): Promise<void>
  /** Gives a copy of a pad its pictures. */
  copy(from: string, to: string): Promise<void>
  /** Removes pictures brought more than a day ago that no content shows. Gives how many. */
  sweep(): Promise<number>
  close(): void
}

interface PicturesParts {
  store: PictureStore
  sync: Pick<Sync, 'listen' | 'withDocument'>
  log: Log
  /** Where bytes of pictures lie as files, if anywhere. */
  files?: Pick<PictureFiles, 'sweep'>
  /** What one pad's pictures may take up. Default: {@link ROOM}. */
  room?: PictureRoom
  /** Ms since 1970. */
  now?: () => number
  /** Ms between sweeps; 0 for never. */
  every?: number
}

const ROOM: PictureRoom = { count: MAX_ASSETS, bytes: 256 * 1024 * 1024 }
const HOUR = 3_600_000
/** Ms a picture may wait to be used. */
const UNUSED = 24 * HOUR
const AT_ONCE = 100
/** Bytes of pictures kept at hand: everybody who opens a board asks for the same ones. */
const AT_HAND = 32 * 1024 * 1024

export function createPictures(parts: PicturesParts): Pictures {
  const { store, sync, log, room = ROOM, now = Date.now, every = HOUR } = parts
  const atHand = createAtHand(AT_HAND)
  /** By pad: keys that no content was seen to show yet. */
  const waiting = new Map<string, Set<string>>()

  async function use(pad: string, keys: readonly string[]): Promise<void> {
    await store.usePictures(`p/${pad}`, keys)
    const left = waiting.get(pad)
    for (const key of keys) left?.delete(key)
    if (left?.size === 0) waiting.delete(pad)
  }

  /** Which of these keys does content of a document show? */
  async function shown(document: string, keys: readonly string[]): Promise<string[]> {
    const found = await sync.withDocument(document, (doc) => keys.filter((key) => shows(doc, key)))
    return found ?? []
  }

  const off = sync.listen({
    changed(document) {
      const pad = document.slice(2)
      const keys = waiting.get(pad)
      if (!keys) return
      shown(document, [...keys])
        .then((used) => (used.length > 0 ? use(pad, used) : undefined))
        .catch((error: unknown) => log.debug('pictures are marked later', { error: String(error) }))
    },
    removed(document) {
      if (!document.startsWith('p/')) return
      waiting.delete(document.slice(2))
      atHand.forget(document.slice(2))
    },
  })

  async function sweep(): Promise<number> {
    const byPad = new Map<string, string[]>()
    for (const { document, hash } of await store.unusedPictures(now() - UNUSED, AT_ONCE)) {
      const pad = document.slice(2)
      byPad.set(pad, [...(byPad.get(pad) ?? []), hash])
    }
    let removed = 0
    for (const [pad, keys] of byPad) {
      const used = new Set([...(await shown(`b/${pad}`, keys)), ...(await shown(`p/${pad}`, keys))])
      await use(pad, [...used])
      const unused = keys.filter((key) => !used.has(key))
      await store.removePictures(`p/${pad}`, unused)
      for (const key of unused) atHand.forget(pad, key)
      removed += unused.length
    }
    await parts.files?.sweep((hashes) => store.keptPictures(hashes))
    return removed
  }
  const timer =
    every > 0
      ? setInterval(() => {
          sweep().catch((error: unknown) =>
            log.debug('unused pictures stay for now', { error: String(error) }),
          )
        }, every).unref()
      : undefined

  async function get(pad: string, key: string): Promise<StoredPicture | null> {
    const known = atHand.get(pad, key)
    if (known) return known
    const picture = await store.picture(`p/${pad}`, key)
    if (picture) atHand.keep(pad, picture)
    return picture
  }

  return {
    async add(pad, author, bytes) {
      const picture = cleanPicture(bytes)
      const { type, width, height } = picture
      const key = createHash('sha256').update(picture.bytes).digest('base64url')
      const kept = { hash: key, type, width, height, author, time: now(), bytes: picture.bytes }
      const outcome = await store.savePicture(`p/${pad}`, kept, room)
      if (outcome === 'gone') throw new AppError('notFound', 'This pad is not there any more.')
      if (outcome === 'full')
        throw new AppError(
          'tooLarge',
          'This pad has all the pictures it may have; there is no room for another.',
        )
      // A text names its pictures before they come: it is looked at once now, and again when it changes.
      if ((await shown(`p/${pad}`, [key])).length > 0) await use(pad, [key])
      else waiting.set(pad, (waiting.get(pad) ?? new Set()).add(key))
      return { key, type, width, height, bytes: picture.bytes.length }
    },
    get,
    async bytesOf(pad, key) {
      const picture = await get(pad, key)
      return picture && { mime: picture.type, bytes: picture.bytes }
    },
    list: (pad) => store.pictures(`p/${pad}`),
    use,
    async copy(from, to) {
      await store.copyPictures(`p/${from}`, `p/${to}`)
    },
    sweep,
    close() {
      clearInterval(timer)
      off()
    },
  }
}

/** Whether a board lists a picture, or a text has its key anywhere in what it embeds. */
function shows(doc: Y.Doc, key: string): boolean {
  const assets = doc.share.get(ASSETS)
  if (assets && doc.getMap(ASSETS).has(key)) return true
  // Cells of tables too, those of rows that are gone as well: they come back by undo.
  const texts = [...doc.share.keys()].filter((name) => name === 'text' || name.startsWith('cell/'))
  return texts.some((name) => {
    const delta: readonly { insert?: unknown; attributes?: unknown }[] = doc.getText(name).toDelta()
    return delta.some(({ insert, attributes }) =>
      (typeof insert === 'string' ? JSON.stringify(attributes ?? null) : JSON.stringify(insert)).includes(
        key,
      ),
    )
  })
}

interface AtHand {
  get(pad: string, key: string): StoredPicture | undefined
  keep(pad: string, picture: StoredPicture): void
  /** One picture of a pad, or all. */
  forget(pad: string, key?: string): void
}

/** The pictures asked for last, up to so many bytes. */
function createAtHand(most: number): AtHand {
  const kept = new Map<string, { pad: string; picture: StoredPicture }>()
  let bytes = 0
  const remove = (id: string): void => {
    bytes -= kept.get(id)?.picture.bytes.length ?? 0
    kept.delete(id)
  }
  return {
    get(pad, key) {
      const id = `${key} ${pad}`
      const found = kept.get(id)
      if (found) kept.delete(id)
      if (found) kept.set(id, found)
      return found?.picture
    },
    keep(pad, picture) {
      const id = `${picture.hash} ${pad}`
      remove(id)
      kept.set(id, { pad, picture })
      bytes += picture.bytes.length
      for (const oldest of kept.keys()) {
        if (bytes <= most) break
        remove(oldest)
      }
    },
    forget(pad, key) {
      for (const [id, one] of kept)
        if (one.pad === pad && (key === undefined || one.picture.hash === key)) remove(id)
    },
  }
}
