import { expect, test } from '@jest/globals'
import * as fc from 'fast-check'
import { sourceOf as nodesAsSource } from '../../../../server/formats/importer.ts'
import { readFile } from '../../../../server/formats/read/read.ts'
import { slicesOf } from '../../../../server/formats/read/slices.ts'
import type { HtmlNode } from '../../../../shared/text/html-node.ts'
import type { Insert } from '../../../../shared/text/delta.ts'
import { normalise } from '../../../../shared/text/lines.ts'
import { readHtml } from '../../../../shared/text/reader/html-reader.ts'
import { anyContent } from '../../../support/content.ts'
import { pluginFormats, rich } from '../rich.ts'
import { everything } from '../sample.ts'
import { bytesOf, sourceOf } from '../sources.ts'

const read = (nodes: HtmlNode[]): Insert[] => readHtml(nodesAsSource(nodes), { formats: pluginFormats })
function both(nodes: HtmlNode[], size: number): [Insert[], Insert[]] {
  return [normalise(slicesOf(nodes, size).flatMap(read)), normalise(read(nodes))]
}

test('F71: read in slices a file is what it is read at once', () => {
  for (const type of ['html', 'md', 'docx', 'odt', 'epub'])
    fc.assert(
      fc.property(anyContent(20), fc.integer({ min: 1, max: 12 }), (random, size) => {
        const content = [...random, { insert: '\n' }, ...rich, ...everything]
        const bytes = bytesOf(type, sourceOf(content, { formats: pluginFormats }))
        const found = readFile(Buffer.from(bytes), `x.${type}`, false)
        const [sliced, whole] = both('nodes' in found ? found.nodes : [], size)
        expect(sliced).toEqual(whole)
      }),
      { numRuns: 15 },
    )
})

test('F71: what stands between blocks is not torn', () => {
  const html = '<body><div>a <b>b</b> c<p>d</p>e <i>f</i><br>g<ul><li>h</ul>i</div></body>'
  const found = readFile(Buffer.from(html), 'x.html', false)
  for (let size = 1; size < 6; size += 1) {
    const [sliced, whole] = both('nodes' in found ? found.nodes : [], size)
    expect(sliced).toEqual(whole)
  }
})

test('F71: a long file comes in many slices', () => {
  const found = readFile(Buffer.from('<p>words</p>'.repeat(10_000)), 'x.html', false)
  expect(slicesOf('nodes' in found ? found.nodes : []).length).toBeGreaterThan(10)
})
