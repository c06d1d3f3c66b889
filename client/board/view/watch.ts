/** What a view notices round it: changes of the board, pictures and fonts that have come, where the pointer is. */
import type { Bounds } from '../../../shared/board/geometry/bounds.ts'
import type { Shape } from '../../../shared/board/model/shape.ts'
import type { Pictures, Point, Scene, SceneChange } from '../types.ts'

export interface WatchParts {
  readonly scene: Scene
  readonly images: Pictures | null
  readonly element: HTMLElement
  readonly changed: (change: SceneChange) => void
  /** These places have to be painted anew. */
  readonly spoil: (places: Iterable<Bounds>) => void
  /** A picture is another one now. */
  readonly forget: (asset: string) => void
  /** Screen pixels from the element's corner; null: it has left. */
  readonly onPointer: (at: Point | null) => void
}

export function watchContent({
  scene,
  images,
  element,
  changed,
  spoil,
  forget,
  onPointer,
}: WatchParts): () => void {
  const spoilWhere = (isConcerned: (shape: Shape) => boolean): void => {
    const places: Bounds[] = []
    for (const shape of scene.shapes.values()) {
      const place = isConcerned(shape) ? scene.bounds(shape.id) : null
      if (place) places.push(place)
    }
    spoil(places)
  }
  // The element fills its host and has no children that take events: what the event says is where it is.
  const moved = ({ offsetX, offsetY }: PointerEvent): void => onPointer({ x: offsetX, y: offsetY })
  const left = (): void => onPointer(null)
  const fonts = (): void =>
    spoilWhere((shape) => ('text' in shape ? shape.text.length > 0 : shape.kind === 'frame'))
  element.addEventListener('pointermove', moved, { passive: true })
  element.addEventListener('pointerleave', left)
  document.fonts.addEventListener('loadingdone', fonts)
  const offs = [
    scene.onChange(changed),
    images?.onChange((asset) => {
      forget(asset)
      spoilWhere((shape) => shape.kind === 'image' && shape.asset === asset)
    }),
  ]
  return () => {
    element.removeEventListener('pointermove', moved)
    element.removeEventListener('pointerleave', left)
    document.fonts.removeEventListener('loadingdone', fonts)
    for (const off of offs) off?.()
  }
}
