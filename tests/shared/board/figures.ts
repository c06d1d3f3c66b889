/**
 * What the board's model costs: `npx tsc -p tests/shared/board/tsconfig.json && node --expose-gc
 * dist/figures/tests/shared/board/figures.js`. Prints one line a figure; nothing is asserted, because machines differ.
 */
import { brotliCompressSync, constants } from 'node:zlib'
import * as Y from 'yjs'
import { createIndex } from '../../../shared/board/geometry/spatial-index.ts'
import { hitShape } from '../../../shared/board/geometry/hit.ts'
import { inkOutline } from '../../../shared/board/ink/outline.ts'
import { decodePoints, encodePoints, pointsBounds } from '../../../shared/board/ink/points.ts'
import type { InkPoints } from '../../../shared/board/ink/points.ts'
import { simplify } from '../../../shared/board/ink/simplify.ts'
import { boardOf, readShapes } from '../../../shared/board/model/board.ts'
import { paintOrder, treeOf } from '../../../shared/board/model/tree.ts'
import { drawBoard } from '../../../shared/board/draw/draw.ts'
import { writeSvg } from '../../../shared/board/draw/svg.ts'
import { createRandom } from '../../support/random.ts'
import { boardOfInk, handwriting } from './strokes.ts'

const say = (name: string, value: number, unit: string): void =>
  console.log(`${name.padEnd(52)} ${value.toFixed(value < 10 ? 2 : 0).padStart(9)} ${unit}`)

function timed<T>(run: () => T): [result: T, ms: number] {
  const start = performance.now()
  const result = run()
  return [result, performance.now() - start]
}

const heap = (): number => {
  globalThis.gc?.()
  globalThis.gc?.()
  return process.memoryUsage().heapUsed + process.memoryUsage().arrayBuffers
}

function codec(): void {
  const random = createRandom(1)
  for (const pressure of [false, true]) {
    const strokes = Array.from({ length: 2000 }, () => handwriting(random, 50, 500, 300, pressure))
    const points = strokes.length * 50
    const kind = pressure ? 'pressure' : 'no pressure'
    for (const tolerance of [0, 0.4, 0.5]) {
      const kept: InkPoints[] =
        tolerance > 0 ? strokes.map((ink) => simplify(ink, { tolerance, width: 4 })) : strokes
      const bytes = kept.reduce((sum, ink) => sum + encodePoints(ink, 2).length, 0)
      const left = kept.reduce((sum, ink) => sum + ink.xy.length / 2, 0)
      say(`50 points, ${kind}, tolerance ${tolerance}: points kept`, left / strokes.length, '')
      say(`50 points, ${kind}, tolerance ${tolerance}: bytes of points`, bytes / strokes.length, 'B')
    }
    const encoded = strokes.map((ink) => encodePoints(ink, 2))
    for (let round = 0; round < 3; round++) {
      const [, encode] = timed(() => strokes.forEach((ink) => encodePoints(ink, 2)))
      const [, decode] = timed(() => encoded.forEach((ink) => decodePoints(ink)))
      const [, bounds] = timed(() => encoded.forEach((ink) => pointsBounds(ink)))
      const [, thinned] = timed(() => strokes.forEach((ink) => simplify(ink, { tolerance: 0.4, width: 4 })))
      if (round < 2) continue
      say(`encode, ${kind}`, (encode / points) * 1e6, 'ns/point')
      say(`decode, ${kind}`, (decode / points) * 1e6, 'ns/point')
      say(`bounds, ${kind}`, (bounds / points) * 1e6, 'ns/point')
      say(`simplify, ${kind}`, (thinned / points) * 1e6, 'ns/point')
    }
    if (pressure) {
      const kept = strokes.slice(0, 1000).map((ink) => simplify(ink, { tolerance: 0.4, width: 4 }))
      const outline = (): void =>
        kept.forEach((ink) => inkOutline(ink.xy, ink.pressure ?? new Uint8Array(0), 4, 0.25))
      outline()
      say('outline of a simplified stroke', timed(outline)[1], 'us/stroke')
    }
  }
}

/** Only the bytes stay: what made them is collected before anything is measured. */
function stateOfInk(count: number, pressure: boolean, tolerance: number) {
  const { board, bytes, kept } = boardOfInk(count, 50, pressure, tolerance)
  return { state: Y.encodeStateAsUpdate(board.doc), bytes, kept }
}

function boards(): void {
  for (const [count, pressure, tolerance] of [
    [10_000, false, 0.4],
    [10_000, true, 0.4],
    [10_000, true, 0],
    [50_000, false, 0.4],
    [50_000, true, 0.4],
  ] as const) {
    const kind = `${count} strokes, ${pressure ? 'pressure' : 'no pressure'}, tolerance ${tolerance}`
    const { state, bytes, kept } = stateOfInk(count, pressure, tolerance)
    say(`${kind}: points kept`, kept / count, 'per stroke')
    say(`${kind}: points' bytes`, bytes / count, 'B/stroke')
    say(`${kind}: state`, state.length / 1e6, 'MB')
    const small = brotliCompressSync(state, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } })
    say(`${kind}: state, brotli 5`, small.length / 1e6, 'MB')
    const before = heap()
    const doc = new Y.Doc()
    const [, load] = timed(() => Y.applyUpdate(doc, state))
    const loaded = heap()
    say(`${kind}: into Yjs`, load, 'ms')
    say(`${kind}: Yjs' memory`, (loaded - before) / 1e6, 'MB')
    const [shapes, read] = timed(() => readShapes(boardOf(doc)))
    const known = heap()
    say(`${kind}: read shapes`, read, 'ms')
    say(`${kind}: shapes' memory`, (known - loaded) / 1e6, 'MB')
    const lookup = (id: string) => shapes.get(id)
    const [index, build] = timed(() => createIndex(shapes.values(), lookup))
    say(`${kind}: index`, build, 'ms')
    say(`${kind}: index's memory`, (heap() - known) / 1e6, 'MB')
    const [, order] = timed(() => paintOrder(treeOf(shapes)))
    say(`${kind}: tree and painting order`, order, 'ms')
    const random = createRandom(9)
    const all = index.all() ?? { left: 0, top: 0, right: 0, bottom: 0 }
    let hits = 0
    const [, hit] = timed(() => {
      for (let i = 0; i < 2000; i++) {
        const x = random.next() * all.right
        const y = random.next() * all.bottom
        for (const id of index.search({ left: x - 4, top: y - 4, right: x + 4, bottom: y + 4 })) {
          const shape = shapes.get(id)
          if (shape && hitShape(shape, x, y, { tolerance: 4, lookup })) hits++
        }
      }
    })
    say(`${kind}: a hit test (${hits} of 2000 hit)`, (hit / 2000) * 1000, 'us')
    if (count === 10_000) {
      const [svg, write] = timed(() => {
        let length = 0
        const commands = drawBoard(shapes, {
          theme: 'light',
          measure: (text) => text.length * 8,
          tolerance: 0.25,
        })
        for (const piece of writeSvg(commands, { bounds: all, ground: null, picture: () => null }))
          length += piece.length
        return length
      })
      say(`${kind}: SVG`, svg / 1e6, 'MB')
      say(`${kind}: SVG written`, write, 'ms')
    }
    doc.destroy()
  }
}

codec()
boards()
