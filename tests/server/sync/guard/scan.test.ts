import { describe, expect, test } from '@jest/globals'
import * as encoding from 'lib0/encoding'
import * as Y from 'yjs'
import { GuardError } from '../../../../server/sync/guard/errors.ts'
import type { GuardReason } from '../../../../server/sync/guard/errors.ts'
import { BOARD_LIMITS, TEXT_LIMITS } from '../../../../server/sync/guard/limits.ts'
import type { GuardLimits } from '../../../../server/sync/guard/limits.ts'
import { scanUpdate } from '../../../../server/sync/guard/scan.ts'
import { processorMs } from '../../../support/processor.ts'
import {
  any,
  binary,
  block,
  deleted,
  embed,
  format,
  gc,
  item,
  json,
  rawContent,
  rawString,
  skip,
  string,
  subDocument,
  type,
  update,
  varUints,
} from '../../../support/updates.ts'
import type { Write } from '../../../support/updates.ts'

function reasonOf(bytes: Uint8Array, limits: GuardLimits = TEXT_LIMITS): GuardReason | 'passed' {
  try {
    scanUpdate(bytes, limits)
    return 'passed'
  } catch (error) {
    if (error instanceof GuardError) return error.reason
    throw error
  }
}

const one = (...structs: Write[]): Uint8Array => update([block(1, ...structs)])
const inMap = { parent: 'text', sub: 'key' }
const nested = (levels: number): string => `${'{"a":'.repeat(levels - 1)}{}${'}'.repeat(levels - 1)}`
const nestedAny = (levels: number): unknown => (levels === 0 ? 1 : [nestedAny(levels - 1)])
const bomb = (times: number, make: (i: number) => Write): Write[] =>
  Array.from({ length: times }, (_, i) => make(i))

const sound = one(item(string('hello')))

type Row = [rule: string, bytes: Uint8Array, reason: GuardReason | 'passed', limits?: GuardLimits]

const rows: Row[] = [
  ['G1: no bytes', new Uint8Array(), 'truncated'],
  ['G1: a byte less', sound.subarray(0, -1), 'truncated'],
  ['G1: a byte more', Uint8Array.of(...sound, 0), 'trailing'],
  ['G1: a delete set cut off', update([], [{ client: 1, ranges: [[0, 1]] }]).subarray(0, -1), 'count'],
  ['G1: a string cut off', one(item(rawContent(4, 200, 1, 65))), 'truncated'],
  ['G1: a float cut off', one(item(rawContent(8, 1, 123, 0), inMap)), 'truncated'],
  ['G2: a number without end', new Uint8Array(2000).fill(0x80), 'number'],
  ['G2: a number over 2^53', Uint8Array.of(255, 255, 255, 255, 255, 255, 255, 127, 0), 'number'],
  ['G2: a client id over 32 bits', update([block(2 ** 32, item(string('a')))]), 'client'],
  ['G2: the largest client id', update([block(2 ** 32 - 1, item(string('a')))]), 'passed'],
  ['G2: a clock over 2^31', update([{ client: 1, clock: 2 ** 31 + 1, structs: [gc(1)] }]), 'clock'],
  [
    'G2: a clock that grows over 2^31',
    update([{ client: 1, clock: 2 ** 31 - 1, structs: [gc(9)] }]),
    'clock',
  ],
  ['G2: a GC of length 2^53 - 1', one(gc(2 ** 53 - 1)), 'clock'],
  ['G2: a delete range to 2^52', update([], [{ client: 1, ranges: [[0, 2 ** 52]] }]), 'clock'],
  ['G3: 30 million structs claimed', varUints(1, 30_000_000, 1, 0, 0), 'count'],
  ['G3: 30 million clients claimed', varUints(30_000_000, 1, 1, 0, 0), 'count'],
  ['G3: 30 million deletes claimed', varUints(0, 1, 1, 30_000_000, 0, 1), 'count'],
  ['G3: 30 million delete clients claimed', varUints(0, 30_000_000, 1, 1, 0, 1), 'count'],
  ['G3: 30 million any-values claimed', one(item(rawContent(8, 128, 136, 167, 14), inMap)), 'count'],
  ['G3: an array of 30 million claimed', one(item(rawContent(8, 1, 117, 128, 136, 167, 14), inMap)), 'count'],
  ['G3: a string longer than the bytes', one(item(rawContent(4, 128, 136, 167, 14))), 'truncated'],
  [
    'G3: more clients than the cap',
    update(Array.from({ length: 20_001 }, (_, i) => block(i, gc(1)))),
    'count',
  ],
  [
    'G3: more structs than the cap',
    update([{ client: 1, clock: 0, structs: bomb(100_001, () => gc(1)) }]),
    'count',
  ],
  [
    'G4: a block without structs',
    update([{ client: 1, clock: 0, structs: [] }, block(2, gc(1), gc(1), gc(1))]),
    'empty',
  ],
  ['G4: a GC without length', one(gc(0)), 'empty'],
  ['G4: a skip without length', one(skip(0), gc(1)), 'empty'],
  ['G4: an empty string', one(item(string(''))), 'empty'],
  ['G4: no any-values', one(item(any(), inMap)), 'empty'],
  ['G4: deleted content without length', one(item(deleted(0))), 'empty'],
  ['G4: an empty delete range', update([], [{ client: 1, ranges: [[0, 0]] }]), 'empty'],
  ['G4: a client twice', update([block(1, gc(1)), block(1, gc(1))]), 'client'],
  [
    'G4: a client twice among the deletes',
    update(
      [],
      [
        { client: 1, ranges: [[0, 1]] },
        { client: 1, ranges: [[1, 1]] },
      ],
    ),
    'client',
  ],
  ['G4: a GC with flags', one((e) => encoding.writeUint8Array(e, Uint8Array.of(128, 1))), 'info'],
  ['G4: a skip with flags', one(item(rawContent(10, 1), { origin: [2, 0] })), 'content'],
  [
    'G4: a parent flag that is neither 0 nor 1',
    one((e) => encoding.writeUint8Array(e, Uint8Array.of(4, 2, 0, 0, 1, 65))),
    'info',
  ],
  ['G4: deleted lengths that add up', one(...bomb(11, () => gc(1_000_000))), 'length'],
  ['G5: content 11', one(item(rawContent(11, 1))), 'content'],
  ['G5: content 31', one(item(rawContent(31, 1))), 'content'],
  ['G5: a sub-document', one(item(subDocument('x'))), 'content'],
  ['G5: JSON content', one(item(json('1'), inMap)), 'content'],
  [
    'G5: JSON content on a board',
    one(item(json('1'), { parent: 'shapes', sub: 'a' })),
    'content',
    BOARD_LIMITS,
  ],
  ['G5: bytes in a text', one(item(binary(Uint8Array.of(1)), inMap)), 'content'],
  ['G5: bytes in a value of a text', one(item(any(Uint8Array.of(1)), inMap)), 'content'],
  [
    'G5: bytes on a board',
    one(item(binary(Uint8Array.of(1)), { parent: 'shapes', sub: 'a' })),
    'passed',
    BOARD_LIMITS,
  ],
  [
    'G5: bytes in a value on a board',
    one(item(any({ pts: Uint8Array.of(1) }), { parent: 'shapes', sub: 'a' })),
    'passed',
    BOARD_LIMITS,
  ],
  ['G5: an array', one(item(type(0))), 'passed'],
  ['G5: a map', one(item(type(1))), 'passed'],
  ['G5: a text', one(item(type(2))), 'passed'],
  ['G5: an XML element', one(item(type(3, 'p'))), 'type'],
  ['G5: an XML fragment', one(item(type(4))), 'type'],
  ['G5: an XML hook', one(item(type(5, 'p'))), 'type'],
  ['G5: an XML text', one(item(type(6))), 'type'],
  ['G5: a type Yjs does not have', one(item(type(7))), 'type'],
  ['G5: a root of a text', one(item(string('a'), { parent: 'cell/t1/r1/c1' })), 'passed'],
  ['G5: an unknown root', one(item(string('a'), { parent: 'prosemirror' })), 'root'],
  ['G5: a root that only begins like one', one(item(string('a'), { parent: 'text2' })), 'root'],
  ['G5: the root __proto__', one(item(string('a'), { parent: '__proto__' })), 'key'],
  ['G5: the root __proto__ on a board', one(item(string('a'), { parent: '__proto__' })), 'key', BOARD_LIMITS],
  [
    'G5: the root constructor on a board',
    one(item(string('a'), { parent: 'constructor' })),
    'key',
    BOARD_LIMITS,
  ],
  ['G5: a root of 300 bytes', one(item(string('a'), { parent: 'a'.repeat(300) })), 'length', BOARD_LIMITS],
  ['G5: any-values in the list of a text', one(item(any(1))), 'content'],
  ['G5: any-values under a key of a text', one(item(any(1), inMap)), 'passed'],
  ['G6: overlong UTF-8', one(item(rawString(0xc0, 0x80))), 'utf8'],
  ['G6: UTF-8 of a surrogate', one(item(rawString(0xed, 0xa0, 0x80))), 'utf8'],
  ['G6: UTF-8 past U+10FFFF', one(item(rawString(0xf4, 0x90, 0x80, 0x80))), 'utf8'],
  ['G6: UTF-8 cut off', one(item(rawString(0xe2, 0x82))), 'utf8'],
  ['G6: a stray UTF-8 byte', one(item(rawString(0x80))), 'utf8'],
  ['G6: an emoji', one(item(string('a😀é€'))), 'passed'],
  ['G6: bad JSON in a format', one(item(format('bold', 'tru'))), 'json'],
  ['G6: JSON with something after it', one(item(format('bold', 'true 1'))), 'json'],
  ['G6: empty JSON', one(item(format('bold', ''))), 'json'],
  ['G6: bad JSON in an embed', one(item(embed('{"a":1,}'))), 'json'],
  ['G6: a raw control character in JSON', one(item(embed('{"a":"\u0001"}'))), 'json'],
  ['G6: a number that is not finite', one(item(format('size', '1e999'))), 'json'],
  ['G6: a number with a leading zero', one(item(format('size', '01'))), 'json'],
  ['G6: a scalar format', one(item(format('size', '-1.5e3'))), 'passed'],
  ['G6: a format switched off', one(item(format('bold', 'null'))), 'passed'],
  ['G6: an object as a format', one(item(format('bold', '{"a":1}'))), 'value'],
  ['G6: an array as a format', one(item(format('bold', '[]'))), 'value'],
  ['G6: a format value over 8 kB', one(item(format('link', JSON.stringify('a'.repeat(8200))))), 'length'],
  ['G6: a format key of 300 bytes', one(item(format('a'.repeat(300), 'true'))), 'length'],
  ['G6: an unknown format', one(item(format('x-unknown', '"v"'))), 'passed'],
  ['G6: an unknown embed', one(item(embed('{"x-unknown":{"deep":[1,"\\ud83d\\ude00",null]}}'))), 'passed'],
  ['G6: a string as an embed', one(item(embed('"a"'))), 'value'],
  ['G6: null as an embed', one(item(embed('null'))), 'value'],
  ['G6: an embed over its cap', one(item(embed(JSON.stringify({ image: 'a'.repeat(600_000) })))), 'length'],
  ['G6: an embed 16 deep', one(item(embed(nested(16)))), 'passed'],
  ['G6: an embed 17 deep', one(item(embed(nested(17)))), 'depth'],
  ['G6: an embed 4 200 deep', one(item(embed(nested(4200)))), 'depth'],
  ['G6: an embed 100 000 arrays deep', one(item(embed('['.repeat(100_000)))), 'depth'],
  ['G6: an any-value 16 deep', one(item(any(nestedAny(16)), inMap)), 'passed'],
  ['G6: an any-value 17 deep', one(item(any(nestedAny(17)), inMap)), 'depth'],
  ['G6: an any-value 5 000 deep', one(item(any(nestedAny(5000)), inMap)), 'depth'],
  ['G6: a bigint', one(item(any(10n), inMap)), 'value'],
  ['G6: an unknown any-value', one(item(rawContent(8, 1, 50), inMap)), 'content'],
  ['G6: the format __proto__', one(item(format('__proto__', 'true'))), 'key'],
  ['G6: the format constructor', one(item(format('constructor', 'true'))), 'key'],
  ['G6: the key prototype', one(item(any(1), { parent: 'text', sub: 'prototype' })), 'key'],
  ['G6: __proto__ in an embed', one(item(embed('{"a":{"__proto__":{"isAdmin":true}}}'))), 'key'],
  ['G6: __proto__ escaped in an embed', one(item(embed('{"\\u005f_proto__":1}'))), 'key'],
  ['G6: __proto__ in an any-value', one(item(any(JSON.parse('{"__proto__":1}')), inMap)), 'key'],
  ['G7: an origin that is the struct itself', one(item(string('a'), { origin: [1, 0] })), 'reference'],
  ['G7: an origin later than the struct', one(item(string('a'), { origin: [1, 9] })), 'reference'],
  ['G7: a right origin that is the struct itself', one(item(string('a'), { right: [1, 0] })), 'reference'],
  ['G7: a parent that is the struct itself', one(item(type(1), { parent: [1, 0] })), 'reference'],
  ['G7: an origin inside the struct', one(item(string('abc'), { origin: [1, 2] })), 'reference'],
  ['G8: types 16 deep', one(item(type(1)), ...bomb(16, (i) => item(type(1), { parent: [1, i] }))), 'passed'],
  ['G8: types 17 deep', one(item(type(1)), ...bomb(17, (i) => item(type(1), { parent: [1, i] }))), 'nesting'],
  [
    'G8: types 5 000 deep',
    one(item(type(1)), ...bomb(5000, (i) => item(type(1), { parent: [1, i] }))),
    'nesting',
  ],
  [
    'G8: types deep by way of neighbours',
    one(
      ...bomb(60, (i) =>
        i === 0
          ? item(type(2))
          : i % 2 === 1
            ? item(string('a'), { parent: [1, i - 1] })
            : item(type(2), { origin: [1, i - 1] }),
      ),
    ),
    'nesting',
  ],
  [
    'G8: types deep between two clients',
    update([
      block(2, ...bomb(20, (i) => item(type(1), { parent: [1, i] }))),
      block(1, item(type(1)), ...bomb(20, (i) => item(type(1), { parent: [2, i] }))),
    ]),
    'nesting',
  ],
  ['G8: many types side by side', one(...bomb(2000, () => item(type(1)))), 'passed'],
  [
    'G9: delete ranges out of order',
    update(
      [],
      [
        {
          client: 1,
          ranges: [
            [5, 1],
            [0, 1],
          ],
        },
      ],
    ),
    'order',
  ],
  [
    'G9: delete ranges that overlap',
    update(
      [],
      [
        {
          client: 1,
          ranges: [
            [0, 5],
            [4, 1],
          ],
        },
      ],
    ),
    'order',
  ],
  [
    'G9: the same delete range 100 000 times',
    update([], [{ client: 1, ranges: Array.from({ length: 100_000 }, () => [0, 9] as const) }]),
    'order',
  ],
]

describe('scanUpdate', () => {
  for (const [rule, bytes, reason, limits] of rows) {
    test(rule, () => {
      expect(reasonOf(bytes, limits)).toBe(reason)
      const times = [1, 2, 3].map(() => processorMs(() => void reasonOf(bytes, limits)))
      expect(Math.min(...times)).toBeLessThan(100)
    })
  }

  test('G3: claims cost neither time nor memory', () => {
    const hostile = [
      varUints(1, 30_000_000, 1, 0, 0),
      one(item(rawContent(8, 1, 117, 128, 136, 167, 14), inMap)),
      one(gc(2 ** 53 - 1)),
    ]
    const before = process.memoryUsage().rss
    const ms = processorMs(() => {
      for (let i = 0; i < 3000; i++) for (const bytes of hostile) reasonOf(bytes)
    })
    expect(ms / 9000).toBeLessThan(1)
    expect(process.memoryUsage().rss - before).toBeLessThan(64 * 1024 * 1024)
  })

  test('G10: an update in format V2 is refused', () => {
    const doc = new Y.Doc()
    doc.getText('text').insert(0, 'some text', { bold: true })
    doc.getText('text').delete(2, 3)
    expect(reasonOf(Y.encodeStateAsUpdateV2(doc))).not.toBe('passed')
    expect(reasonOf(Y.encodeStateAsUpdateV2(new Y.Doc()))).not.toBe('passed')
  })

  test('G11: the scan says what Yjs reads from the same bytes', () => {
    const bytes = update(
      [
        block(7, item(string('a😀')), item(format('bold', 'true'), { origin: [7, 2] }), gc(5)),
        { client: 3, clock: 4, structs: [item(string('b'), { origin: [7, 0] }), skip(4), gc(2)] },
      ],
      [
        {
          client: 7,
          ranges: [
            [0, 1],
            [4, 2],
          ],
        },
      ],
    )
    expect(scanUpdate(bytes, TEXT_LIMITS)).toEqual({
      clients: [
        { client: 7, from: 0, to: 9 },
        { client: 3, from: 4, to: 5 },
        { client: 3, from: 9, to: 11 },
      ],
      deletes: [
        { client: 7, from: 0, to: 1 },
        { client: 7, from: 4, to: 6 },
      ],
      formats: true,
      structs: 6,
      hasGc: true,
      needs: [3, 4, 7, 0],
      inspect: [],
    })
    const meta = Y.parseUpdateMeta(bytes)
    expect([...meta.to]).toEqual([
      [7, 9],
      [3, 11],
    ])
  })
})
