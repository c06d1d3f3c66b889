import { describe, expect, test } from '@jest/globals'
import * as Y from 'yjs'
import { boxOf } from '../../../../shared/board/geometry/box.ts'
import { boardOf } from '../../../../shared/board/model/board.ts'
import { createShape } from '../../../../shared/board/model/write.ts'
import { bringFile } from '../../../../client/board/files/bring.ts'
import { isBoardFile } from '../../../../client/board/files/kinds.ts'
import { fileAddress, saveBoard } from '../../../../client/board/files/save.ts'
import type { FileWishes } from '../../../../client/board/files/save.ts'
import { boundsOf, partOf, svgOf } from '../../../../client/board/files/selection.ts'
import { takeIn } from '../../../../client/board/clipboard/paste.ts'
import type { Inside } from '../../../../client/board/editor/inside.ts'
import { createScene } from '../../../../client/board/scene.ts'
import { createDriver } from '../../../support/board-driver.ts'

const BOARD = 'https://pad.example.org/p/notes/board'
const PLAIN: FileWishes = {
  kind: 'png',
  part: null,
  scale: '1',
  transparent: false,
  dark: false,
  whole: false,
}

describe('saving', () => {
  test('B514: the address says what is wished, and nothing that the kind does not know', () => {
    expect(fileAddress(`${BOARD}?lang=de#x`, PLAIN)).toBe(`${BOARD}/export/png`)
    expect(fileAddress(BOARD, { ...PLAIN, scale: '3', transparent: true, dark: true, whole: true })).toBe(
      `${BOARD}/export/png?scale=3&transparent=1&theme=dark`,
    )
    const within = { left: -1.5, top: 2.25, right: 10.1, bottom: 20 }
    expect(fileAddress(BOARD, { ...PLAIN, kind: 'pdf', part: { within }, whole: true })).toBe(
      `${BOARD}/export/pdf?within=-2,2,11,20&whole=1`,
    )
    expect(fileAddress(BOARD, { ...PLAIN, kind: 'svg', part: { frame: 'a_b-1' } })).toBe(
      `${BOARD}/export/svg?frame=a_b-1`,
    )
    expect(fileAddress(BOARD, { ...PLAIN, kind: 'json', part: { within }, transparent: true })).toBe(
      `${BOARD}/export/json`,
    )
  })

  test.each([
    [429, 'tooFast'],
    [503, 'busy'],
    [413, 'tooLarge'],
    [500, 'failed'],
  ])('B514: an answer of %i is told as %s', async (status, trouble) => {
    const fetcher = async (): Promise<Response> => new Response('', { status })
    expect(await saveBoard(BOARD, PLAIN, fetcher)).toBe(trouble)
  })

  test('B514: without a network that is told', async () => {
    expect(await saveBoard(BOARD, PLAIN, () => Promise.reject(new TypeError('offline')))).toBe('failed')
  })
})

describe('bringing in', () => {
  test('B526: the file goes to the board, with its place and the ticket', async () => {
    let asked: Request | undefined
    const fetcher: typeof fetch = async (input, init) => {
      asked = new Request(input, init)
      return Response.json({
        format: 'svg',
        added: 3,
        known: 1,
        left: 1,
        missed: { a: 2 },
        around: { left: 0, top: 0, right: 5, bottom: 5 },
        ids: ['a', 7],
      })
    }
    const at = { x: 10.4, y: -3.6 }
    expect(await bringFile(BOARD, new Blob(['<svg/>']), { at, ticket: 'proof', fetcher })).toEqual({
      added: 3,
      known: 1,
      missed: 3,
      around: { left: 0, top: 0, right: 5, bottom: 5 },
      ids: ['a'],
    })
    expect(asked?.url).toBe(`${BOARD}/import?at=10,-4`)
    expect(asked?.method).toBe('POST')
    expect(asked?.headers.get('X-Inkpad-Ticket')).toBe('proof')
    expect(await asked?.text()).toBe('<svg/>')
  })

  test.each([
    [400, 'unreadable'],
    [403, 'forbidden'],
    [413, 'tooLarge'],
    [429, 'tooFast'],
    [501, 'noConverter'],
    [503, 'busy'],
    [500, 'failed'],
  ])('B526: an answer of %i is told as %s', async (status, trouble) => {
    const fetcher = async (): Promise<Response> => new Response('', { status })
    expect(await bringFile(BOARD, new Blob([]), { at: null, fetcher })).toBe(trouble)
  })

  test('B526: what is no report counts as failed', async () => {
    for (const answer of [null, [], { added: 'x' }])
      expect(
        await bringFile(BOARD, new Blob([]), { at: null, fetcher: async () => Response.json(answer) }),
      ).toBe('failed')
  })

  test('B526: files for the server are known by name or kind; raster pictures stay with the page', () => {
    expect(isBoardFile({ name: 'a.EXCALIDRAW', type: '' })).toBe(true)
    expect(isBoardFile({ name: 'x', type: 'application/pdf' })).toBe(true)
    expect(isBoardFile({ name: 'a.png', type: 'image/png' })).toBe(false)
  })
})

test('B528: pasted drawings go to the server as they are, other text does not', () => {
  const driver = createDriver()
  const taken: string[] = []
  driver.editor.hooks.takeSvg = (drawing) => {
    taken.push(drawing)
    return true
  }
  const drawings = [
    '<svg xmlns="http://www.w3.org/2000/svg"/>',
    '<?xml version="1.0"?>\n<svg width="9" />',
    '{"type":"excalidraw/clipboard","elements":[]}',
  ]
  for (const text of [...drawings, 'an <svg> in words', '{"type":"something"}'])
    takeIn(driver.editor as Inside, { html: '', text, files: [] }, { x: 0, y: 0 })
  expect(taken).toEqual(drawings)
  expect(driver.list()).toHaveLength(2)
})

test('B528: a selection is itself with all that is in it, and nothing else', () => {
  const board = boardOf(new Y.Doc())
  createShape(board, { id: 'frame', kind: 'frame', order: 'A', box: boxOf(0, 0, 100, 100), name: 'Slide' })
  createShape(board, { id: 'in', kind: 'geo', order: 'B', parent: 'frame', box: boxOf(10, 10, 20, 20) })
  createShape(board, {
    id: 'out',
    kind: 'text',
    order: 'C',
    box: boxOf(200, 0, 80, 30),
    text: [{ insert: 'elsewhere' }],
  })
  const scene = createScene(board)
  expect([...partOf(scene, ['frame']).keys()]).toEqual(['frame', 'in'])
  const svg = svgOf(scene, ['frame'], { theme: 'light', ground: false, picture: () => null }) ?? ''
  expect(svg).toContain('Slide')
  expect(svg).not.toContain('elsewhere')
  expect(svg.match(/<path /g)?.length).toBeGreaterThan(1)
  expect(boundsOf(scene, ['out'])?.left).toBeGreaterThan(150)
  expect(svgOf(scene, ['nobody'], { theme: 'light', ground: true, picture: () => null })).toBeNull()
  scene.destroy()
})
