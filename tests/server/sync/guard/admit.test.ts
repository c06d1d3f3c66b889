import { describe, expect, test } from '@jest/globals'
import * as Y from 'yjs'
import { admit } from '../../../../server/sync/guard/admit.ts'
import type { Admission, View } from '../../../../server/sync/guard/admit.ts'
import { GuardError } from '../../../../server/sync/guard/errors.ts'
import { TEXT_LIMITS } from '../../../../server/sync/guard/limits.ts'
import { scanUpdate } from '../../../../server/sync/guard/scan.ts'
import { documentView } from '../../../../server/sync/guard/view.ts'
import { processorMs } from '../../../support/processor.ts'
import { block, deleted, gc, item, skip, string, update } from '../../../support/updates.ts'
import type { Block } from '../../../support/updates.ts'

const OPTIONS = { clientsPerDocument: 10, freshPerUpdate: 4 }
const ME = 'a.me'

/** A document with five characters by each of these clients. */
function viewOf(owners: Record<number, string | undefined>): View {
  const known = new Map(Object.entries(owners).map(([client, owner]) => [Number(client), owner]))
  return {
    clock: (client) => (known.has(client) ? 5 : 0),
    owner: (client) => known.get(client),
    bound: (client) => known.has(client),
    deleted: (_client, from) => from === 0,
    clientCount: known.size,
  }
}

function admitted(bytes: Uint8Array, view: View): Admission {
  return admit(scanUpdate(bytes, TEXT_LIMITS), view, ME, OPTIONS)
}

const from = (client: number, clock: number, text: string): Block => ({
  client,
  clock,
  structs: [item(string(text), clock > 0 ? { origin: [client, clock - 1] } : undefined)],
})

describe('admit', () => {
  const view = viewOf({ 1: ME, 2: 'a.other', 3: undefined })
  const rows: [rule: string, bytes: Uint8Array, admission: Admission][] = [
    ['G12: the empty update', update([]), { verdict: 'known' }],
    [
      'G12: own and others’ structs that are there',
      update([from(2, 0, 'abcde'), from(1, 2, 'abc')]),
      { verdict: 'known' },
    ],
    ['G12: deletes that are done', update([], [{ client: 2, ranges: [[0, 3]] }]), { verdict: 'known' }],
    [
      'G12: deletes that are not done',
      update([], [{ client: 2, ranges: [[3, 2]] }]),
      { verdict: 'apply', fresh: [], unowned: [], ranges: [] },
    ],
    ['G13: clocks past the next one', update([from(1, 6, 'a')]), { verdict: 'gap' }],
    ['G13: a new client that does not begin at 0', update([from(9, 1, 'a')]), { verdict: 'gap' }],
    [
      'G13: an origin that is not there',
      update([block(9, item(string('a'), { origin: [8, 0] }))]),
      { verdict: 'gap' },
    ],
    [
      'G13: a right origin past the known clock',
      update([block(9, item(string('a'), { right: [2, 5] }))]),
      { verdict: 'gap' },
    ],
    [
      'G13: a parent that is not there',
      update([block(9, item(string('a'), { parent: [8, 0] }))]),
      { verdict: 'gap' },
    ],
    ['G13: a delete of an unknown client', update([], [{ client: 8, ranges: [[0, 1]] }]), { verdict: 'gap' }],
    ['G13: a delete past the known clock', update([], [{ client: 2, ranges: [[0, 6]] }]), { verdict: 'gap' }],
    [
      'G13: a delete of what the update brings',
      update([from(1, 5, 'ab')], [{ client: 1, ranges: [[6, 1]] }]),
      { verdict: 'apply', fresh: [], unowned: [], ranges: [{ client: 1, from: 5, to: 7 }] },
    ],
    [
      'G13: a skip over known clocks',
      update([{ client: 1, clock: 0, structs: [gc(1), skip(3), item(string('ab'), { origin: [1, 3] })] }]),
      { verdict: 'apply', fresh: [], unowned: [], ranges: [{ client: 1, from: 5, to: 6 }] },
    ],
    [
      'G13: a skip over unknown clocks',
      update([{ client: 1, clock: 4, structs: [gc(1), skip(3), gc(1)] }]),
      { verdict: 'gap' },
    ],
    [
      'G14: the next clocks of an own id',
      update([from(1, 5, 'abc')]),
      { verdict: 'apply', fresh: [], unowned: [], ranges: [{ client: 1, from: 5, to: 8 }] },
    ],
    [
      'G14: an overlap keeps only what is new',
      update([from(1, 3, 'abcd')]),
      { verdict: 'apply', fresh: [], unowned: [], ranges: [{ client: 1, from: 5, to: 7 }] },
    ],
    [
      'G14: two new ids become the author’s',
      update([from(9, 0, 'a'), from(8, 0, 'bc')]),
      {
        verdict: 'apply',
        fresh: [9, 8],
        unowned: [],
        ranges: [
          { client: 9, from: 0, to: 1 },
          { client: 8, from: 0, to: 2 },
        ],
      },
    ],
    [
      'G14: new clocks of somebody else’s id',
      update([from(2, 5, 'forged')]),
      { verdict: 'foreign', clients: [2] },
    ],
    [
      'G14: a GC on somebody else’s clock',
      update([{ client: 2, clock: 5, structs: [gc(1_000_000)] }]),
      { verdict: 'foreign', clients: [2] },
    ],
    [
      'G14: new clocks of an id nobody owns bind it',
      update([from(3, 5, 'a')]),
      { verdict: 'apply', fresh: [3], unowned: [], ranges: [{ client: 3, from: 5, to: 6 }] },
    ],
    [
      'G14: foreign counts before a gap',
      update([from(2, 7, 'a'), from(1, 9, 'a')]),
      { verdict: 'foreign', clients: [2] },
    ],
    [
      'G14: own structs after others’ known ones',
      update([
        from(2, 0, 'abcde'),
        { client: 1, clock: 5, structs: [item(string('a'), { origin: [2, 4] })] },
      ]),
      { verdict: 'apply', fresh: [], unowned: [], ranges: [{ client: 1, from: 5, to: 6 }] },
    ],
    [
      'G16: too many new ids in one update',
      update([0, 1, 2, 3, 4].map((i) => block(20 + i, gc(1)))),
      { verdict: 'full' },
    ],
  ]
  for (const [rule, bytes, admission] of rows) {
    test(rule, () => expect(admitted(bytes, view)).toEqual(admission))
  }

  test('G14: an announced id is its holder’s before the first write', () => {
    const announced = { ...viewOf({}), owner: (client: number) => (client === 7 ? ME : 'a.other') }
    expect(admitted(update([from(7, 0, 'a')]), announced)).toMatchObject({ fresh: [7] })
    expect(admitted(update([from(6, 0, 'a')]), announced)).toEqual({ verdict: 'foreign', clients: [6] })
  })

  test('G14: of ids nobody owns only those the room lets the author claim become the author’s', () => {
    const options = { ...OPTIONS, claims: (unowned: readonly number[]) => unowned.slice(1) }
    const bytes = update([from(9, 0, 'a'), from(3, 5, 'b'), from(1, 5, 'c')])
    expect(admit(scanUpdate(bytes, TEXT_LIMITS), view, ME, options)).toMatchObject({
      verdict: 'apply',
      fresh: [3],
      unowned: [9],
    })
    expect(admitted(update([from(2, 5, 'a'), from(9, 0, 'b')]), view)).toEqual({
      verdict: 'foreign',
      clients: [2],
    })
  })

  test('G15: two structs that wait for each other', () => {
    const circle = update([
      block(9, item(string('a'), { origin: [8, 0] })),
      block(8, item(string('b'), { origin: [9, 0] })),
    ])
    expect(() => admitted(circle, view)).toThrow(GuardError)
  })

  test('G15: three clients in a circle, behind structs that are sound', () => {
    const circle = update([
      block(9, item(string('a')), item(string('a'), { origin: [8, 1] })),
      block(8, item(string('b')), item(string('b'), { right: [7, 0] })),
      block(7, item(string('c'), { parent: [9, 1] })),
    ])
    expect(() => admitted(circle, view)).toThrow(new GuardError('cycle', 0))
  })

  test('G15: clients that lean on each other in turn are no circle', () => {
    const turns = update([
      block(
        9,
        item(string('a')),
        item(string('a'), { origin: [8, 0] }),
        item(string('a'), { origin: [8, 1] }),
      ),
      block(
        8,
        item(string('b'), { origin: [9, 0] }),
        item(string('b'), { origin: [9, 1] }),
        item(string('b'), { origin: [9, 2] }),
      ),
    ])
    expect(admitted(turns, view)).toMatchObject({ verdict: 'apply', fresh: [9, 8] })
    const doc = new Y.Doc()
    Y.applyUpdate(doc, turns)
    expect(doc.store.pendingStructs).toBeNull()
  })

  test('G15: many references are played through in linear time', () => {
    const count = 30_000
    const chain = (own: number, other: number, offset: number): Block => ({
      client: own,
      clock: 0,
      structs: Array.from({ length: count }, (_, i) =>
        item(deleted(1), i + offset < 0 ? { parent: 'text' } : { origin: [other, i + offset] }),
      ),
    })
    const bytes = update([chain(9, 8, -1), chain(8, 9, 0)])
    const scan = scanUpdate(bytes, TEXT_LIMITS)
    const ms = processorMs(() => expect(admit(scan, view, ME, OPTIONS)).toMatchObject({ verdict: 'apply' }))
    expect(ms).toBeLessThan(500)
  })

  test('G16: a document has room for so many ids', () => {
    const full = viewOf(Object.fromEntries([...Array(10).keys()].map((i) => [i, ME])))
    expect(admitted(update([from(99, 0, 'a')]), full)).toEqual({ verdict: 'full' })
    expect(admitted(update([from(1, 5, 'a')]), full)).toMatchObject({ verdict: 'apply' })
  })

  test('G12: the view of a live document answers exactly', () => {
    const doc = new Y.Doc()
    doc.clientID = 5
    doc.getText('text').insert(0, 'abcdef')
    doc.getText('text').delete(1, 2)
    const live = documentView(
      doc,
      () => ME,
      () => true,
    )
    expect([live.clock(5), live.clock(6), live.clientCount]).toEqual([6, 0, 1])
    expect(live.deleted(5, 1, 3)).toBe(true)
    expect(live.deleted(5, 2, 3)).toBe(true)
    expect(live.deleted(5, 0, 3)).toBe(false)
    expect(live.deleted(5, 1, 4)).toBe(false)
    expect(live.deleted(5, 1, 9)).toBe(false)
    expect(live.deleted(6, 0, 1)).toBe(false)
    expect(admitted(Y.encodeStateAsUpdate(doc), live)).toEqual({ verdict: 'known' })
  })
})
