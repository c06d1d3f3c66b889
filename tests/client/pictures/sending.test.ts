/** Pictures wait until the server has them (SPEC-text I3). */
import { expect, test } from '@jest/globals'
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import { PictureError } from '../../../client/board/pictures/source.ts'
import { namedPicture } from '../../../client/pictures/name.ts'
import { createSending } from '../../../client/pictures/sending.ts'
import { createWaiting } from '../../../client/pictures/waiting.ts'
import type { PictureTrouble } from '../../../shared/plugin/pictures.ts'
import { exif, jpegFile, jpegSegment } from '../../support/picture-files.ts'

/** A queue over a server that answers as the list says, then takes everything. */
function queue(answers: (PictureTrouble | null)[]) {
  const asked: string[] = []
  const sent: string[] = []
  const failed: string[] = []
  const timers: { ms: number; run: () => void }[] = []
  const sending = createSending({
    send: async (bytes, progress) => {
      const key = await bytes.text()
      asked.push(key)
      const trouble = answers.shift() ?? null
      if (trouble) throw new PictureError(trouble)
      progress(1)
      return { key }
    },
    sent: (key) => sent.push(key),
    failed: (key, trouble) => failed.push(`${key} ${trouble}`),
    after(ms, run) {
      const timer = { ms, run }
      timers.push(timer)
      return () => timers.splice(timers.indexOf(timer), 1)
    },
  })
  const add = (key: string): void => sending.add(key, new Blob([key]))
  /** What is under way comes to its end. */
  const settled = async (): Promise<void> => {
    for (let turn = 0; turn < 50; turn += 1) await new Promise((resolve) => setImmediate(resolve))
  }
  return { sending, add, asked, sent, failed, timers, settled }
}

test('I3: without a connection all of them wait, later and later, and go one after the other when it is back', async () => {
  const { sending, add, asked, sent, timers, settled } = queue(['offline', 'offline', 'tooFast'])
  add('a')
  add('b')
  await settled()
  expect([asked, timers.map(({ ms }) => ms), sent]).toEqual([['a'], [2000], []])
  timers[0]?.run()
  await settled()
  expect([asked, timers.at(-1)?.ms]).toEqual([['a', 'a'], 4000])
  expect(sending.underWay.value.get('b')).toEqual({ part: 0, trouble: null })
  expect(await sending.bytesOf('b')?.text()).toBe('b')
  sending.retry()
  await settled()
  sending.retry()
  await settled()
  expect(sent).toEqual(['a', 'b'])
  expect(sending.underWay.value.size).toBe(0)
  expect(sending.bytesOf('a')).toBeUndefined()
})

test('I3: what the server will never take says why and stops no other; a pad that is not there yet is waited for', async () => {
  const { sending, add, sent, failed, settled } = queue(['full', 'gone'])
  add('a')
  add('b')
  await settled()
  expect(failed).toEqual(['a full'])
  expect(sending.underWay.value.get('a')).toEqual({ part: 0, trouble: 'full' })
  sending.retry()
  await settled()
  expect(sent).toEqual(['b'])
})

test('I3: a pad that stays away is given up after a while', async () => {
  const { sending, add, failed, settled } = queue(Array.from({ length: 20 }, () => 'gone'))
  add('a')
  for (let turn = 0; turn < 8; turn += 1) {
    await settled()
    sending.retry()
  }
  expect(failed).toEqual(['a gone'])
})

test('I3: waiting pictures outlive the page, each with its pad; those of a month ago go', async () => {
  Object.assign(globalThis, { IDBKeyRange })
  const factory = new IDBFactory()
  const errors: unknown[] = []
  const report = (error: unknown): unknown => errors.push(error)
  const before = createWaiting(factory, report)
  const day = 24 * 3_600_000
  const one = (pad: string, key: string, time: number) => ({ pad, key, bytes: new Blob([key]), time })
  await before.add(one('p/a', 'old', 1))
  await before.add(one('p/a', 'second', 40 * day + 2))
  await before.add(one('p/a', 'first', 40 * day + 1))
  await before.add(one('p/b', 'other', 40 * day))
  const after = createWaiting(factory, report)
  expect((await after.list('p/a')).map(({ key }) => key)).toEqual(['first', 'second'])
  await after.remove('p/a', 'first')
  expect((await after.list('p/a')).map(({ key }) => key)).toEqual(['second'])
  const denied = createWaiting(null, report)
  await denied.add(one('p/a', 'x', 1))
  expect([await denied.list('p/a'), errors]).toEqual([[], []])
})

test('I2: a picture is named by what is left of it, without its place; what is none is refused', async () => {
  const laden = jpegFile([jpegSegment(0xe1, Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), exif(1)]))])
  const named = await namedPicture(new Blob([new Uint8Array(laden)]))
  const plain = await namedPicture(new Blob([new Uint8Array(jpegFile())]))
  expect([named.key, named.type, named.width, named.height]).toEqual([plain.key, 'image/jpeg', 4, 2])
  expect(named.key).toMatch(/^[\w-]{43}$/)
  expect(Buffer.from(named.bytes).includes('GPS')).toBe(false)
  await expect(namedPicture(new Blob(['<svg onload="x()"/>']))).rejects.toMatchObject({
    trouble: 'noPicture',
  })
})
