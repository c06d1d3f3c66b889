import { describe, expect, test } from '@jest/globals'
import { base64OfBytes } from '../../../../shared/board/base64.ts'
import { clipOf, clippedOf } from '../../../../client/board/clipboard/clip.ts'
import { pasteNotes, takeIn } from '../../../../client/board/clipboard/paste.ts'
import { pageClipboard } from '../../../../client/board/clipboard/system.ts'
import type { Inside } from '../../../../client/board/editor/inside.ts'
import { textOfShape } from '../../../../shared/board/model/write.ts'
import { at, createDriver } from '../../../support/board-driver.ts'
import type { Driver } from '../../../support/board-driver.ts'

const paste = (driver: Driver, html: string, text = ''): boolean =>
  takeIn(driver.editor as Inside, { html, text, files: [] }, at(1000, 1000))

/** A group of two forms with an arrow between them, ink, and a note, all in a frame. */
function drawing(): Driver {
  const driver = createDriver()
  driver.editor.settings.value = { ...driver.editor.settings.value, snapShapes: false }
  driver.tool('shape').drag([at(0, 0), at(100, 100)])
  const a = driver.last().id
  driver.tool('shape').drag([at(200, 0), at(300, 100)])
  const b = driver.last().id
  driver.tool('arrow').drag([at(50, 50), at(250, 50)])
  driver.editor.select([a, b])
  driver.act('group')
  driver.tool('pen').drag([at(0, 200), at(100, 250)], { device: 'pen', pressure: 0.7 })
  driver.tool('note').click(300, 250)
  const note = driver.last().id
  driver.editor.change((board) => textOfShape(board, note)?.insert(0, 'Fish & <chips>'))
  driver.editor.write(null)
  driver.tool('frame').drag([at(-50, -50), at(500, 400)])
  return driver
}

/** What can be seen of a board, without ids and places in an order. */
const seen = (driver: Driver, dx = 0, dy = 0): unknown =>
  [...driver.scene.shapes.values()]
    .map((shape) => ({
      kind: shape.kind,
      style: shape.style,
      parent: shape.parent === null ? null : driver.scene.shapes.get(shape.parent)?.kind,
      text: 'text' in shape ? shape.text : null,
      box:
        'box' in shape
          ? { ...shape.box, x: Math.round(shape.box.x - dx), y: Math.round(shape.box.y - dy) }
          : null,
      points: shape.kind === 'ink' ? base64OfBytes(shape.points) : null,
      from: shape.kind === 'line' && shape.from ? driver.scene.shapes.get(shape.from.shape)?.kind : null,
    }))
    .sort((x, y) => (JSON.stringify(x) < JSON.stringify(y) ? -1 : 1))

describe('shapes', () => {
  test('B230: come whole to another board: frames, groups, bindings, ink, words; their middle at the place', () => {
    const from = drawing()
    from.act('select-all')
    const clip = clipOf(from.scene, from.editor.selection.value)
    expect(clip?.text).toBe('Fish & <chips>')
    expect(clip?.html).toContain('Fish &amp; &lt;chips&gt;')
    const to = createDriver({ seed: 2 })
    expect(paste(to, clip?.html ?? '')).toBe(true)
    const [frame] = to.selected()
    const box = to.get(frame ?? '')
    expect(box).toMatchObject({ kind: 'frame', box: { x: 725, y: 775 } })
    expect(seen(to, 775, 825)).toEqual(seen(from))
    expect(to.faults()).toEqual([])
    expect(to.act('undo').scene.shapes.size).toBe(0)
  })

  test('B212: a duplicate keeps groups, parents and bindings among the copies; a line copied alone ends where it was seen', () => {
    const driver = drawing()
    const before = driver.scene.shapes.size
    driver.act('select-all').act('duplicate')
    expect(driver.scene.shapes.size).toBe(2 * before)
    const lines = driver.list().filter((shape) => shape.kind === 'line')
    expect(new Set(lines.map((line) => line.kind === 'line' && line.from?.shape)).size).toBe(2)
    const line = lines[0]
    driver.editor.select([line?.id ?? ''])
    driver.act('duplicate')
    const copy = driver.get(driver.selected()[0] ?? '')
    expect(copy).toMatchObject({ from: null, to: null })
    expect(copy.kind === 'line' && copy.path[0]).toBeGreaterThan(100)
    expect(driver.faults()).toEqual([])
  })

  test('B230: cut and paste by buttons, where the page may not use the clipboard', async () => {
    const driver = drawing()
    driver.editor.hooks.clipboard = pageClipboard(undefined)
    const before = driver.scene.shapes.size
    driver.act('select-all').act('cut')
    expect(driver.scene.shapes.size).toBe(0)
    driver.act('paste')
    await Promise.resolve()
    await Promise.resolve()
    expect(driver.scene.shapes.size).toBe(before)
  })

  test('B20, B230: what comes is checked: wrong shapes are left out, and nonsense is no clip', () => {
    const bad = {
      format: 'inkpad-board',
      version: 1,
      settings: { grid: 'lines' },
      assets: {},
      shapes: {
        good: { h: { t: 'geo', z: 'V', g: [0, 0, 10, 10, 0] } },
        far: { h: { t: 'geo', z: 'V', g: [1e300, 0, 10, 10, 0] } },
        link: { h: { t: 'geo', z: 'V', m: { link: 'javascript:alert(1)' } } },
        ink: { h: { $bytes: 'AAAA' } },
        'bad id!': { h: { t: 'geo', z: 'V' } },
        loop: { h: { t: 'group', z: 'V', p: 'loop' } },
      },
    }
    const html = (json: unknown): string =>
      `<div data-inkpad-board="${base64OfBytes(new TextEncoder().encode(JSON.stringify(json)))}"></div>`
    const driver = createDriver()
    expect(paste(driver, html(bad))).toBe(true)
    expect(
      driver
        .list()
        .map(({ kind }) => kind)
        .sort(),
    ).toEqual(['geo', 'group'])
    expect([driver.faults(), driver.board.settings.size]).toEqual([[], 0])
    for (const nonsense of [
      '',
      '<div data-inkpad-board="%%"></div>',
      '<div data-inkpad-board="e30="></div>',
      html([]),
      html({ format: 'inkpad-board', version: 99 }),
      '<div data-inkpad-board="eyI="></div>',
    ])
      expect(clippedOf(nonsense)).toBeNull()
  })
})

describe('words', () => {
  test('B231: plain text becomes a text as wide as it needs, an address leads there, and others may take SVG and files', () => {
    const driver = createDriver()
    expect(paste(driver, '', 'one\r\ntwo\u0000')).toBe(true)
    expect(driver.last()).toMatchObject({ kind: 'text', text: [{ insert: 'one\ntwo' }] })
    paste(driver, '', ' https://example.org/a ')
    expect(driver.last()).toMatchObject({ link: 'https://example.org/a' })
    paste(driver, '', 'javascript:alert(1)')
    expect(driver.last().link).toBeNull()
    const taken: string[] = []
    driver.editor.hooks.takeSvg = (svg) => (taken.push(svg), true)
    const size = driver.scene.shapes.size
    paste(driver, '', '<svg xmlns="http://www.w3.org/2000/svg"/>')
    expect([taken.length, driver.scene.shapes.size]).toEqual([1, size])
    const files: File[] = []
    driver.editor.hooks.takeFiles = (more) => files.push(...more) > 0
    const copied = JSON.stringify({ type: 'excalidraw/clipboard', elements: [] })
    expect(paste(driver, '', copied)).toBe(true)
    expect([files.length, files[0]?.name]).toEqual([1, 'clipboard.excalidraw'])
    const picture = new File(['x'], 'a.png', { type: 'image/png' })
    const bring = (html: string, text: string): boolean =>
      takeIn(driver.editor as Inside, { html, text, files: [picture] }, at(0, 0))
    bring('<img src="a.png">', '')
    bring('', 'a.png')
    expect(files.length).toBe(3)
    bring('<p>words of a document</p>', 'words of a document')
    expect([files.length, driver.last()]).toMatchObject([3, { text: [{ insert: 'words of a document' }] }])
    expect(paste(driver, '', '  ')).toBe(false)
    expect(driver.faults()).toEqual([])
  })

  test('B231: lines become notes in a square', () => {
    const driver = createDriver()
    pasteNotes(driver.editor as Inside, 'a\n\nb\nc\nd\n', at(0, 0))
    expect(
      driver
        .list()
        .map((shape) => shape.kind === 'note' && [shape.box.x, shape.box.y, shape.text[0]?.insert]),
    ).toEqual([
      [-170, -170, 'a'],
      [10, -170, 'b'],
      [-170, 10, 'c'],
      [10, 10, 'd'],
    ])
    expect(driver.selected()).toHaveLength(4)
    expect(driver.act('undo').scene.shapes.size).toBe(0)
  })

  test('B231: far too long a text is cut to what a shape holds', () => {
    const driver = createDriver()
    paste(driver, '', 'x '.repeat(30_000))
    expect(driver.faults()).toEqual([])
    expect(driver.scene.shapes.size).toBe(1)
  })
})
