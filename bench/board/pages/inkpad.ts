/** Our own board on a bare page: scene, camera and view, with wheel and pencil, and nothing else. */
import { signal } from '@preact/signals'
import * as Y from 'yjs'
import { createCamera } from '../../../client/board/camera.ts'
import { createScene } from '../../../client/board/scene.ts'
import type { LiveStroke, Scene, View } from '../../../client/board/types.ts'
import { createView } from '../../../client/board/view.ts'
import { encodePoints, inkExponent } from '../../../shared/board/ink/points.ts'
import { boardOf } from '../../../shared/board/model/board.ts'
import { orderBetween } from '../../../shared/board/model/order.ts'
import { DEFAULT_STYLE } from '../../../shared/board/model/style.ts'
import { createInk } from '../../../shared/board/model/write.ts'

const host = document.querySelector<HTMLElement>('#host') ?? document.body
const camera = createCamera()
let scene: Scene | null = null
let view: View | null = null

async function open(address: string): Promise<Record<string, number>> {
  const bytes = new Uint8Array(await (await fetch(address)).arrayBuffer())
  const begun = performance.now()
  const doc = new Y.Doc()
  Y.applyUpdate(doc, bytes)
  const applied = performance.now()
  scene = createScene(boardOf(doc))
  const read = performance.now()
  view = createView({ host, scene, camera, theme: signal('light'), images: null })
  const shown = performance.now()
  await view.settled()
  listen(view.element)
  return {
    yjs: applied - begun,
    scene: read - applied,
    view: shown - read,
    settled: performance.now() - shown,
  }
}

function listen(element: HTMLElement): void {
  element.addEventListener(
    'wheel',
    (event) => {
      event.preventDefault()
      if (event.ctrlKey)
        camera.zoomTo(camera.place.value.zoom * Math.exp(-event.deltaY / 300), {
          x: event.offsetX,
          y: event.offsetY,
        })
      else camera.pan(event.deltaX, event.deltaY)
    },
    { passive: false },
  )
  let stroke: LiveStroke | null = null
  let values: number[] = []
  const points = { values, length: 0 }
  element.addEventListener('pointerdown', (event) => {
    const at = camera.toPage({ x: event.offsetX, y: event.offsetY })
    values = points.values = [at.x, at.y, 0.5]
    points.length = 3
    stroke = {
      id: `live${performance.now()}`,
      points: { ...points },
      hasPressure: false,
      style: { ...DEFAULT_STYLE, color: 2 },
    }
  })
  element.addEventListener('pointermove', (event) => {
    if (!stroke) return
    for (const one of event.getCoalescedEvents()) {
      const at = camera.toPage({ x: one.offsetX, y: one.offsetY })
      values.push(at.x, at.y, 0.5)
    }
    points.length = values.length
    stroke = { ...stroke, points }
    view?.live([stroke])
  })
  element.addEventListener('pointerup', () => {
    if (!stroke || !scene) return
    const xy = Float64Array.from(values.filter((_, i) => i % 3 < 2))
    const { board } = scene
    const top = scene.tree().children.get(null)?.at(-1)?.order ?? null
    const encoded = encodePoints({ xy, pressure: null }, inkExponent(1))
    board.doc.transact(() =>
      createInk(board, { points: encoded, order: orderBetween(top, null, Math.random), style: { color: 2 } }),
    )
    view?.live([])
    stroke = null
  })
}

Object.assign(window, {
  bench: {
    open,
    fit: () => {
      const content = scene?.content()
      if (content) camera.fit(content)
      return view?.settled()
    },
    place: (x: number, y: number, zoom: number) => {
      camera.set({ x, y, zoom })
      return view?.settled()
    },
    shapes: () => scene?.shapes.size ?? 0,
    camera,
    get view() {
      return view
    },
    get scene() {
      return scene
    },
  },
})
