import { expect, test } from '@jest/globals'
import * as Y from 'yjs'
import { createPads } from '../../../server/pads/pads.ts'
import type { Store } from '../../../server/store/store.ts'

/** Pads over one document. */
function padsOver(doc: Y.Doc | null) {
  const store = { readOnlyId: async (_pad: string, make: () => string) => make() } as Partial<Store> as Store
  const withDocument = async <T>(_name: string, use: (doc: Y.Doc, revision: number) => T) =>
    doc === null ? null : use(doc, 1)
  return createPads({ store, sync: { withDocument, peopleIn: () => [] } })
}

function textOf(...inserts: [string, Record<string, unknown>?][]): Y.Doc {
  const doc = new Y.Doc()
  doc.getText('text').applyDelta(inserts.map(([insert, attributes]) => ({ insert, attributes })))
  return doc
}

test('Pads: a pad that does not exist has no text', async () => {
  expect(await padsOver(null).html('x')).toBeNull()
})

test('Pads: the text as HTML', async () => {
  const html = await padsOver(textOf(['Title'], ['\n', { header: 1 }], ['a & b'], ['\n'])).html('x')
  expect(html).toMatch(/<h1[^>]*>Title<\/h1>/)
  expect(html).toContain('a &amp; b')
})

test('Pads: a very long text ends at the end of a line', async () => {
  const html = (await padsOver(textOf(['0123456789\n'.repeat(40_000)])).html('x')) ?? ''
  expect(html.match(/0123456789/g)).toHaveLength(Math.floor(200_000 / 11))
})

test('Pads: a single endless line is left out rather than cut', async () => {
  expect(
    await padsOver(textOf(['short\n'], ['x'.repeat(300_000), { bold: true }], ['\n'])).html('x'),
  ).not.toContain('xx')
})

test('Pads: read-only ids have their form', async () => {
  expect(await padsOver(null).readOnlyId('x')).toMatch(/^r\.[0-9a-f]{32}$/)
})
