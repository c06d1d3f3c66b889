/**
 * Pictures in a directory (SPEC-store ST94): what they are stands in the database as ever, their bytes in files that are
 * named by their hash, once for all pads. Files are private, come whole or not at all, and go when no pad has had them for
 * a day.
 */
import { randomBytes } from 'node:crypto'
import { mkdir, open, readFile, readdir, rename, rm, stat, utimes } from 'node:fs/promises'
import path from 'node:path'
import type { PictureStore, StoredPicture } from '../store/picture-store.ts'

/** Ms a file stays that no pad has. */
const KEPT = 24 * 3_600_000
/** Folders looked through in one sweep, of 256. */
const FOLDERS = 16
/** Hashes asked for at once. */
const AT_ONCE = 200
const HASH = /^[A-Za-z0-9_-]{1,64}$/

export interface PictureFiles {
  /** Keeps bytes, durably; those that are there already count as new. */
  write(hash: string, bytes: Uint8Array): Promise<void>
  /** Null for a file that is not there, or has another size. */
  read(hash: string, size: number): Promise<Uint8Array | null>
  /** Removes files nobody has had for a day, of some of the folders each time; gives how many. */
  sweep(kept: (hashes: readonly string[]) => Promise<ReadonlySet<string>>): Promise<number>
}

/** Creates the {@link PictureFiles} of a folder, which is made when the first picture comes. */
export function createPictureFiles(folder: string, now: () => number = Date.now): PictureFiles {
  let next = 0

  /** Case counts in a hash and not in every file system, so names are its letters as numbers. */
  function placeOf(hash: string): { folder: string; file: string } {
    if (!HASH.test(hash)) throw new RangeError('no hash of a picture')
    const name = Buffer.from(hash, 'latin1').toString('hex')
    const within = path.join(folder, name.slice(-2))
    return { folder: within, file: path.join(within, name) }
  }

  async function sizeOf(file: string): Promise<number | null> {
    try {
      return (await stat(file)).size
    } catch {
      return null
    }
  }

  return {
    async write(hash, bytes) {
      const place = placeOf(hash)
      await mkdir(place.folder, { recursive: true, mode: 0o700 })
      if ((await sizeOf(place.file)) === bytes.length) {
        await utimes(place.file, now() / 1000, now() / 1000)
        return
      }
      const begun = `${place.file}.${randomBytes(6).toString('hex')}`
      try {
        const file = await open(begun, 'wx', 0o600)
        try {
          await file.writeFile(bytes)
          await file.sync()
        } finally {
          await file.close()
        }
        await rename(begun, place.file)
      } catch (error) {
        await rm(begun, { force: true })
        throw error
      }
      await syncFolder(place.folder)
    },

    async read(hash, size) {
      try {
        const bytes = await readFile(placeOf(hash).file)
        return bytes.length === size ? bytes : null
      } catch (error) {
        if (typeof error === 'object' && error !== null && 'code' in error && error.code === 'ENOENT')
          return null
        throw error
      }
    },

    async sweep(kept) {
      let removed = 0
      for (let count = 0; count < FOLDERS; count += 1) {
        const within = path.join(folder, next.toString(16).padStart(2, '0'))
        next = (next + 1) % 256
        const old: string[] = []
        for (const name of await readdir(within).catch(() => [])) {
          const file = await stat(path.join(within, name)).catch(() => null)
          if (file && file.mtimeMs < now() - KEPT) old.push(name)
        }
        for (let at = 0; at < old.length; at += AT_ONCE) {
          const some = old.slice(at, at + AT_ONCE).map((name) => ({ name, hash: hashOf(name) }))
          const needed = await kept(some.flatMap(({ hash }) => hash ?? []))
          for (const { name, hash } of some)
            if (hash === null || !needed.has(hash)) {
              await rm(path.join(within, name), { force: true })
              removed += 1
            }
        }
      }
      return removed
    },
  }
}

/** The hash of a file's name; null for one that was begun and never finished. */
function hashOf(name: string): string | null {
  const hash = Buffer.from(name, 'hex').toString('latin1')
  return /^[\da-f]+$/.test(name) && HASH.test(hash) ? hash : null
}

/** A name in a folder is durable when the folder is; not every system can say so. */
async function syncFolder(folder: string): Promise<void> {
  try {
    const handle = await open(folder, 'r')
    try {
      await handle.sync()
    } finally {
      await handle.close()
    }
  } catch {
    // Windows opens no folder.
  }
}

/**
 * A store whose pictures are read from these files when the database has no bytes of them; new ones go there if `write`.
 * `missing` hears of a picture that is in neither.
 */
export function withPictureFiles(
  store: PictureStore,
  files: Pick<PictureFiles, 'read' | 'write'>,
  write: boolean,
  missing: (hash: string) => void,
): PictureStore {
  return {
    async savePicture(document, picture, room) {
      if (!write) return store.savePicture(document, picture, room)
      await files.write(picture.hash, picture.bytes)
      return store.savePicture(document, { ...picture, elsewhere: true }, room)
    },
    async picture(document, hash): Promise<StoredPicture | null> {
      const found = await store.picture(document, hash)
      if (!found || found.bytes.length === found.size) return found
      const bytes = await files.read(hash, found.size)
      if (!bytes) missing(hash)
      return bytes && { ...found, bytes }
    },
    pictures: (document) => store.pictures(document),
    usePictures: (document, hashes) => store.usePictures(document, hashes),
    removePictures: (document, hashes) => store.removePictures(document, hashes),
    copyPictures: (from, to) => store.copyPictures(from, to),
    unusedPictures: (before, limit) => store.unusedPictures(before, limit),
    keptPictures: (hashes) => store.keptPictures(hashes),
  }
}
