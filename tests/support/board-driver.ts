/** A board with an editor and a pointer that a test drives: thousands of gestures a second, without a page. */
import { signal } from '@preact/signals'
import type { Signal } from '@preact/signals'
import * as Y from 'yjs'
import { createCamera } from '../../client/board/camera.ts'
import { createEditor } from '../../client/board/editor/editor.ts'
import { createScene } from '../../client/board/scene.ts'
import type { Camera, Editor, Point, Pointer, Scene, ToolId } from '../../client/board/types.ts'
import { boxOf } from '../../shared/board/geometry/box.ts'
import { recognise } from '../../shared/board/geometry/recognise.ts'
import { createShape } from '../../shared/board/model/write.ts'
import type { Style } from '../../shared/board/model/style.ts'
import { checkShape } from '../../shared/board/check/shape.ts'
import { boardOf } from '../../shared/board/model/board.ts'
import type { Board } from '../../shared/board/model/board.ts'
import { paintOrder } from '../../shared/board/model/tree.ts'
import type { Shape } from '../../shared/board/model/shape.ts'
import { createClock } from './clock.ts'
import type { Clock } from './clock.ts'
import { createRandom } from './random.ts'

export interface Keys {
  readonly shift?: boolean
  readonly alt?: boolean
  readonly mod?: boolean
  readonly button?: number
  readonly device?: Pointer['device']
  readonly eraser?: boolean
  readonly pressure?: number
  readonly clicks?: number
  readonly predicted?: readonly number[]
}

export interface Driver {
  readonly board: Board
  readonly scene: Scene
  readonly camera: Camera
  readonly editor: Editor
  readonly clock: Clock
  readonly mayDraw: Signal<boolean>
  /** What was said: keys and values. */
  readonly said: [key: string, values: Readonly<Record<string, string | number>>][]
  tool(id: ToolId): Driver
  /** Places are the page's. */
  down(x: number, y: number, keys?: Keys): Driver
  move(x: number, y: number, keys?: Keys): Driver
  up(keys?: Keys): Driver
  hover(x: number, y: number, keys?: Keys): Driver
  click(x: number, y: number, keys?: Keys): Driver
  doubleClick(x: number, y: number, keys?: Keys): Driver
  /** From one place through others, by many small moves. */
  drag(places: readonly Point[], keys?: Keys): Driver
  /** Does an action that can be done. */
  act(id: string): Driver
  /** Shapes in painting order. */
  list(): Shape[]
  /** The only shape, or the last of all. */
  last(): Shape
  get(id: string): Shape
  selected(): string[]
  /** What the server would say of each shape: nothing. */
  faults(): unknown[]
}

export interface DriverOptions {
  readonly doc?: Y.Doc
  readonly seed?: number
  readonly authorOf?: (client: number) => string | undefined
  /** Instead of one that is there at once. */
  readonly recogniser?: () => typeof recognise | null
}

export function createDriver({
  doc = new Y.Doc(),
  seed = 1,
  authorOf,
  recogniser = () => recognise,
}: DriverOptions = {}): Driver {
  const board = boardOf(doc)
  const scene = createScene(board)
  const camera = createCamera({ frame: null })
  camera.size.value = { width: 1200, height: 800 }
  const clock = createClock(0)
  const random = createRandom(seed)
  const mayDraw = signal(true)
  const said: Driver['said'] = []
  const editor = createEditor({
    scene,
    camera,
    mayDraw,
    random: () => random.next(),
    after: (ms, run) => clock.after(ms, run),
    recogniser,
    ...(authorOf ? { authorOf } : {}),
  })
  editor.onSay((key, values) => said.push([key, values]))
  let at: Point = { x: 0, y: 0 }
  let clicks = 1

  function event(type: Pointer['type'], keys: Keys): Pointer {
    const {
      shift = false,
      alt = false,
      mod = false,
      button = 0,
      device = 'mouse',
      eraser = false,
      pressure,
    } = keys
    return {
      type,
      page: at,
      screen: camera.toScreen(at),
      coalesced: [at.x, at.y, pressure ?? 0.5],
      pressure: pressure ?? 0.5,
      hasPressure: pressure !== undefined,
      device,
      eraser,
      button,
      shift,
      alt,
      mod,
      time: clock.now(),
      clicks: keys.clicks ?? clicks,
      ...(keys.predicted ? { predicted: keys.predicted } : {}),
    }
  }

  const driver: Driver = {
    board,
    scene,
    camera,
    editor,
    clock,
    mayDraw,
    said,
    tool(id) {
      editor.setTool(id)
      return driver
    },
    down(x, y, keys = {}) {
      at = { x, y }
      editor.pointer(event('down', keys))
      return driver
    },
    move(x, y, keys = {}) {
      at = { x, y }
      clock.advance(16)
      editor.pointer(event('move', keys))
      return driver
    },
    up(keys = {}) {
      editor.pointer(event('up', keys))
      return driver
    },
    hover(x, y, keys = {}) {
      at = { x, y }
      editor.pointer(event('hover', keys))
      return driver
    },
    click: (x, y, keys = {}) => driver.down(x, y, keys).up(keys),
    doubleClick(x, y, keys = {}) {
      driver.click(x, y, keys)
      clicks = 2
      driver.click(x, y, keys)
      clicks = 1
      return driver
    },
    drag(places, keys = {}) {
      const [first, ...rest] = places
      if (!first) return driver
      driver.down(first.x, first.y, keys)
      let from = first
      for (const to of rest) {
        for (let i = 1; i <= 8; i++)
          driver.move(from.x + ((to.x - from.x) * i) / 8, from.y + ((to.y - from.y) * i) / 8, keys)
        from = to
      }
      return driver.up(keys)
    },
    act(id) {
      const action = editor.actions.get(id)
      if (!action) throw new RangeError(`no action ${id}`)
      if (!action.enabled()) throw new RangeError(`${id} cannot be done now`)
      action.run()
      return driver
    },
    list: () => paintOrder(scene.tree()),
    last() {
      const last = driver.list().at(-1)
      if (!last) throw new RangeError('nothing on the board')
      return last
    },
    get(id) {
      const shape = scene.shapes.get(id)
      if (!shape) throw new RangeError(`no shape ${id}`)
      return shape
    },
    selected: () => [...editor.selection.value],
    faults() {
      const found: unknown[] = []
      for (const [id, map] of board.shapes.entries()) {
        const entries = [...map.entries()].map(([key, value]) => [
          key,
          value instanceof Y.Text ? value.toDelta() : value,
        ])
        const fault = checkShape(id, Object.fromEntries(entries))
        if (fault) found.push([id, fault])
      }
      return found
    },
  }
  return driver
}

export const at = (x: number, y: number): Point => ({ x, y })

/** A board with boxes of 100 by 60 at these places, named a, b, c and so on, the later ones above; nothing snaps. */
export function withBoxes(
  places: readonly (readonly [x: number, y: number])[],
  style: Partial<Style> = { fill: 'solid' },
): Driver {
  const driver = createDriver()
  driver.editor.settings.value = { ...driver.editor.settings.value, snapShapes: false }
  places.forEach(([x, y], i) =>
    createShape(driver.board, {
      id: 'abcdefghij'.charAt(i),
      kind: 'geo',
      order: `V${i + 1}`,
      box: boxOf(x, y, 100, 60),
      style,
    }),
  )
  return driver
}
