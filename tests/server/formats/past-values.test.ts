/** SPEC-formats F28, F77: what a text had once goes out with its revisions, and comes back. */
import { expect, test } from '@jest/globals'
import * as fc from 'fast-check'
import * as Y from 'yjs'
import { createExporter, fileThreads } from '../../../server/formats/exporter.ts'
import { NO_OPTIONS } from '../../../server/formats/types.ts'
import { NO_PAD_SETTINGS } from '../../../shared/settings.ts'
import { stepsOf, textsOf } from '../../../server/formats/past.ts'
import type { Past } from '../../../server/formats/past.ts'
import { valuesIn } from '../../../server/formats/past-values.ts'
import {
  askedOf,
  rulesAskedOf,
  rulesToldBy,
  tableNames,
  tableOf,
  toldBy,
} from '../../../server/formats/portable.ts'
import { readFile } from '../../../server/formats/read/read.ts'
import { changeOf } from '../../../server/formats/read/past-rows.ts'
import { writtenContent } from '../../../server/formats/written.ts'
import type { Content, Insert } from '../../../shared/text/delta.ts'
import { extendFormats } from '../../../shared/text/formats.ts'
import { normalise } from '../../../shared/text/lines.ts'
import { sourceOf, textOf } from './sources.ts'
import { KARL, MIRA, pluginFormats } from './rich.ts'

/** Words that plugins draw, and an embed that a plugin says the words of. */
const formats = extendFormats(pluginFormats, {
  exports: { stamp: { embed: (value) => [{ insert: `stamp ${String(value)}` }] } },
})

const words = fc.constantFrom('a', 'bc', 'é字', '👩‍👩‍👧 ')
const inline = fc.record(
  {
    bold: fc.constant(true),
    color: fc.constantFrom('red', '#b3261e', '#00ff00', 'no colour'),
    size: fc.constantFrom(12, 24, 40, 9999),
    script: fc.constantFrom('sub', 'super'),
    link: fc.constant('https://example.org/'),
  },
  { requiredKeys: [] },
)
const line = fc.oneof(
  fc.record(
    { header: fc.constantFrom(1, 2), align: fc.constantFrom('center', 'right', 'odd') },
    { requiredKeys: [] },
  ),
  fc.record({ list: fc.constantFrom('bullet', 'ordered', 'checked', 'unchecked') }),
)
/** A text as a pad has it: every line ends. */
const text: fc.Arbitrary<Insert[]> = fc
  .array(fc.tuple(fc.array(fc.tuple(words, inline), { maxLength: 3 }), line), { minLength: 1, maxLength: 4 })
  .map((lines) =>
    lines.flatMap(([pieces, attributes]): Insert[] => [
      ...pieces.map(([insert, marks]) => ({
        insert,
        attributes: marks as NonNullable<Insert['attributes']>,
      })),
      { insert: '\n', attributes },
    ]),
  )

/** A log in which two people made these texts of each other, a minute apart. */
function logOf(texts: readonly Content[]): { past: Past; clients: Map<number, string>; newest: Content } {
  const doc = new Y.Doc()
  const rows: { author: string; time: number; bytes: Uint8Array }[] = []
  const clients = new Map([
    [1, MIRA],
    [2, KARL],
  ])
  let at = 0
  doc.on('update', (bytes: Uint8Array) =>
    rows.push({ author: at % 2 ? KARL : MIRA, time: at * 60_000, bytes }),
  )
  let before: Content = []
  for (const [index, now] of texts.entries()) {
    at = index
    doc.clientID = at % 2 ? 2 : 1
    const delta = changeOf(before, now)
    doc.transact(() => doc.getText('text').applyDelta(delta as Insert[]))
    before = now
  }
  return {
    past: { base: [], time: 0, steps: stepsOf(rows) },
    clients,
    newest: writtenContent(doc.getText('text'), (client) => clients.get(client)),
  }
}

/** The file as the thread makes it, which knows of plugins what it asked for; or with the plugins themselves. */
function fileOf({ past, clients, newest }: ReturnType<typeof logOf>, onThread: boolean): string {
  const all = [...newest, ...valuesIn(past).content]
  const names = tableNames(formats)
  const table = onThread
    ? tableOf(names, toldBy(formats, askedOf(all, names)), rulesToldBy(formats, rulesAskedOf(all, names)))
    : formats
  return textOf('etherpad', sourceOf(newest, { formats: table, past: textsOf(past, clients, 100) }))
}

test('F28: what formats and embeds of plugins say is in every revision, though the newest text has it no longer', () => {
  fc.assert(
    fc.property(fc.array(text, { minLength: 1, maxLength: 4 }), (texts) => {
      const log = logOf([
        [{ insert: { stamp: 'seven' } }, { insert: '\n' }],
        ...texts,
        [{ insert: 'plain\n' }],
      ])
      const file = fileOf(log, true)
      expect(file).toBe(fileOf(log, false))
      expect(file).toContain('stamp seven')
    }),
    { numRuns: 40 },
  )
})

/** As a file of Etherpad can have it: wrong values are none, and an empty line has nothing to say of its words. */
function tidied(content: Content): Insert[] {
  return normalise(
    content.map(({ insert, attributes = {} }) => {
      const kept = Object.entries(attributes).filter(
        ([key, value]) =>
          (formats.inline.get(key) ?? formats.line.get(key))?.validate(value ?? null) ?? false,
      )
      return kept.length === 0 ? { insert } : { insert, attributes: Object.fromEntries(kept) }
    }),
  )
}

test('F28, F77: the revisions that are written are read as the same texts, by the same people at the same times', () => {
  fc.assert(
    fc.property(fc.array(text, { minLength: 2, maxLength: 5 }), (texts) => {
      const log = logOf(texts)
      const found = readFile(Buffer.from(fileOf(log, true)), 'x.etherpad', false, true)
      const past = 'past' in found ? found.past : []
      const steps = [...textsOf(log.past, log.clients, 100)]
      // The first says at least that the pad began; of others one that changed nothing is none.
      for (const { author, time, content } of past) {
        const own = steps.findLast((step) => step.time === time)
        expect([author, content]).toEqual([own?.author, tidied(own?.content ?? [])])
      }
      expect(past.at(-1)?.content).toEqual(tidied(log.newest))
    }),
    { numRuns: 60 },
  )
})

test('F28: whose words are gone is told all the same, and nobody is who did not write', () => {
  const { past } = logOf([[{ insert: 'Mira wrote\n' }], [{ insert: 'Karl\n' }]])
  expect(valuesIn(past).clients).toEqual(new Set([1, 2]))
  expect([...valuesIn({ ...past, steps: past.steps.slice(0, 1) }).clients]).toEqual([1])
})

test('F14, F28: the thread asks for what there was once, and names who wrote it', async () => {
  const once: Content = [{ insert: 'red', attributes: { color: 'red' } }, { insert: '\n' }]
  const { past, clients, newest } = logOf([once, [{ insert: 'plain\n' }]])
  let asked: readonly string[] = []
  const exporter = createExporter({
    formats: () => formats,
    threads: fileThreads(),
    reader: {
      head: async () => ({ revision: 2, id: '1 g' }),
      at: async () => ({
        updates: past.steps.flatMap(({ updates }) => updates),
        clients,
        created: 0,
        time: 0,
      }),
      past: async () => past,
      chat: async () => [],
      people: async (ids) => {
        asked = [...ids].filter((id) => id !== '').sort()
        return []
      },
      settings: async () => NO_PAD_SETTINGS,
    },
  })
  const wanted = { pad: 'x', shown: 'weather', revision: null, lang: '', rtl: false, options: NO_OPTIONS }
  const file = Buffer.from(await exporter.make({ ...wanted, type: 'etherpad' })).toString()
  await exporter.close()
  expect(file).toContain('["color","red"]')
  expect(JSON.stringify(newest)).not.toContain('red')
  expect(asked).toEqual([KARL, MIRA])
})
