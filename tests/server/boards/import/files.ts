/** Files of other whiteboards, written after the descriptions of their forms. */
import { base64OfBytes } from '../../../../shared/board/base64.ts'
import { readShapes } from '../../../../shared/board/model/board.ts'
import type { Shape } from '../../../../shared/board/model/shape.ts'
import { readFile } from '../../../../server/boards/import/read.ts'
import type { ReadFile } from '../../../../server/boards/import/read.ts'
import { chequer } from '../../../support/png.ts'

export const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text)

/** What a file holds, by id; each is checked before it is here. */
export function read(
  file: string | Uint8Array,
): ReadFile & { shapes: ReadonlyMap<string, Shape>; missed: unknown } {
  const found = readFile(typeof file === 'string' ? bytesOf(file) : file)
  return { ...found, shapes: readShapes(found.sink.board), missed: Object.fromEntries(found.sink.missed) }
}

export const WBO_JSON = JSON.stringify({
  __wbo_meta__: { readonly: false },
  lk1abc: {
    tool: 'Pencil',
    type: 'line',
    id: 'lk1abc',
    color: '#ff4136',
    size: 4,
    opacity: 0.5,
    time: 1,
    _children: [
      { x: 10, y: 10 },
      { x: 20.5, y: 14.1 },
      { x: 20.5, y: 14.1 },
      { x: 40, y: 12 },
    ],
  },
  // Of old files, whose points still say whose they are.
  lold: {
    tool: 'Pencil',
    type: 'line',
    id: 'lold',
    color: 'black',
    size: 2,
    deltax: 100,
    deltay: 0,
    _children: [
      { type: 'child', parent: 'lold', tool: 'Pencil', x: 0, y: 0 },
      { type: 'child', x: 5, y: 5 },
    ],
  },
  s1: {
    tool: 'Straight line',
    type: 'straight',
    id: 's1',
    color: '#001f3f',
    size: 2,
    x: 0,
    y: 50,
    x2: 90,
    y2: 60,
  },
  r1: {
    tool: 'Rectangle',
    type: 'rect',
    id: 'r1',
    color: '#2ecc40',
    size: 3,
    x: 110,
    y: 60,
    x2: 10,
    y2: 20,
    transform: { a: 2, b: 0, c: 0, d: 2, e: 5, f: 7 },
  },
  e1: { tool: 'Ellipse', type: 'ellipse', id: 'e1', color: '#0074d9', size: 3, x: 0, y: 0, x2: 40, y2: 30 },
  t1: {
    tool: 'Text',
    type: 'new',
    id: 't1',
    color: '#111111',
    size: 36,
    x: 20,
    y: 200,
    txt: 'Hello <world> & "you"',
  },
  bad: { tool: 'Pencil', type: 'line', id: 'bad', color: 7, size: 'x', _children: 'no' },
  worse: null,
  unknown: { tool: 'Glitter', type: 'glitter' },
})

export const WBO_SVG = `<svg id="canvas" width="5000" height="4000" version="1.1" xmlns="http://www.w3.org/2000/svg" data-wbo-format="whitebophir-svg-v2" data-wbo-seq="17" data-wbo-readonly="false"><defs id="defs"></defs><g id="drawingArea"><path id="lk1abc" d="M 100 100 l 105 41 l 195 -21" stroke="#ff4136" stroke-width="40" fill="none" stroke-linecap="round" stroke-linejoin="round" opacity="0.5"></path><rect id="r1" x="100" y="200" width="1000" height="400" stroke="#2ecc40" stroke-width="30" fill="none" transform="matrix(2 0 0 2 50 70)"></rect><ellipse id="e1" cx="200" cy="150" rx="200" ry="150" stroke="#0074d9" stroke-width="30" fill="none"></ellipse><line id="s1" x1="0" y1="500" x2="900" y2="600" stroke="#001f3f" stroke-width="20" fill="none"></line><text id="t1" x="200" y="2000" font-size="360" fill="#111111">Hello &lt;world&gt; &amp; &quot;you&quot;</text></g><g id="cursors"></g></svg>`

const element = (type: string, more: Record<string, unknown>): Record<string, unknown> => ({
  id: `${type}-1`,
  type,
  x: 0,
  y: 0,
  width: 100,
  height: 60,
  angle: 0,
  strokeColor: '#1e1e1e',
  backgroundColor: 'transparent',
  fillStyle: 'solid',
  strokeWidth: 2,
  strokeStyle: 'solid',
  roughness: 1,
  opacity: 100,
  groupIds: [],
  frameId: null,
  roundness: null,
  isDeleted: false,
  boundElements: null,
  link: null,
  locked: false,
  ...more,
})

export const EXCALIDRAW = JSON.stringify({
  type: 'excalidraw',
  version: 2,
  source: 'a test',
  elements: [
    element('frame', { id: 'fr', x: -20, y: -20, width: 500, height: 300, name: 'Slide 1' }),
    element('rectangle', {
      frameId: 'fr',
      backgroundColor: '#ffec99',
      roundness: { type: 3 },
      angle: 0.5,
      boundElements: [{ type: 'text', id: 'inner' }],
    }),
    element('text', {
      id: 'inner',
      containerId: 'rectangle-1',
      text: 'in the box',
      fontSize: 20,
      fontFamily: 1,
      textAlign: 'center',
      verticalAlign: 'middle',
      strokeColor: '#e03131',
    }),
    element('ellipse', { x: 300, groupIds: ['inner-group', 'outer'], strokeStyle: 'dashed', opacity: 40 }),
    element('diamond', { x: 300, y: 200, groupIds: ['outer'], locked: true, link: 'https://example.org/' }),
    element('arrow', {
      x: 100,
      y: 30,
      points: [
        [0, 0],
        [100, 10],
        [200, 0],
      ],
      roundness: { type: 2 },
      startArrowhead: null,
      endArrowhead: 'arrow',
      startBinding: { elementId: 'rectangle-1', focus: 0, gap: 4 },
      endBinding: { elementId: 'ellipse-1', fixedPoint: [0.2, 0.7], focus: 0, gap: 1 },
    }),
    element('line', {
      points: [
        [0, 0],
        [50, 0],
        [50, 50],
        [0, 0],
      ],
      backgroundColor: '#a5d8ff',
    }),
    element('freedraw', {
      points: [
        [0, 0],
        [5.25, 3],
        [9, 8],
        [20, 9],
      ],
      pressures: [0.2, 0.5, 0.9, 0.4],
      simulatePressure: false,
    }),
    element('image', { fileId: 'f1', scale: [-1, 1], status: 'saved' }),
    element('text', {
      id: 'loose',
      y: 400,
      text: 'two\nlines',
      fontSize: 28,
      fontFamily: 3,
      textAlign: 'left',
    }),
    element('rectangle', { id: 'gone', isDeleted: true }),
    element('embeddable', { id: 'video' }),
    element('image', { id: 'lost', fileId: 'nowhere' }),
  ],
  appState: { viewBackgroundColor: '#ffffff' },
  files: {
    f1: { mimeType: 'image/png', id: 'f1', dataURL: `data:image/png;base64,${base64OfBytes(chequer())}` },
  },
})
