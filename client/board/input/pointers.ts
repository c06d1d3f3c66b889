/**
 * From raw pointers to the editor's (SPEC-board B224, B226): which device draws, clicks in a row, long presses, two fingers, the
 * hand of space and the middle button, palms. Without DOM.
 */
import { signal } from '@preact/signals'
import type { ReadonlySignal } from '@preact/signals'
import type { Inside } from '../editor/inside.ts'
import type { Off, Point, Pointer } from '../types.ts'
import { APPLE } from './keys.ts'
import { createPinch } from './touches.ts'

/** What of a pointer event counts. */
export interface RawPointer {
  readonly pointerId: number
  readonly pointerType: string
  readonly button: number
  readonly buttons: number
  readonly pressure: number
  readonly shiftKey: boolean
  readonly altKey: boolean
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly timeStamp: number
}

/** A place on the screen and how hard the pen was pressed there. */
type Pressed = Point & { readonly pressure: number }

export interface PointersOptions {
  /** One of Apple's systems. */
  readonly apple?: boolean
  readonly capture: (id: number) => void
  readonly after: (ms: number, run: () => void) => Off
}

export interface Pointers {
  down(event: RawPointer, at: Point): void
  /** `predicted`: where the browser expects the pointer in the next moment. */
  move(event: RawPointer, at: Point, coalesced: readonly Pressed[], predicted?: readonly Point[]): void
  up(event: RawPointer, at: Point): void
  cancel(event: RawPointer, at: Point): void
  /** The element lost the pointer; an end that never came. */
  lost(event: RawPointer, at: Point): void
  leave(event: RawPointer): void
  /** Space went down or up. */
  hand(held: boolean): void
  /** Modifier keys changed while the pointer rests. */
  modifiers(keys: Pick<RawPointer, 'shiftKey' | 'altKey' | 'ctrlKey' | 'metaKey'>): void
  /** The view is held by the hand of space or the middle button: `open` before it is taken. */
  readonly grip: ReadonlySignal<'none' | 'open' | 'closed'>
  destroy(): void
}

/** Ms and screen pixels within which clicks are in a row. */
const CLICK_TIME = 400
const CLICK_PLACE = 8
/** Ms a finger rests for the menu. */
const LONG = 550
/** The eraser's bit in `buttons`. */
const ERASER = 32

type Doing =
  /** The editor has it. */
  | { readonly kind: 'tool'; readonly id: number }
  /** Space or the middle button: the view moves. */
  | { readonly kind: 'hand'; readonly id: number; last: Point }

export function createPointers(
  editor: Pick<Inside, 'camera' | 'settings' | 'tool' | 'pointer' | 'cancel' | 'say'>,
  { capture, after, apple = APPLE }: PointersOptions,
): Pointers {
  const pinch = createPinch(editor.camera)
  let doing: Doing | null = null
  let isHand = false
  const grip = signal<'none' | 'open' | 'closed'>('none')
  const regrip = (): void => {
    grip.value = doing?.kind === 'hand' ? 'closed' : isHand ? 'open' : 'none'
  }
  let clicks = { count: 0, time: -Infinity, at: { x: 0, y: 0 }, button: 0 }
  let long: Off | null = null
  let last: { event: RawPointer; at: Point } | null = null
  /** Where the press began, and whether it has left that place. */
  let pressed: { at: Point; moved: boolean } | null = null

  function make(
    type: Pointer['type'],
    event: RawPointer,
    at: Point,
    coalesced: readonly Pressed[] = [],
  ): Pointer {
    const device = event.pointerType === 'pen' ? 'pen' : event.pointerType === 'touch' ? 'touch' : 'mouse'
    // Mice, and pens that know of no pressure, say a half.
    const hasPressure = device === 'pen' && event.pressure !== 0.5
    const pressure = hasPressure ? event.pressure : 0.5
    const page = editor.camera.toPage(at)
    const values: number[] = []
    for (const one of coalesced) {
      const place = editor.camera.toPage(one)
      values.push(place.x, place.y, hasPressure ? one.pressure : 0.5)
    }
    const end = values.length - 3
    if (end < 0 || values[end] !== page.x || values[end + 1] !== page.y) values.push(page.x, page.y, pressure)
    return {
      type,
      page,
      screen: at,
      coalesced: values,
      pressure,
      hasPressure,
      device,
      eraser: device === 'pen' && (event.button === 5 || (event.buttons & ERASER) !== 0),
      // On Apple's systems Ctrl makes of it the other button.
      button:
        apple && device === 'mouse' && event.button === 0 && event.ctrlKey ? 2 : Math.max(0, event.button),
      shift: event.shiftKey,
      alt: event.altKey,
      mod: event.ctrlKey || event.metaKey,
      time: event.timeStamp,
      clicks: clicks.count,
    }
  }

  function count(event: RawPointer, at: Point): void {
    const near = Math.hypot(at.x - clicks.at.x, at.y - clicks.at.y) <= CLICK_PLACE
    const soon = event.timeStamp - clicks.time <= CLICK_TIME
    const same = near && soon && clicks.button === event.button
    clicks = { count: same ? clicks.count + 1 : 1, time: event.timeStamp, at, button: event.button }
  }

  /** A pen has come: hands will lie on the glass. */
  function meetPen(): void {
    editor.settings.value = { ...editor.settings.value, fingers: 'move' }
    editor.say('board.say.penOnly', {}, true)
  }

  function endLong(): void {
    long?.()
    long = null
  }

  function beginHand(event: RawPointer, at: Point): void {
    doing = { kind: 'hand', id: event.pointerId, last: at }
    regrip()
  }

  function endTool(event: RawPointer, at: Point): void {
    doing = null
    pressed = null
    editor.pointer(make('cancel', event, at))
  }

  function downTouch(event: RawPointer, at: Point): void {
    // A palm while the pen draws is nothing.
    if (doing?.kind === 'tool' && doing.id !== event.pointerId && last?.event.pointerType === 'pen') return
    if (editor.settings.value.fingers === 'move' && editor.tool.value !== 'hand') {
      pinch.down(event.pointerId, at)
      return
    }
    if (doing?.kind === 'tool') {
      // The second finger makes of drawing a moving of the view, unless the stroke is well under way.
      if (pressed?.moved === true && event.timeStamp - clicks.time > CLICK_TIME) return
      const first = last
      endLong()
      if (first) {
        const id = doing.id
        endTool(first.event, first.at)
        pinch.down(id, first.at)
      }
      pinch.down(event.pointerId, at)
      return
    }
    if (pinch.fingers > 0) {
      pinch.down(event.pointerId, at)
      return
    }
    beginTool(event, at)
    long = after(LONG, () => {
      long = null
      if (pressed?.moved !== false || doing?.kind !== 'tool' || !longMeansMenu(editor)) return
      endTool(event, at)
      editor.pointer({ ...make('down', event, at), button: 2 })
    })
  }

  function beginTool(event: RawPointer, at: Point): void {
    count(event, at)
    doing = { kind: 'tool', id: event.pointerId }
    pressed = { at, moved: false }
    editor.pointer(make('down', event, at))
  }

  return {
    down(event, at) {
      capture(event.pointerId)
      if (event.pointerType === 'touch') {
        downTouch(event, at)
        last = { event, at }
        return
      }
      if (event.pointerType === 'pen') {
        if (editor.settings.value.fingers === 'auto') meetPen()
        // What a hand lying on the glass had begun is undone before the pen draws.
        pinch.clear()
        if (doing?.kind === 'tool' && last && last.event.pointerType === 'touch') endTool(last.event, last.at)
      }
      if (doing) return
      if (isHand || event.button === 1) {
        beginHand(event, at)
        if (event.button === 1) editor.cancel()
        last = { event, at }
        return
      }
      beginTool(event, at)
      last = { event, at }
    },
    move(event, at, coalesced, predicted = []) {
      if (pinch.fingers > 0 && event.pointerType === 'touch') {
        pinch.move(event.pointerId, at)
        return
      }
      if (doing && doing.id !== event.pointerId) return
      if (pressed && !pressed.moved && Math.hypot(at.x - pressed.at.x, at.y - pressed.at.y) > CLICK_PLACE) {
        pressed.moved = true
        endLong()
      }
      last = { event, at }
      if (doing?.kind === 'hand') {
        editor.camera.pan(doing.last.x - at.x, doing.last.y - at.y)
        doing.last = at
      } else if (doing) {
        const pointer = make('move', event, at, coalesced)
        const ahead = predicted.flatMap((one) => {
          const { x, y } = editor.camera.toPage(one)
          return [x, y, pointer.pressure]
        })
        editor.pointer(ahead.length > 0 ? { ...pointer, predicted: ahead } : pointer)
      } else if (event.pointerType !== 'touch') editor.pointer(make('hover', event, at, coalesced))
    },
    up(event, at) {
      if (pinch.up(event.pointerId)) return
      if (!doing || doing.id !== event.pointerId) return
      endLong()
      const was = doing
      doing = null
      pressed = null
      last = { event, at }
      regrip()
      if (was.kind === 'tool') editor.pointer(make('up', event, at))
    },
    cancel(event, at) {
      if (pinch.up(event.pointerId)) return
      if (!doing || doing.id !== event.pointerId) return
      endLong()
      if (doing.kind === 'tool') endTool(event, at)
      doing = null
      regrip()
    },
    lost(event, at) {
      pinch.up(event.pointerId)
      if (!doing || doing.id !== event.pointerId) return
      endLong()
      if (doing.kind === 'tool') endTool(event, at)
      doing = null
      regrip()
    },
    leave(event) {
      if (!doing && event.pointerType !== 'touch' && last) editor.pointer(make('leave', event, last.at))
    },
    hand(held) {
      isHand = held
      regrip()
    },
    modifiers(keys) {
      if (!last || doing?.kind !== 'tool') return
      const event = { ...last.event, ...keys, timeStamp: last.event.timeStamp }
      last = { event, at: last.at }
      editor.pointer(make('move', event, last.at))
    },
    grip,
    destroy() {
      endLong()
      pinch.clear()
      doing = null
    },
  }
}

/** With a pen or an eraser a finger that rests is drawing. */
function longMeansMenu(editor: Pick<Inside, 'tool'>): boolean {
  const tool = editor.tool.value
  return tool === 'select' || tool === 'hand' || tool === 'lasso'
}
