import type { ComponentChildren, JSX } from 'preact'
import { useLayoutEffect, useRef } from 'preact/hooks'
import { place } from './place.ts'
import type { Box, PlaceOptions } from './place.ts'

interface PopoverProps {
  /** What it belongs to; read when it opens and on every change of size. */
  anchor: () => Box | null
  onClose: () => void
  children: ComponentChildren
  side?: PlaceOptions['side']
  align?: PlaceOptions['align']
  /** `manual` ones do not close when something else is pressed. */
  kind?: 'auto' | 'manual'
  class?: string
  role?: 'menu' | 'dialog' | 'toolbar'
  label?: string
  onKeyDown?: (event: KeyboardEvent) => void
}

/** A floating thing in the browser's top layer. It lives as long as it is drawn; the browser closes it lightly. */
export function Popover(props: PopoverProps): JSX.Element {
  const box = useRef<HTMLDivElement>(null)
  const close = useRef(props.onClose)
  close.current = props.onClose

  useLayoutEffect(() => {
    const element = box.current
    if (!element) return
    element.showPopover()
    // Not `toggle`, which comes in a task of its own: a key between would press a button whose menu still counts as open.
    const onToggle = (event: Event): void => {
      if ('newState' in event && event.newState === 'closed') queueMicrotask(() => close.current())
    }
    element.addEventListener('beforetoggle', onToggle)
    return () => element.removeEventListener('beforetoggle', onToggle)
  }, [])

  useLayoutEffect(() => {
    const element = box.current
    const anchor = props.anchor()
    if (!element || !anchor) return
    const put = (): void => {
      const spot = place(
        { width: element.offsetWidth, height: element.offsetHeight },
        props.anchor() ?? anchor,
        { width: window.innerWidth, height: window.visualViewport?.height ?? window.innerHeight },
        {
          side: props.side ?? 'below',
          align: props.align ?? 'start',
          rtl: getComputedStyle(element).direction === 'rtl',
        },
      )
      element.style.left = `${spot.left}px`
      element.style.top = `${spot.top}px`
    }
    put()
    // What is inside may grow later, as when plugins come.
    const grown = typeof ResizeObserver === 'function' ? new ResizeObserver(put) : null
    grown?.observe(element)
    window.addEventListener('resize', put)
    window.visualViewport?.addEventListener('resize', put)
    return () => {
      grown?.disconnect()
      window.removeEventListener('resize', put)
      window.visualViewport?.removeEventListener('resize', put)
    }
  })

  return (
    <div
      ref={box}
      popover={props.kind ?? 'auto'}
      class={`floating ${props.class ?? ''}`}
      role={props.role}
      aria-label={props.label}
      onKeyDown={props.onKeyDown}
    >
      {props.children}
    </div>
  )
}

/** The box of an element, for {@link Popover}. */
export function boxOf(element: Element | null): Box | null {
  return element?.getBoundingClientRect() ?? null
}
