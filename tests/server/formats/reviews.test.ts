/** SPEC-formats F8: comments and suggestions have their place in the tree, and no file shows them before a writer does. */
import { expect, test } from '@jest/globals'
import * as fc from 'fast-check'
import { walk } from '../../../server/formats/walk.ts'
import type { Run } from '../../../server/formats/tree.ts'
import type { Content, Insert } from '../../../shared/text/delta.ts'
import { readFile } from '../../../server/formats/read/read.ts'
import { sourceOf as nodesAsSource } from '../../../server/formats/importer.ts'
import { normalise } from '../../../shared/text/lines.ts'
import { readHtml } from '../../../shared/text/reader/html-reader.ts'
import { anyContent } from '../../support/content.ts'
import { bytesOf, sourceOf } from './sources.ts'

const WORDS: Content = [
  { insert: 'be', attributes: { bold: true } },
  { insert: 'for', attributes: { bold: true, 'comment-1': true, 'suggest-2': 'insert' } },
  { insert: 'e', attributes: { 'comment-1': true } },
  { insert: '\n' },
]

/** The threads of runs at any depth, in their order. */
function threadsIn(value: unknown): (readonly string[])[] {
  if (Array.isArray(value)) return value.flatMap(threadsIn)
  if (typeof value !== 'object' || value === null) return []
  if ('marks' in value) return [(value as Run).marks.threads]
  return Object.values(value).flatMap(threadsIn)
}

test('F8: a run says which threads lie on it; a thread that lies on several runs is on each of them', () => {
  expect(threadsIn(walk(WORDS))).toEqual([[], ['comment-1', 'suggest-2'], ['comment-1']])
})

const without = (content: Content): Insert[] =>
  normalise(
    content.map(({ insert, attributes = {} }) => ({
      insert,
      attributes: Object.fromEntries(
        Object.entries(attributes).filter(([key]) => !/^(?:comment|suggest)-/.test(key)),
      ),
    })),
  )

function back(type: string, content: Content): Insert[] {
  const found = readFile(Buffer.from(bytesOf(type, sourceOf(content))), `x.${type}`, false)
  return 'nodes' in found ? normalise(readHtml(nodesAsSource(found.nodes))) : found.content
}

test.each(['html', 'md', 'docx', 'odt', 'epub'])(
  'F8: %s is read as the same text whether somebody commented on it or not',
  (type) => {
    expect(back(type, WORDS)).toEqual(back(type, without(WORDS)))
    fc.assert(
      fc.property(anyContent(12), (content) => {
        expect(back(type, content)).toEqual(back(type, without(content)))
      }),
      { numRuns: 25 },
    )
  },
)
