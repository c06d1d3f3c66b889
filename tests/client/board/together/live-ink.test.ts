import { beforeEach, expect, test } from '@jest/globals'
import { signal } from '@preact/signals'
import { inkExponent } from '../../../../shared/board/ink/points.ts'
import { decodeLive, encodeLivePoints } from '../../../../shared/board/live.ts'
import { DEFAULT_STYLE } from '../../../../shared/board/model/style.ts'
import { createInkReceiver } from '../../../../client/board/together/ink-receiver.ts'
import type { InkReceiver } from '../../../../client/board/together/ink-receiver.ts'
import { createInkSender } from '../../../../client/board/together/ink-sender.ts'
import type { LiveStroke, Scene, SceneChange } from '../../../../client/board/types.ts'
import { createClock } from '../../../support/clock.ts'

const FRAME = 16
const clock = createClock()
const time = { ...clock, frame: (run: () => void) => clock.after(FRAME, run) }

/** A board where shapes appear when the test says so. */
function sceneOf() {
  const shapes = new Map<string, unknown>()
  const listeners = new Set<(change: SceneChange) => void>()
  const scene = {
    shapes,
    onChange(listener: (change: SceneChange) => void) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  } as unknown as Pick<Scene, 'shapes' | 'onChange'>
  return {
    scene,
    put(id: string) {
      shapes.set(id, {})
      for (const listener of listeners) listener({ ids: new Set([id]), dirty: [], onTop: null, own: false })
    },
  }
}

let sent: Uint8Array[] = []
let receiver: InkReceiver
let theirs: ReturnType<typeof sceneOf>
const drawn = signal<LiveStroke | null>(null)
const own = new Set<string>()
let online = true
let laser = false
let people = 2
let stop = (): void => {}

beforeEach(() => {
  stop()
  receiver?.destroy()
  sent = []
  online = true
  laser = false
  people = 2
  own.clear()
  drawn.value = null
  theirs = sceneOf()
  receiver = createInkReceiver({ scene: theirs.scene, clock: time })
  stop = createInkSender({
    stroke: drawn,
    isLaser: () => laser,
    exponent: () => inkExponent(1),
    isThere: (id) => own.has(id),
    send(bytes) {
      if (!online) return false
      sent.push(bytes)
      receiver.take(7, bytes)
      return true
    },
    people: () => people,
    clock: time,
  })
})

const values: number[] = []
/** The stroke under way has these places now. */
function draw(id: string, ...places: readonly number[]): void {
  if (drawn.value?.id !== id) values.length = 0
  for (let i = 0; i < places.length; i += 2) values.push(places[i] ?? 0, places[i + 1] ?? 0, 0.5)
  drawn.value = {
    id,
    points: { values, length: values.length },
    hasPressure: false,
    style: { ...DEFAULT_STYLE, color: 3 },
  }
}

const shown = () => receiver.strokes.value.map(({ id, points }) => [id, points.length / 3])
const kinds = () => sent.map((bytes) => decodeLive(bytes).kind)

test('B400: a stroke is sent whole, then what each frame adds, one message a frame', () => {
  draw('s1', 0, 0, 1, 1)
  expect(kinds()).toEqual(['whole'])
  clock.advance(FRAME + 9)
  draw('s1', 5, 5)
  expect(kinds()).toEqual(['whole', 'more'])
  draw('s1', 5, 6, 6, 7)
  draw('s1', 7, 8)
  expect(kinds()).toHaveLength(2)
  clock.advance(6 * FRAME)
  expect(kinds()).toEqual(['whole', 'more', 'more'])
  expect(receiver.strokes.value[0]).toMatchObject({ id: 's1', hasPressure: false, style: { color: 3 } })
  expect(receiver.strokes.value[0]?.points.values).toEqual(
    [0, 0, 1, 1, 5, 5, 5, 6, 6, 7, 7, 8].flatMap((at, i) => (i % 2 === 0 ? [at] : [at, 0.5])),
  )
})

test('B400: among many people messages are further apart, and none of the points is lost', () => {
  people = 101
  draw('s1', 0, 0)
  for (let i = 1; i <= 8; i++) {
    clock.advance(FRAME)
    draw('s1', i, i)
  }
  clock.advance(3 * FRAME)
  expect(kinds()).toEqual(['whole', 'more', 'more', 'more', 'more', 'more'])
  expect(shown()).toEqual([['s1', 9]])
})

test('B400: a stroke that grows stays the same object, so that only what is new is painted', () => {
  draw('s1', 0, 0)
  clock.advance(FRAME)
  const [first] = receiver.strokes.value
  draw('s1', 9, 9)
  clock.advance(FRAME)
  expect(receiver.strokes.value[0]).toBe(first)
  // A tool may think better of its last points.
  values.splice(3, 3, 4, 4, 0.5, 8, 8, 0.5)
  draw('s1')
  clock.advance(FRAME)
  expect(receiver.strokes.value[0]).not.toBe(first)
  expect(receiver.strokes.value[0]?.points.values).toEqual([0, 0, 0.5, 4, 4, 0.5, 8, 8, 0.5])
  expect(first?.points.length).toBe(6)
})

test('B402: who comes late, or was without a connection, has the whole stroke within a second', () => {
  online = false
  draw('s1', 0, 0, 1, 1, 2, 2)
  clock.advance(3 * FRAME)
  online = true
  clock.advance(1100)
  expect(shown()).toEqual([['s1', 3]])
  const late = createInkReceiver({ scene: sceneOf().scene, clock: time })
  sent = []
  draw('s1', 3, 3)
  clock.advance(1100)
  for (const bytes of sent) late.take(7, bytes)
  expect(late.strokes.value.map(({ points }) => points.length)).toEqual([12])
  late.destroy()
})

test('B402: a long stroke sent whole again changes nothing that is shown', () => {
  draw('s1', ...Array.from({ length: 1600 }, (_, i) => i % 97))
  clock.advance(FRAME)
  const [first] = receiver.strokes.value
  expect(shown()).toEqual([['s1', 800]])
  clock.advance(1100)
  expect(kinds()).toEqual(['whole', 'more', 'whole', 'more'])
  expect(receiver.strokes.value[0]).toBe(first)
  expect(shown()).toEqual([['s1', 800]])
})

test('B403: a stroke stays until its shape is there, in the same moment', () => {
  draw('s1', 0, 0, 1, 1)
  clock.advance(FRAME)
  own.add('s1')
  drawn.value = null
  clock.advance(FRAME)
  expect(kinds()).toEqual(['whole', 'end'])
  clock.advance(3000)
  expect(shown()).toEqual([['s1', 2]])
  theirs.put('s1')
  expect(shown()).toEqual([])
  // What is under way still comes too late.
  receiver.take(7, sent[0] ?? new Uint8Array())
  expect(shown()).toEqual([])
})

test('B403: a stroke given up goes at once; one whose shape does not come, or that falls silent, after a while', () => {
  draw('s1', 0, 0)
  clock.advance(FRAME)
  drawn.value = null
  clock.advance(FRAME)
  expect(kinds().at(-1)).toBe('cancel')
  expect(shown()).toEqual([])
  draw('s2', 0, 0)
  clock.advance(FRAME)
  own.add('s2')
  drawn.value = null
  clock.advance(9000)
  expect(shown()).toEqual([['s2', 1]])
  clock.advance(3000)
  expect(shown()).toEqual([])
  draw('s3', 0, 0)
  clock.advance(FRAME)
  online = false
  clock.advance(4000)
  expect(shown()).toEqual([['s3', 1]])
  clock.advance(3000)
  expect(shown()).toEqual([])
})

test('B401: nonsense, holes and too many strokes are left out', () => {
  draw('s1', 0, 0, 1, 1, 2, 2)
  clock.advance(FRAME)
  draw('s1', 3, 3)
  clock.advance(FRAME)
  const [, more] = sent
  const other = createInkReceiver({ scene: sceneOf().scene, clock: time })
  other.take(1, Uint8Array.of(255, 1, 2))
  other.take(1, more ?? new Uint8Array())
  expect(other.strokes.value).toEqual([])
  const style = { brush: 'pen', color: 1, opacity: 1, width: 3, laser: false } as const
  for (let i = 0; i < 400; i++) {
    const points = { values: [i, i, 0.5], length: 3 }
    const options = { exponent: 2, hasPressure: false }
    other.take(Math.floor(i / 20), encodeLivePoints(`t${i}`, style, points, 0, options).bytes)
  }
  const ids = other.strokes.value.map(({ id }) => id)
  expect(ids.filter((id) => /^t1?\d$/.test(id))).toHaveLength(16)
  expect(ids).toHaveLength(200)
  other.destroy()
})

test('B400: never more messages than the server takes', () => {
  for (let i = 0; i < 600; i++) {
    draw('fast', i, i)
    clock.advance(8)
  }
  expect(sent.length).toBeLessThan(60 + (600 * 8 * 60) / 1000)
  clock.advance(100)
  expect(shown()).toEqual([['fast', 600]])
})

test('B402: a laser pointer leaves a trail that fades, and no stroke', () => {
  laser = true
  draw('p1', 0, 0)
  clock.advance(FRAME)
  draw('p1', 5, 5)
  clock.advance(FRAME)
  expect(shown()).toEqual([])
  expect(receiver.trails.value[0]?.points.filter((_, i) => i % 3 < 2)).toEqual([0, 0, 5, 5])
  drawn.value = null
  clock.advance(FRAME)
  expect(kinds().at(-1)).toBe('end')
  receiver.fade(1000)
  expect(receiver.trails.value).toHaveLength(1)
  clock.advance(1500)
  receiver.fade(1000)
  expect(receiver.trails.value).toEqual([])
})

test('B400: places nearer than a pixel to each other are not told one by one', () => {
  for (let i = 0; i < 2000; i++) draw('fine', i / 10, 0)
  clock.advance(FRAME)
  const [stroke] = receiver.strokes.value
  expect(stroke?.points.length).toBeLessThanOrEqual(3 * 200)
  expect(stroke?.points.values[(stroke?.points.length ?? 0) - 3]).toBeGreaterThan(198)
})
