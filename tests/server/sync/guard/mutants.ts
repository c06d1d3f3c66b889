/** Real updates and what damage makes of them, the same for the same seed. */
import * as Y from 'yjs'
import { boxOf } from '../../../../shared/board/geometry/box.ts'
import { boardOf } from '../../../../shared/board/model/board.ts'
import type { Board } from '../../../../shared/board/model/board.ts'
import {
  changeShape,
  createInk,
  createShape,
  deleteShapes,
  textOfShape,
} from '../../../../shared/board/model/write.ts'
import { perform, personOf } from '../../../support/people.ts'

/** Mulberry32: small, and the same everywhere. */
export function randomOf(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) % below
  }
}

export type Random = (below: number) => number

const WORDS = ['a', 'bold', ' word', '\n', '😀', 'é', 'xyz'.repeat(9)]

/** A document somebody has, and real updates of somebody who goes on from there. */
export interface Corpus {
  base: Uint8Array
  updates: Uint8Array[]
}

/** A text with formats, pictures and tables, some of it deleted. */
export function textCorpus(random: Random): Corpus {
  const first = personOf('a.one')
  // Yjs draws ids of its own; with these a seed gives the same run again.
  first.doc.clientID = 1 + random(2 ** 31)
  edit(first, random, 20)
  const base = Y.encodeStateAsUpdate(first.doc)
  const second = personOf('a.two', base)
  second.doc.clientID = 1 + random(2 ** 31)
  const updates: Uint8Array[] = []
  second.doc.on('update', (bytes: Uint8Array) => updates.push(bytes))
  edit(second, random, 25)
  updates.push(Y.encodeStateAsUpdate(second.doc), Y.mergeUpdates([...updates]))
  return { base, updates }
}

function edit(person: ReturnType<typeof personOf>, random: Random, steps: number): void {
  const who = 0
  for (let i = 0; i < steps; i++) {
    const at = random(1000) / 1000
    const text = WORDS[random(WORDS.length)] ?? 'a'
    const kind = random(12)
    if (kind < 5) perform(person, { do: 'type', who, at, text })
    else if (kind < 7) perform(person, { do: 'delete', who, at, length: random(8) })
    else if (kind < 9) {
      const value = [true, null, 2, 'v'][random(4)]
      perform(person, { do: 'format', who, at, length: random(8), key: 'bold', value })
    } else if (kind === 9) perform(person, { do: 'embed', who, at, value: { image: { a: [1, text] } } })
    else if (kind === 10) perform(person, { do: 'table', who, at })
    else perform(person, { do: random(2) ? 'undo' : 'redo', who })
  }
}

/** A board with shapes, ink, texts, settings and a list, some of it deleted. */
export function boardCorpus(random: Random): Corpus {
  const first = boardOf(new Y.Doc())
  first.doc.clientID = 1 + random(2 ** 31)
  for (let i = 0; i < 20; i++) draw(first, random)
  const base = Y.encodeStateAsUpdate(first.doc)
  const second = boardOf(new Y.Doc())
  Y.applyUpdate(second.doc, base)
  second.doc.clientID = 1 + random(2 ** 31)
  const updates: Uint8Array[] = []
  second.doc.on('update', (bytes: Uint8Array) => updates.push(bytes))
  for (let i = 0; i < 25; i++) draw(second, random)
  updates.push(Y.encodeStateAsUpdate(second.doc), Y.mergeUpdates([...updates]))
  return { base, updates }
}

function draw(board: Board, random: Random): void {
  const id = `s${random(8)}`
  const box = boxOf(random(100), random(100), 1 + random(50), 10)
  const text = textOfShape(board, id)
  const kind = random(10)
  if (kind < 3) createShape(board, { id, kind: 'note', order: 'V', box, text: [{ insert: 'word' }] })
  else if (kind === 3) createInk(board, { id, order: 'W', points: Uint8Array.of(1, 2, 3), box })
  else if (kind < 6) changeShape(board, id, { box, style: { color: '#abcdef' }, link: 'https://a.example/' })
  else if (kind < 8) text?.insert(random(text.length + 1), WORDS[random(WORDS.length)] ?? 'a', { bold: true })
  else if (kind === 8) text?.delete(0, random(text.length + 1))
  else if (random(2) === 0) deleteShapes(board, [id])
  else board.doc.getArray('votes').insert(0, [random(9), id])
}

export function mutate(bytes: Uint8Array, other: Uint8Array, random: Random): Uint8Array {
  let mutant = [...bytes]
  const times = 1 + random(3)
  for (let i = 0; i < times; i++) {
    const at = random(mutant.length + 1)
    const value = [0, 1, 2, 127, 128, 255, random(256)][random(7)] ?? 0
    switch (random(8)) {
      case 0:
        mutant[at] = value
        break
      case 1:
        mutant[at] = (mutant[at] ?? 0) ^ (1 << random(8))
        break
      case 2:
        mutant[at] = (mutant[at] ?? 0) + (random(2) ? 1 : -1)
        break
      case 3:
        mutant.splice(at, 1 + random(4))
        break
      case 4:
        mutant.splice(at, 0, ...Array.from({ length: 1 + random(4) }, () => random(256)))
        break
      case 5:
        mutant = [...mutant.slice(0, at), ...other.slice(random(other.length))]
        break
      case 6:
        mutant.splice(at, 0, ...mutant.slice(at, at + random(20)))
        break
      default:
        mutant.length = Math.min(mutant.length, at)
    }
  }
  return Uint8Array.from(mutant.filter((value) => value !== undefined))
}
