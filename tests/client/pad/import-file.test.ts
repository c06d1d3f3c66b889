/** @jest-environment jsdom */
import { expect, jest, test } from '@jest/globals'
import { lookInto, newPadOf, padNameOf } from '../../../client/pad/import-file.ts'

const FILE = new File(['x'], 'Field notes.docx')
const SEEN = {
  kind: 'docx',
  seen: { lines: 1, words: 1, headings: 0, items: 0, links: 0, beginning: ['x'] },
  left: { pictures: 0, comments: 0 },
  content: [{ insert: 'x\n' }],
}

/** Answers one after the other; notes what was asked. */
function server(...answers: { status: number; body: unknown }[]): { fetcher: typeof fetch; asked: string[] } {
  const asked: string[] = []
  const fetcher = jest.fn(async (address: string) => {
    const { status, body } = answers[asked.length] ?? { status: 500, body: null }
    asked.push(address)
    return { status, ok: status === 200, json: async () => body } as unknown as Response
  })
  return { fetcher: fetcher as unknown as typeof fetch, asked }
}

test('F73: what the server read comes back; the address stands beside the page', async () => {
  const { fetcher, asked } = server({ status: 200, body: { code: 0, message: 'ok', data: SEEN } })
  expect(await lookInto('a b', FILE, fetcher)).toEqual(SEEN)
  expect(asked).toEqual(['./a%20b/import?mode=read'])
})

test.each([
  [400, { code: 1, message: 'convertFailed', data: { reason: 'locked' } }, 'locked'],
  [400, { code: 1, message: 'convertFailed', data: { reason: 'something new' } }, 'failed'],
  [400, null, 'failed'],
  [200, { data: { kind: 'x' } }, 'failed'],
  [403, null, 'forbidden'],
  [429, null, 'tooFast'],
  [503, null, 'busy'],
  [413, null, 'tooLarge'],
])('F75: %i with %j is told as a trouble people understand', async (status, body, trouble) => {
  expect(await lookInto('x', FILE, server({ status, body }).fetcher)).toBe(trouble)
})

test('F72: a new pad is called as the file, with a number where there is one already', async () => {
  const taken = { status: 400, body: { code: 1, message: 'padHasData', data: {} } }
  const { fetcher, asked } = server(taken, taken, { status: 200, body: { code: 0, data: {} } })
  expect(await newPadOf(FILE, fetcher)).toEqual({ pad: 'Field_notes-3' })
  expect(asked).toEqual([
    './Field_notes/import?mode=new',
    './Field_notes-2/import?mode=new',
    './Field_notes-3/import?mode=new',
  ])
})

test.each([
  ['Field notes.docx', 'Field_notes'],
  ['a/b?c&d#e$.md', 'a_b_c_d_e'],
  ['..', 'import'],
  ['.docx', 'import'],
  ['r.0123.txt', 'import'],
  ['größe neu.odt', 'größe_neu'],
  ['x'.repeat(80), 'x'.repeat(50)],
])('F72: the file %j makes the pad %j', (file, pad) => {
  expect(padNameOf(file)).toBe(pad)
})
