/** The board's view alone on a page, for tests to look at. */
import { signal } from '@preact/signals'
import * as Y from 'yjs'
import { createCamera } from '../../../client/board/camera.ts'
import { createScene } from '../../../client/board/scene.ts'
import type { LiveStroke, Pictures, Scene, View } from '../../../client/board/types.ts'
import { createView } from '../../../client/board/view.ts'
import { boardOf } from '../../../shared/board/model/board.ts'
import { changeShape } from '../../../shared/board/model/write.ts'
import type { ShapeParts } from '../../../shared/board/model/write.ts'

export interface BoardPage {
  open(update: number[], theme: 'light' | 'dark', picture: string | null): Promise<void>
  apply(update: number[]): void
  place(x: number, y: number, zoom: number): void
  settled(): Promise<void>
  theme(theme: 'light' | 'dark'): void
  preview(ids: Record<string, ShapeParts | null>): void
  live(stroke: { xyp: number[]; style: Partial<LiveStroke['style']>; hasPressure: boolean } | null): void
  frame(): Promise<void>
  shapes(): number
  picture(x: number, y: number, width: number, height: number, scale: number): Promise<string>
}

const host = document.createElement('div')
Object.assign(host.style, { position: 'fixed', inset: '0' })
document.body.append(host)
let view: View | null = null
let scene: Scene | null = null
let camera = createCamera()
const theme = signal<'light' | 'dark'>('light')
const shown = new Map<string, LiveStroke>()

async function pictures(address: string | null): Promise<Pictures> {
  const bitmap = address === null ? null : await createImageBitmap(await (await fetch(address)).blob())
  return {
    image: (asset) => (asset === 'golden-picture-key' ? bitmap : null),
    state: () => 'ready',
    onChange: () => () => undefined,
  }
}

const page: BoardPage = {
  async open(update, wished, picture) {
    view?.destroy()
    scene?.destroy()
    camera = createCamera()
    theme.value = wished
    const doc = new Y.Doc()
    Y.applyUpdate(doc, Uint8Array.from(update))
    scene = createScene(boardOf(doc))
    view = createView({ host, scene, camera, theme, images: await pictures(picture) })
    await view.settled()
  },
  apply(update) {
    if (scene) Y.applyUpdate(scene.board.doc, Uint8Array.from(update))
  },
  place: (x, y, zoom) => camera.set({ x, y, zoom }),
  settled: async () => view?.settled(),
  theme(wished) {
    theme.value = wished
  },
  preview(changes) {
    const now = scene
    if (!now) return
    // What the editor would show: the shapes of a copy of the document with these changes.
    const copy = new Y.Doc()
    Y.applyUpdate(copy, Y.encodeStateAsUpdate(now.board.doc))
    const board = boardOf(copy)
    for (const [id, parts] of Object.entries(changes)) if (parts) changeShape(board, id, parts)
    const other = createScene(board)
    view?.preview(
      new Map(
        Object.entries(changes).map(([id, parts]) => [
          id,
          parts === null ? null : (other.shapes.get(id) ?? null),
        ]),
      ),
    )
    other.destroy()
  },
  live(stroke) {
    if (!stroke) {
      shown.clear()
      view?.live([])
      return
    }
    const first = scene?.shapes.values().next().value
    if (!first) return
    const points = { values: stroke.xyp, length: stroke.xyp.length }
    const one = {
      id: 'live',
      points,
      hasPressure: stroke.hasPressure,
      style: { ...first.style, ...stroke.style },
    }
    const known = shown.get('live')
    if (known) Object.assign(known.points, points)
    else shown.set('live', one)
    view?.live([...shown.values()])
  },
  frame: () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve()))),
  shapes: () => scene?.shapes.size ?? 0,
  async picture(x, y, width, height, scale) {
    const canvas = await view?.picture({ left: x, top: y, right: x + width, bottom: y + height }, scale, true)
    return canvas?.toDataURL('image/png') ?? ''
  },
}

Object.assign(window, { board: page })
