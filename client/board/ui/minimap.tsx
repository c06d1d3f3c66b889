import { effect } from '@preact/signals'
import type { JSX } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { hexOfColour } from '../../../shared/board/colours.ts'
import { growBounds, joinBounds } from '../../../shared/board/geometry/bounds.ts'
import type { Bounds } from '../../../shared/board/geometry/bounds.ts'
import type { Shape } from '../../../shared/board/model/shape.ts'
import type { Camera, Scene, View } from '../types.ts'
import { say } from '../words.ts'
import { isDark } from './theme.ts'
import type { BoardUi } from './ui.ts'

/** CSS pixels. */
const WIDTH = 196
const HEIGHT = 124
const MARGIN = 8
/** Ms from a change of a large board to its drawing; twice as many between two drawings of a small one. */
const PAUSE = 400
/** Boards with more show every second, third… shape. */
const MOST = 6000

/** Boards with no more are shown as they are, others as spots. */
const DRAWN = 1500

/** How the page lies in the overview. */
interface Fit {
  readonly scale: number
  readonly left: number
  readonly top: number
}

/** Shows all of `bounds` in the middle. */
export function fitInto(bounds: Bounds): Fit {
  const width = Math.max(1, bounds.right - bounds.left)
  const height = Math.max(1, bounds.bottom - bounds.top)
  const scale = Math.min((WIDTH - 2 * MARGIN) / width, (HEIGHT - 2 * MARGIN) / height)
  return {
    scale,
    left: (WIDTH - width * scale) / 2 - bounds.left * scale,
    top: (HEIGHT - height * scale) / 2 - bounds.top * scale,
  }
}

/** The whole board small, and what of it is seen; pressing it goes there. */
export function Minimap({ ui }: { ui: BoardUi }): JSX.Element {
  const canvas = useRef<HTMLCanvasElement>(null)
  const frame = useRef<HTMLDivElement>(null)
  const fit = useRef<Fit>({ scale: 1, left: 0, top: 0 })
  const { scene, camera } = ui.editor

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    let drawnAt = 0
    const draw = (): void => {
      timer = undefined
      drawnAt = performance.now()
      if (!canvas.current) return
      if (scene.shapes.size > DRAWN) drawShapes(canvas.current, scene, fit.current)
      else drawPicture(canvas.current, ui.view, fit.current).catch(() => undefined)
    }
    const later = (): void => {
      // What a large board shows goes before.
      const wait = scene.shapes.size > DRAWN ? PAUSE : PAUSE * 2 - (performance.now() - drawnAt)
      timer ??= setTimeout(draw, Math.max(0, wait))
    }
    const offs = [
      effect(() => {
        void scene.version.value
        void isDark.value
        later()
      }),
      effect(() => {
        const { seen } = camera
        const content = scene.content()
        const next = fitInto(content ? joinBounds(growBounds(content, 20), seen.value) : seen.value)
        const before = fit.current
        fit.current = next
        if (next.scale !== before.scale || next.left !== before.left || next.top !== before.top) later()
        if (frame.current) placeFrame(frame.current, seen.value, next)
      }),
    ]
    return () => {
      clearTimeout(timer)
      offs.forEach((off) => off())
    }
  }, [])

  return (
    <div
      class="minimap island from-desk"
      role="img"
      aria-label={say('board.overview')}
      onPointerDown={(event) => {
        event.preventDefault()
        event.currentTarget.setPointerCapture(event.pointerId)
        goTo(event, camera, fit.current)
      }}
      onPointerMove={(event) => {
        if (event.currentTarget.hasPointerCapture(event.pointerId)) goTo(event, camera, fit.current)
      }}
    >
      <canvas ref={canvas} width={WIDTH * 2} height={HEIGHT * 2} aria-hidden="true" />
      <div ref={frame} class="minimap-frame" />
    </div>
  )
}

function goTo(event: PointerEvent, camera: Camera, { scale, left, top }: Fit): void {
  if (!(event.currentTarget instanceof Element)) return
  const box = event.currentTarget.getBoundingClientRect()
  const { zoom } = camera.place.peek()
  const { width, height } = camera.size.peek()
  camera.set({
    x: (event.clientX - box.left - left) / scale - width / zoom / 2,
    y: (event.clientY - box.top - top) / scale - height / zoom / 2,
    zoom,
  })
}

function placeFrame(element: HTMLElement, seen: Bounds, { scale, left, top }: Fit): void {
  const { style } = element
  style.left = `${seen.left * scale + left}px`
  style.top = `${seen.top * scale + top}px`
  style.width = `${(seen.right - seen.left) * scale}px`
  style.height = `${(seen.bottom - seen.top) * scale}px`
}

/** A small picture of the board itself. */
async function drawPicture(canvas: HTMLCanvasElement, view: View, { scale, left, top }: Fit): Promise<void> {
  const bounds = {
    left: -left / scale,
    top: -top / scale,
    right: (WIDTH - left) / scale,
    bottom: (HEIGHT - top) / scale,
  }
  const picture = await view.picture(bounds, scale * 2, false)
  const context = canvas.getContext('2d')
  if (!context) return
  context.setTransform(1, 0, 0, 1, 0, 0)
  context.clearRect(0, 0, canvas.width, canvas.height)
  context.drawImage(picture, 0, 0, canvas.width, canvas.height)
}

/** Shapes as spots of their colours: where things are, not what they are. */
function drawShapes(canvas: HTMLCanvasElement, scene: Scene, { scale, left, top }: Fit): void {
  const context = canvas.getContext('2d')
  if (!context) return
  context.setTransform(2, 0, 0, 2, 0, 0)
  context.clearRect(0, 0, WIDTH, HEIGHT)
  const each = Math.ceil(scene.shapes.size / MOST)
  let index = 0
  for (const shape of scene.shapes.values()) {
    index += 1
    if (index % each !== 0 || shape.kind === 'group') continue
    const bounds = scene.bounds(shape.id)
    if (!bounds) continue
    const x = bounds.left * scale + left
    const y = bounds.top * scale + top
    const width = Math.max(1, (bounds.right - bounds.left) * scale)
    const height = Math.max(1, (bounds.bottom - bounds.top) * scale)
    const { colour, outline } = lookOf(shape)
    if (outline) {
      context.strokeStyle = colour
      context.lineWidth = 1
      context.strokeRect(x + 0.5, y + 0.5, Math.max(1, width - 1), Math.max(1, height - 1))
    } else {
      context.fillStyle = colour
      context.globalAlpha = shape.kind === 'ink' ? 0.55 : 0.85
      context.fillRect(x, y, width, height)
      context.globalAlpha = 1
    }
  }
}

function lookOf({ kind, style }: Shape): { colour: string; outline: boolean } {
  const theme = isDark.peek() ? 'dark' : 'light'
  if (kind === 'image') return { colour: theme === 'dark' ? '#6f93a3' : '#5f8798', outline: false }
  if (kind === 'note') return { colour: deeper(hexOfColour(style.paper ?? 12, theme)), outline: false }
  const outline = kind === 'frame' || kind === 'line' || (kind === 'geo' && style.fill === 'none')
  return { colour: hexOfColour(kind === 'frame' ? 1 : style.color, theme), outline }
}

/** Papers are so light that they would be lost at this size. */
function deeper(hex: string): string {
  const value = (at: number): string =>
    Math.round(Number.parseInt(hex.slice(at, at + 2), 16) * 0.86)
      .toString(16)
      .padStart(2, '0')
  return `#${value(1)}${value(3)}${value(5)}`
}
