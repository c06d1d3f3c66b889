import { signal } from '@preact/signals'
import type { JSX } from 'preact'
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks'
import { place } from './place.ts'

const target = signal<HTMLElement | null>(null)
/** Milliseconds a pointer rests on a control before its name appears. */
const REST = 500

/**
 * The one tooltip of a page. It shows the accessible name and the keys of whatever control with `data-tip` the pointer
 * rests on or the keyboard reaches. The name is the control's own, so screen readers need nothing from here.
 */
export function Tooltip(): JSX.Element {
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const hide = (): void => {
      clearTimeout(timer)
      target.value = null
    }
    const onOver = (event: PointerEvent): void => {
      if (event.pointerType === 'touch') return
      const control = controlAt(event.target)
      if (control === target.value) return
      hide()
      if (control) timer = setTimeout(() => (target.value = control), REST)
    }
    const onFocus = (event: FocusEvent): void => {
      const control = controlAt(event.target)
      hide()
      // In a task of its own: a browser that closes a menu gives the focus back in the midst of it.
      if (control?.matches(':focus-visible')) timer = setTimeout(() => (target.value = control))
    }
    document.addEventListener('pointerover', onOver)
    document.addEventListener('focusin', onFocus)
    for (const type of ['pointerdown', 'keydown', 'focusout', 'scroll', 'blur'] as const)
      window.addEventListener(type, hide, true)
    return () => {
      hide()
      document.removeEventListener('pointerover', onOver)
      document.removeEventListener('focusin', onFocus)
      for (const type of ['pointerdown', 'keydown', 'focusout', 'scroll', 'blur'] as const)
        window.removeEventListener(type, hide, true)
    }
  }, [])

  const control = target.value
  return (
    <>
      {control && control.isConnected && <Tip control={control} key={control.getAttribute('aria-label')} />}
    </>
  )
}

function Tip({ control }: { control: HTMLElement }): JSX.Element {
  const box = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    const element = box.current
    if (!element) return
    element.showPopover()
    const spot = place(
      { width: element.offsetWidth, height: element.offsetHeight },
      control.getBoundingClientRect(),
      { width: window.innerWidth, height: window.innerHeight },
      { side: 'below', align: 'center', rtl: false },
    )
    element.style.left = `${spot.left}px`
    element.style.top = `${spot.top}px`
  }, [control])
  const keys = control.dataset['keys']
  return (
    <div ref={box} popover="manual" class="floating tooltip" aria-hidden="true">
      {control.getAttribute('aria-label') ?? control.title}
      {keys && <kbd>{keys}</kbd>}
    </div>
  )
}

function controlAt(node: EventTarget | null): HTMLElement | null {
  return node instanceof Element ? node.closest<HTMLElement>('[data-tip]') : null
}
