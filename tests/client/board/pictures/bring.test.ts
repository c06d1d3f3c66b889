import { expect, test } from '@jest/globals'
import { signal } from '@preact/signals'
import * as Y from 'yjs'
import { createCamera } from '../../../../client/board/camera.ts'
import { createEditor } from '../../../../client/board/editor.ts'
import { bringLater } from '../../../../client/board/pictures/bring-later.ts'
import { createBringer, nameOf } from '../../../../client/board/pictures/bring.ts'
import { PictureError } from '../../../../client/board/pictures/source.ts'
import type { PictureTrouble } from '../../../../client/board/pictures/source.ts'
import { createScene } from '../../../../client/board/scene.ts'
import { boardOf, readAssets } from '../../../../shared/board/model/board.ts'
import { isBoxed } from '../../../../shared/board/model/shape.ts'

const KEY = 'k'.repeat(43)
const asset = { mime: 'image/png', width: 4000, height: 2000, bytes: 900 }
const settle = (): Promise<void> => new Promise((done) => setTimeout(done, 5))

/** A board whose server does as the test says. */
function desk(trouble: (name: string) => PictureTrouble | null = () => null) {
  const scene = createScene(boardOf(new Y.Doc()))
  const camera = createCamera({ frame: null })
  camera.size.value = { width: 1000, height: 800 }
  const mayDraw = signal(true)
  const editor = createEditor({ scene, camera, mayDraw })
  const said: string[] = []
  const sent: string[] = []
  const parts: number[] = []
  const brings = {
    editor,
    source: {
      async send(picture: Blob, progress: (part: number) => void) {
        const name = await picture.text()
        progress(0.5)
        parts.push(bringer.underWay.value[0]?.part ?? -1)
        const why = trouble(name)
        if (why) throw new PictureError(why)
        sent.push(name)
        return { key: KEY, asset }
      },
    },
    prepare: async (file: Blob) => ({ blob: file, width: 1, height: 1 }),
    have: (key: string) => void sent.push(`have ${key.length}`),
    say: (key: string) => void said.push(key),
  }
  const bringer = createBringer({ ...brings, underWay: signal([]) })
  return { scene, camera, editor, mayDraw, bringer, brings, said, sent, parts }
}

const file = (name: string, type = 'image/png'): File => new File([name], name, { type })

test('B436: a picture comes to its place, no larger than fits, in one step of undo, selected and described by its name', async () => {
  const { scene, editor, bringer, said, sent, parts } = desk()
  expect(bringer.take([file('Old pier at dusk.png')], { x: 100, y: 50 })).toBe(true)
  await settle()
  const [shape] = scene.shapes.values()
  if (!shape || !isBoxed(shape)) throw new Error('no picture')
  expect(shape).toMatchObject({ kind: 'image', asset: KEY, name: 'Old pier at dusk' })
  expect([shape.box.w, shape.box.h, shape.box.x + shape.box.w / 2, shape.box.y + shape.box.h / 2]).toEqual([
    600, 300, 100, 50,
  ])
  expect(readAssets(scene.board).get(KEY)).toEqual(asset)
  expect([sent, parts, said]).toEqual([['Old pier at dusk.png', 'have 43'], [0.5], ['board.pictureHere']])
  expect([...editor.selection.value]).toEqual([shape.id])
  expect(bringer.underWay.value).toEqual([])
  editor.undo.undo()
  expect(scene.shapes.size).toBe(0)
})

test('B436: several come one beside the other; one that fails does not stop the rest', async () => {
  const { scene, bringer, said } = desk((name) => (name === 'b.png' ? 'full' : null))
  bringer.take([file('a.png'), file('b.png'), file('c.png'), file('notes.txt', 'text/plain')], { x: 0, y: 0 })
  await settle()
  const places = [...scene.shapes.values()].map((shape) => isBoxed(shape) && `${shape.box.x} ${shape.box.y}`)
  expect(new Set(places).size).toBe(2)
  expect(said).toEqual(['board.pictureFull', 'board.picturesHere'])
})

test('B436: files that are no pictures are left to others, and who may not draw brings none', async () => {
  const { scene, bringer, mayDraw, said } = desk()
  expect(bringer.take([file('notes.txt', 'text/plain')], { x: 0, y: 0 })).toBe(false)
  bringer.take([file('late.png')], { x: 0, y: 0 })
  mayDraw.value = false
  expect(bringer.take([file('a.png')], { x: 0, y: 0 })).toBe(false)
  await settle()
  expect([scene.shapes.size, said]).toEqual([0, ['board.pictureForbidden']])
})

test('B436: names that only machines give describe nothing', () => {
  const names = [
    'IMG_2041.HEIC',
    'image.png',
    'Screenshot 2026-11-28.png',
    'DSC00012.jpg',
    'my_garden (2).webp',
    'mast\u0007.png',
  ]
  expect(names.map((name) => nameOf({ name }))).toEqual(['', '', '', '', 'my garden (2)', 'mast'])
})

test('B317: pictures are taken before what brings them is there, and come in the order in which they were given', async () => {
  const { scene, mayDraw, brings, sent } = desk()
  const later = bringLater(brings)
  expect(later.take([file('words.txt', 'text/plain')], { x: 0, y: 0 })).toBe(false)
  expect(later.take([file('first.png')], { x: 0, y: 0 })).toBe(true)
  expect(later.take([file('second.png')], { x: 0, y: 0 })).toBe(true)
  const came = new Promise<void>((done) => {
    scene.onChange(() => {
      if (scene.shapes.size === 2) done()
    })
  })
  await came
  expect(sent.filter((name) => name.endsWith('.png'))).toEqual(['first.png', 'second.png'])
  await settle()
  expect(later.underWay.value).toEqual([])
  mayDraw.value = false
  expect(later.take([file('third.png')], { x: 0, y: 0 })).toBe(false)
})
