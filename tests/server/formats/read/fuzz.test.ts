/** Files that were good and are not any more: each is refused with a reason, or read; none is a fault of ours. */
import { expect, test } from '@jest/globals'
import { readFile } from '../../../../server/formats/read/read.ts'
import { Refusal } from '../../../../server/formats/read/refusal.ts'
import { readHtml } from '../../../../shared/text/reader/html-reader.ts'
import { sourceOf as nodesAsSource } from '../../../../server/formats/importer.ts'
import { seeded } from '../../../support/seeded.ts'
import { pluginFormats, rich } from '../rich.ts'
import { everything } from '../sample.ts'
import { bytesOf, sourceOf } from '../sources.ts'

const TYPES = ['docx', 'odt', 'epub', 'html', 'md', 'json', 'etherpad'] as const
const EACH = 40

/** Some bytes are others, some are gone, some stand twice. */
function broken(bytes: Uint8Array, random: () => number): Buffer {
  let out = Buffer.from(bytes)
  const at = (): number => Math.floor(random() * out.length)
  for (let times = 1 + Math.floor(random() * 6); times > 0; times -= 1) {
    const kind = random()
    if (kind < 0.6) out[at()] = Math.floor(random() * 256)
    else if (kind < 0.8) {
      const from = at()
      out = Buffer.concat([out.subarray(0, from), out.subarray(from + 1 + Math.floor(random() * 40))])
    } else {
      const from = at()
      out = Buffer.concat([out.subarray(0, from), out.subarray(from, from + 30), out.subarray(from)])
    }
  }
  return out
}

test.each(TYPES)('F60: %s that was damaged on its way is refused or read', (type) => {
  const good = bytesOf(type, sourceOf([...everything, ...rich], { formats: pluginFormats }))
  const dice = seeded(TYPES.indexOf(type) + 1)
  const random = (): number => dice.int(1_000_000) / 1_000_000
  let refused = 0
  for (let round = 0; round < EACH; round += 1) {
    try {
      const found = readFile(broken(good, random), `x.${type}`, false)
      if ('nodes' in found) readHtml(nodesAsSource(found.nodes), { formats: pluginFormats })
    } catch (error) {
      // Offsets that lead nowhere are told by a RangeError, which the thread takes as a refusal as well.
      if (!(error instanceof RangeError)) expect(error).toBeInstanceOf(Refusal)
      refused += 1
    }
  }
  if (['docx', 'odt', 'epub'].includes(type)) expect(refused).toBeGreaterThan(EACH / 4)
})
