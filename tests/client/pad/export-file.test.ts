/** @jest-environment jsdom */
import { expect, jest, test } from '@jest/globals'
import { exportAddress, fileNameIn, saveExport } from '../../../client/pad/export-file.ts'

test("F30: the address stands beside the page's own, whatever the prefix", () => {
  expect(exportAddress('/p/notes', 'md')).toBe('./notes/export/md')
  expect(exportAddress('/office/p/a%20b', 'txt')).toBe('./a%20b/export/txt')
  expect(exportAddress(`/p/r.${'1'.repeat(32)}`, 'json')).toBe(`./r.${'1'.repeat(32)}/export/json`)
})

test('F13: what is chosen is in the address of kinds that know it', () => {
  const all = { letter: true, toc: true, cover: true, authors: true, lineNumbers: true }
  expect(exportAddress('/p/a', 'docx', all)).toBe(
    './a/export/docx?toc=1&cover=1&authors=1&lineNumbers=1&paper=letter',
  )
  expect(exportAddress('/p/a', 'epub', all)).toBe('./a/export/epub?toc=1&cover=1&authors=1')
  expect(exportAddress('/p/a', 'html', all)).toBe('./a/export/html?toc=1&cover=1&authors=1&lineNumbers=1')
  expect(exportAddress('/p/a', 'md', all)).toBe('./a/export/md')
  expect(exportAddress('/p/a', 'odt', { toc: false })).toBe('./a/export/odt')
})

test('F35: the file has the name the server gave it', () => {
  expect(fileNameIn(`attachment; filename="Gr__e.md"; filename*=UTF-8''Gr%C3%B6%C3%9Fe.md`)).toBe('Größe.md')
  expect(fileNameIn('attachment; filename="a.md"')).toBeNull()
  expect(fileNameIn("attachment; filename*=UTF-8''%ff")).toBeNull()
  expect(fileNameIn(null)).toBeNull()
})

test.each([
  [429, 'tooFast'],
  [503, 'busy'],
  [501, 'failed'],
  [500, 'failed'],
])('F33: an answer of %i is told as %s', async (status, outcome) => {
  const fetcher = jest.fn(async () => ({ ok: false, status }) as unknown as Response)
  expect(await saveExport('md', {}, fetcher as unknown as typeof fetch)).toBe(outcome)
})

test('F33: no network is told, too', async () => {
  const fetcher = async (): Promise<Response> => {
    throw new TypeError('no network')
  }
  expect(await saveExport('md', {}, fetcher)).toBe('failed')
})
