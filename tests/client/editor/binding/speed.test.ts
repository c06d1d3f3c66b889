/** R18 without a screen. The machine may be busy: figures are medians of processor time, and limits leave room; `bench/` has the exact ones. */
import { expect, test } from '@jest/globals'
import type { Node } from 'prosemirror-model'
import * as Y from 'yjs'
import { TestEditor } from '../../../support/editors.ts'
import { largeDoc } from '../../../support/large-text.ts'
import { enter, format, spot } from '../../../support/merge-scenarios.ts'
import { seeded } from '../../../support/seeded.ts'

const lines = Number(process.env['LINES'] ?? 10_000)

function median(times: number[]): number {
  return [...times].sort((a, b) => a - b)[times.length >> 1] ?? 0
}

function copyOf(doc: Y.Doc, client: number): TestEditor {
  const copy = new Y.Doc()
  copy.clientID = client
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc), 'network')
  return new TestEditor(copy, { captureTimeout: 500 })
}

function timed(count: number, work: (index: number) => void): number {
  const times: number[] = []
  for (let index = 0; index < count; index += 1) {
    const start = process.cpuUsage()
    work(index)
    const { user, system } = process.cpuUsage(start)
    times.push((user + system) / 1000)
  }
  return median(times)
}

test(`R18: keys in ${lines} lines, here and from elsewhere`, () => {
  const random = seeded(4)
  const source = largeDoc(lines)
  const a = copyOf(source, 2)
  const b = copyOf(source, 3)
  const plain = (block: Node): boolean => block.attrs['header'] === null && block.attrs['list'] === null
  const line = a.state.doc.children.findIndex(
    (block, index) => index > lines / 2 && plain(block) && block.childCount === 1,
  )
  const figures: Record<string, number> = {}
  const key = (one: TestEditor, at: number) => one.dispatch(one.state.tr.insertText('k', at))
  const load = performance.now()
  copyOf(source, 4).destroy()
  figures['open'] = performance.now() - load
  let at = spot(a.state.doc, line, 3)
  figures['local key'] = timed(300, () => key(a, (at += 1)))
  const size = (updates: Uint8Array[]): number => Math.max(...updates.map((update) => update.length))
  const keyBytes = size(a.outbox)
  const keys = a.outbox.splice(0)
  figures['remote key'] = timed(300, (index) => b.receive([keys[index] as Uint8Array]))
  const places = Array.from({ length: 40 }, () => spot(a.state.doc, random.int(lines), 5))
  figures['local random'] = timed(40, (index) => key(a, places[index] ?? 1))
  const scattered = a.outbox.splice(0)
  figures['remote random'] = timed(40, (index) => b.receive([scattered[index] as Uint8Array]))
  figures['local Enter'] = timed(20, () => enter(a, line, 4))
  const enterBytes = size(a.outbox)
  figures['local heading'] = timed(20, (index) => format(a, line + index * 3, 'header', 3))
  b.receive(a.outbox.splice(0))
  for (let index = 0; index < 200; index += 1) key(a, spot(a.state.doc, random.int(lines), 2))
  const many = a.outbox.splice(0)
  figures['200 remote at once'] = timed(1, () => b.receive(many))
  figures['toDelta, to compare machines'] = timed(15, () => void a.text.toDelta())
  if (process.env['FIGURES'])
    console.log(figures, {
      keyBytes,
      enterBytes,
      state: Y.encodeStateAsUpdate(source).length,
      length: a.text.length,
    })
  expect(a.errors.concat(b.errors)).toEqual([])
  expect(b.state.doc.eq(a.state.doc)).toBe(true)
  expect(b.state.doc.eq(b.wanted())).toBe(true)
  expect(keyBytes).toBeLessThanOrEqual(26)
  expect(enterBytes).toBeLessThanOrEqual(40)
  expect(figures['local key']).toBeLessThan(5)
  expect(figures['remote key']).toBeLessThan(10)
})
