/** Pictures beside documents in the store (SPEC-store ST90 to ST93), run on each database. */
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { createPictureFiles, withPictureFiles } from '../../../server/pictures/files.ts'
import type { Store } from '../../../server/store/store.ts'
import type { Subject } from './contract.ts'

const T0 = 1_700_000_000_000
const ROOM = { count: 10, bytes: 5_000_000 }
let names = 0

export function picturesContract(title: string, begin: () => Promise<Subject>): void {
  describe(`${title}: pictures`, () => {
    let subject: Subject
    let store: Store
    let other: Store

    beforeAll(async () => {
      subject = await begin()
      store = subject.another()
      other = subject.another()
      await Promise.all([store.open(), other.open()])
    }, 60_000)
    afterAll(async () => {
      await Promise.all([store?.close(), other?.close()])
      await subject?.dispose()
    })

    /** A new pad. */
    async function pad(): Promise<string> {
      const name = `p/album ${++names}`
      const seed = { author: 'a.system', bytes: new Uint8Array([1]), clients: [1] }
      await store.create({ name, generation: `g ${name}`, time: T0, seed })
      return name
    }
    const picture = (hash: string, size = 10, time = T0) => ({
      hash,
      type: 'image/png',
      width: 40,
      height: 30,
      author: 'a.ada0000000000000',
      time,
      bytes: randomBytes(size),
    })
    const hashes = async (document: string) => (await store.pictures(document)).map(({ hash }) => hash)

    test('ST90: a picture of any size comes back byte for byte, and is kept once', async () => {
      const album = await pad()
      const large = picture('large', 1_700_000)
      expect(await store.savePicture(album, large, ROOM)).toBe('saved')
      expect(await other.savePicture(album, large, ROOM)).toBe('known')
      expect(await store.savePicture(album, picture('small', 1), ROOM)).toBe('saved')
      const found = await other.picture(album, 'large')
      const { bytes, ...facts } = large
      expect(found).toMatchObject({ ...facts, size: 1_700_000 })
      expect(Buffer.compare(found?.bytes ?? Buffer.alloc(0), bytes)).toBe(0)
      expect(await hashes(album)).toEqual(['large', 'small'])
      expect(await store.picture(album, 'none')).toBeNull()
      expect(await store.picture(await pad(), 'large')).toBeNull()
    })

    test('ST91: beyond count or bytes there is no room, and without a document no place', async () => {
      const album = await pad()
      expect(await store.savePicture(album, picture('a', 60), { count: 2, bytes: 100 })).toBe('saved')
      expect(await store.savePicture(album, picture('b', 60), { count: 2, bytes: 100 })).toBe('full')
      expect(await store.savePicture(album, picture('c', 40), { count: 2, bytes: 100 })).toBe('saved')
      expect(await store.savePicture(album, picture('d', 1), { count: 2, bytes: 1000 })).toBe('full')
      expect(await store.savePicture('p/not there', picture('a'), ROOM)).toBe('gone')
      // Of many that come at once only as many as there is room for.
      const rush = await pad()
      const answers = await Promise.all(
        Array.from({ length: 8 }, async (_, i) =>
          (i % 2 === 0 ? store : other).savePicture(rush, picture(`r${i}`, 30), { count: 9, bytes: 100 }),
        ),
      )
      expect(answers.filter((answer) => answer === 'saved')).toHaveLength(3)
    })

    test('ST92: pictures go with their document, and come along when it is copied', async () => {
      const [album, copy] = [await pad(), await pad()]
      const large = picture('large', 600_000)
      await store.savePicture(album, large, ROOM)
      await store.savePicture(album, picture('both'), ROOM)
      await store.savePicture(copy, picture('both'), ROOM)
      await store.savePicture(copy, picture('own'), ROOM)
      expect(await store.copyPictures(album, copy)).toBe(true)
      expect(await other.copyPictures(album, 'p/not there')).toBe(false)
      expect(await hashes(copy)).toEqual(['both', 'large', 'own'])
      await store.remove(album)
      expect(await hashes(album)).toEqual([])
      const kept = await store.picture(copy, 'large')
      expect(Buffer.compare(kept?.bytes ?? Buffer.alloc(0), large.bytes)).toBe(0)
      await store.removePictures(copy, ['large', 'never there'])
      expect(await store.picture(copy, 'large')).toBeNull()
      expect(await hashes(copy)).toEqual(['both', 'own'])
    })

    test('ST94: which hashes any document has is known, of many at once', async () => {
      const [one, two] = [await pad(), await pad()]
      await store.savePicture(one, picture('in-one'), ROOM)
      await store.savePicture(two, picture('in-two'), ROOM)
      expect([...(await other.keptPictures(['in-two', 'nowhere', 'in-one', 'in-one']))].sort()).toEqual([
        'in-one',
        'in-two',
      ])
      expect(await other.keptPictures([])).toEqual(new Set())
      await store.remove(two)
      expect(await store.keptPictures(['in-two'])).toEqual(new Set())
    })

    test('ST93: pictures never used are found, oldest first; those that were used are not', async () => {
      const album = await pad()
      const old = T0 - 10_000_000
      await store.savePicture(album, picture('used', 5, old), ROOM)
      await store.savePicture(album, picture('second', 5, old + 2), ROOM)
      await store.savePicture(album, picture('first', 5, old + 1), ROOM)
      await store.savePicture(album, picture('young', 5, T0), ROOM)
      await store.usePictures(album, ['used', 'not there'])
      await store.usePictures('p/not there', ['used'])
      expect(await other.unusedPictures(T0 - 1_000_000, 10)).toEqual([
        { document: album, hash: 'first' },
        { document: album, hash: 'second' },
      ])
      expect(await store.unusedPictures(T0 - 1_000_000, 1)).toHaveLength(1)
    })
  })
}

/** The same with a directory: every store writes into it. */
export function picturesInFilesContract(title: string, begin: () => Promise<Subject>): void {
  picturesContract(`${title} with a directory`, async () => {
    const subject = await begin()
    const folder = mkdtempSync(join(tmpdir(), 'inkpad-pictures-'))
    return {
      ...subject,
      another() {
        const store = subject.another()
        const missing = (hash: string): never => {
          throw new Error(`${hash} is missing`)
        }
        return { ...store, ...withPictureFiles(store, createPictureFiles(folder), true, missing) }
      },
      async dispose() {
        rmSync(folder, { recursive: true })
        await subject.dispose()
      },
    }
  })

  test(`ST94: ${title}: what is in the database and what is in the directory are found, whatever is written now`, async () => {
    const subject = await begin()
    const folder = mkdtempSync(join(tmpdir(), 'inkpad-pictures-'))
    const store = subject.another()
    try {
      await store.open()
      const seed = { author: 'a.system', bytes: new Uint8Array([1]), clients: [1] }
      await store.create({ name: 'p/mixed', generation: 'g', time: T0, seed })
      const missed: string[] = []
      const files = createPictureFiles(folder)
      const [database, directory] = [false, true].map((write) =>
        withPictureFiles(store, files, write, (hash) => missed.push(hash)),
      )
      const facts = { type: 'image/png', width: 1, height: 1, author: 'a.ada0000000000000', time: T0 }
      const bytes = randomBytes(700_000)
      await database?.savePicture('p/mixed', { ...facts, hash: 'old', bytes }, ROOM)
      await directory?.savePicture('p/mixed', { ...facts, hash: 'new', bytes }, ROOM)
      for (const one of [database, directory])
        for (const hash of ['old', 'new'])
          expect(Buffer.compare((await one?.picture('p/mixed', hash))?.bytes ?? Buffer.alloc(0), bytes)).toBe(
            0,
          )
      expect((await store.picture('p/mixed', 'new'))?.bytes).toHaveLength(0)
      rmSync(folder, { recursive: true })
      expect(await database?.picture('p/mixed', 'new')).toBeNull()
      expect(missed).toEqual(['new'])
    } finally {
      await store.close()
      await subject.dispose()
      rmSync(folder, { recursive: true, force: true })
    }
  }, 60_000)
}
