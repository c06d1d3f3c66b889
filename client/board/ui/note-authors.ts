/** Who wrote a note, in small letters at its lower edge: painted over the board, as names change (SPEC-board B316). */
import { effect } from '@preact/signals'
import { boundsTouch } from '../../../shared/board/geometry/bounds.ts'
import { makerOf } from '../../../shared/board/model/board.ts'
import type { Camera, PaintOverlay } from '../types.ts'
import { boardTheme } from './theme.ts'
import type { BoardUi } from './ui.ts'

/** Notes named at once. */
const MOST = 300
/** Page units: height of letters, distance from the edges, and what a note must have to carry a name. */
const SIZE = 12
const EDGE = 12
const LEAST = 72
/** Below this zoom nobody could read them. */
const LEAST_ZOOM = 0.5
const COLOURS = { light: '#4a4f59', dark: '#d3d7de' } as const

/** Starts it; the answer stops it. */
export function nameNotes({ editor, session, view, me, others }: BoardUi): () => void {
  const { scene } = editor
  const notes = new Set<string>()
  const look = (id: string): void => {
    if (scene.shapes.get(id)?.kind === 'note') notes.add(id)
    else notes.delete(id)
  }
  for (const id of scene.shapes.keys()) look(id)

  const nameOf = (id: string): string => {
    const shape = scene.shapes.get(id)
    const maker = makerOf(scene.board, id)
    const own = maker === scene.board.doc.clientID ? me.peek().author : undefined
    const author = shape?.author || own || (maker === undefined ? undefined : session.authorOf(maker))
    if (author === undefined) return ''
    return author === me.peek().author ? me.peek().name : (session.people.get(author)?.name ?? '')
  }
  const paint: PaintOverlay = (context, camera) => {
    if (notes.size === 0 || camera.place.peek().zoom < LEAST_ZOOM) return
    let painted = 0
    for (const id of notes) {
      const shape = editor.preview.peek().get(id) ?? scene.shapes.get(id)
      const bounds = scene.bounds(id)
      if (shape?.kind !== 'note' || !bounds || !boundsTouch(bounds, camera.seen.peek())) continue
      const { box } = shape
      if (box.w < LEAST || box.h < LEAST || painted >= MOST) continue
      const name = nameOf(id)
      if (name === '') continue
      painted += 1
      paintName(context, camera, shape, name)
    }
  }
  const overlay = view.overlay(paint)
  const offs = [
    scene.onChange(({ ids }) => {
      for (const id of ids) look(id)
      if (notes.size > 0) overlay.repaint()
    }),
    effect(() => {
      void [me.value, others.value, editor.preview.value, boardTheme.value]
      overlay.repaint()
    }),
    session.on('authors', () => overlay.repaint()),
  ]
  return () => {
    for (const off of offs) off()
    overlay()
  }
}

function paintName(
  context: CanvasRenderingContext2D,
  camera: Camera,
  {
    box,
    style,
  }: { box: { x: number; y: number; w: number; h: number; r: number }; style: { opacity: number } },
  name: string,
): void {
  const { zoom } = camera.place.peek()
  const middle = camera.toScreen({ x: box.x + box.w / 2, y: box.y + box.h / 2 })
  context.save()
  context.translate(middle.x, middle.y)
  context.rotate(box.r)
  context.scale(zoom, zoom)
  context.globalAlpha = style.opacity
  context.fillStyle = COLOURS[boardTheme.peek()]
  context.font = `500 ${SIZE}px 'Noto Sans', system-ui, sans-serif`
  context.textBaseline = 'alphabetic'
  // Votes have the other corner.
  context.fillText(shortened(context, name, box.w * 0.6), EDGE - box.w / 2, box.h / 2 - EDGE)
  context.restore()
}

function shortened(context: CanvasRenderingContext2D, name: string, width: number): string {
  if (context.measureText(name).width <= width) return name
  const letters = Array.from(new Intl.Segmenter().segment(name), ({ segment }) => segment)
  while (letters.length > 1 && context.measureText(`${letters.join('')}…`).width > width) letters.pop()
  return `${letters.join('')}…`
}
