/**
 * Listens on the board's element and tells the editor (SPEC-board B223 to B226). The element's place on the screen is measured
 * when it changes, never in a handler of the pointer.
 */
import { effect } from '@preact/signals'
import type { Inside } from '../editor/inside.ts'
import type { Editor, Off } from '../types.ts'
import { attachClipboard } from '../clipboard/system.ts'
import { attachKeys } from './attach-keys.ts'
import { createPointers } from './pointers.ts'
import { turnWheel } from './wheel.ts'

/** Feeds `editor` from what happens on `element`; the view's element, which may have focus. */
export function attachInput(element: HTMLElement, editor: Editor): Off {
  const offs: Off[] = []
  let left = 0
  let top = 0
  const measure = (): void => {
    const box = element.getBoundingClientRect()
    left = box.left
    top = box.top
  }
  const on = <K extends keyof HTMLElementEventMap>(
    type: K,
    run: (event: HTMLElementEventMap[K]) => void,
    options: AddEventListenerOptions = {},
  ): void => {
    element.addEventListener(type, run, options)
    offs.push(() => element.removeEventListener(type, run, options))
  }

  element.style.touchAction = 'none'
  element.style.userSelect = 'none'
  if (!element.hasAttribute('tabindex')) element.tabIndex = 0
  measure()
  const sizes = new ResizeObserver(measure)
  sizes.observe(element)
  offs.push(() => sizes.disconnect())
  const view = element.ownerDocument.defaultView
  // Scrolling moves the element without changing its size.
  const scrolled = (): void => measure()
  view?.addEventListener('scroll', scrolled, { capture: true, passive: true })
  view?.addEventListener('resize', scrolled, { passive: true })
  offs.push(() => {
    view?.removeEventListener('scroll', scrolled, { capture: true })
    view?.removeEventListener('resize', scrolled)
  })
  on('pointerenter', measure)

  const pointers = createPointers(editor as Inside, {
    capture: (id) => {
      try {
        element.setPointerCapture(id)
      } catch {
        // A pointer that is up already cannot be caught.
      }
    },
    after: (ms, run) => {
      const timer = setTimeout(run, ms)
      return () => clearTimeout(timer)
    },
  })
  offs.push(() => pointers.destroy())
  offs.push(
    effect(() => {
      const grip = pointers.grip.value
      element.style.cursor = grip === 'none' ? editor.cursor.value : grip === 'open' ? 'grab' : 'grabbing'
    }),
  )
  const place = (event: MouseEvent): { x: number; y: number } => ({
    x: event.clientX - left,
    y: event.clientY - top,
  })

  on('pointerdown', (event) => {
    if (event.target instanceof Element && event.target !== element && isControl(event.target)) return
    measure()
    element.focus({ preventScroll: true })
    if (event.button === 1) event.preventDefault()
    pointers.down(event, place(event))
  })
  on('pointermove', (event) => {
    const all = event.getCoalescedEvents?.() ?? []
    pointers.move(
      event,
      place(event),
      all.length > 0 ? all.map((one) => ({ ...place(one), pressure: one.pressure })) : [],
      // A mouse has a pointer of its own on the screen, which no line should run ahead of.
      event.pointerType === 'mouse' ? [] : soon(event).map(place),
    )
  })
  on('pointerup', (event) => pointers.up(event, place(event)))
  on('pointercancel', (event) => pointers.cancel(event, place(event)))
  on('lostpointercapture', (event) => pointers.lost(event, place(event)))
  on('pointerleave', (event) => pointers.leave(event))
  // The menu of the board is its own; iOS' magnifier and selection stay away.
  on('contextmenu', (event) => event.preventDefault())
  on('touchstart', (event) => event.preventDefault(), { passive: false })
  on('dragstart', (event) => event.preventDefault())
  on(
    'wheel',
    (event) => {
      event.preventDefault()
      turnWheel(editor.camera, event, place(event))
    },
    { passive: false },
  )
  const keys = attachKeys(element, editor, pointers)
  offs.push(keys.off, attachClipboard(element, editor, keys.isHere, place))
  return () => {
    for (const off of offs.splice(0)) off()
  }
}

/** Ms of what the browser expects that is believed: what lies further ahead is often wrong where the hand turns. */
const BELIEVED = 12

function soon(event: PointerEvent): PointerEvent[] {
  const all = event.getPredictedEvents?.() ?? []
  return all.filter(({ timeStamp }) => timeStamp - event.timeStamp <= BELIEVED)
}

/** Something within the board's element that takes the pointer itself, such as the text being written. */
function isControl(target: Element): boolean {
  return target.closest('button, a, input, textarea, select, [contenteditable], [data-board-own]') !== null
}
