import type { ComponentChildren, JSX } from 'preact'
import { useId, useLayoutEffect, useRef } from 'preact/hooks'
import { ToolButton } from './button.tsx'

interface PanelProps {
  title: string
  closeLabel: string
  onClose: () => void
  children: ComponentChildren
  class?: string
  /** Buttons before the one that closes. */
  tools?: ComponentChildren
  /** What Esc does instead of closing. */
  onEscape?: () => void
  /** It appears by itself, so it leaves the focus where it is. */
  quiet?: boolean
}

/** Dragged further down than this, in pixels, a sheet closes. */
const CLOSE_AT = 80

/** A panel at the end side; where the page is narrow the same panel is a sheet over its lower part. Esc closes it. */
export function Panel(props: PanelProps): JSX.Element {
  const box = useRef<HTMLElement>(null)
  const title = useId()
  const from = useRef<number | null>(null)

  useLayoutEffect(() => {
    const opener = document.activeElement
    const element = box.current
    if (props.quiet !== true) (firstOf(element) ?? element)?.focus({ preventScroll: true })
    return () => {
      const inside = element?.contains(document.activeElement) || document.activeElement === document.body
      if (inside && opener instanceof HTMLElement && opener.isConnected) opener.focus({ preventScroll: true })
    }
  }, [])

  const drag = (event: PointerEvent): void => {
    if (from.current === null || !box.current) return
    const down = Math.max(0, event.clientY - from.current)
    box.current.style.translate = `0 ${down}px`
    if (event.type === 'pointermove') return
    from.current = null
    box.current.style.translate = ''
    if (down > CLOSE_AT && event.type === 'pointerup') props.onClose()
  }

  return (
    <aside
      ref={box}
      class={`panel ${props.class ?? ''}`}
      aria-labelledby={title}
      tabIndex={-1}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        event.stopPropagation()
        ;(props.onEscape ?? props.onClose)()
      }}
    >
      <div
        class="panel-grip"
        onPointerDown={(event) => {
          from.current = event.clientY
          event.currentTarget.setPointerCapture(event.pointerId)
        }}
        onPointerMove={drag}
        onPointerUp={drag}
        onPointerCancel={drag}
      />
      <div class="panel-head">
        <h2 id={title}>{props.title}</h2>
        {props.tools}
        <ToolButton label={props.closeLabel} icon="close" class="small" onClick={props.onClose} />
      </div>
      <div class="panel-body">{props.children}</div>
    </aside>
  )
}

/** The control that takes the focus with a keyboard at hand; on a touch screen it would bring up one of its own. */
function firstOf(panel: HTMLElement | null): HTMLElement | null {
  const touch = typeof matchMedia !== 'undefined' && matchMedia('(pointer: coarse)').matches
  return touch ? null : (panel?.querySelector<HTMLElement>('[data-first]') ?? null)
}
