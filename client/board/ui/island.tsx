import type { ComponentChildren, JSX } from 'preact'
import { useLayoutEffect, useRef } from 'preact/hooks'
import { moveRoving, tidyRoving } from '../../ui/roving.ts'

interface IslandProps {
  /** Its name for screen readers. */
  label: string
  class: string
  children: ComponentChildren
  role?: 'toolbar' | 'group'
}

const ITEM = 'button'

/** A group of controls at an edge of the board. A toolbar has one Tab stop, arrows move inside. */
export function Island({ label, class: kind, children, role = 'toolbar' }: IslandProps): JSX.Element {
  const box = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    if (role === 'toolbar' && box.current) tidyRoving(box.current, ITEM)
  })
  return (
    <div
      ref={box}
      class={`island ${kind}`}
      role={role}
      aria-label={label}
      data-island=""
      onKeyDown={(event) => {
        if (role === 'toolbar' && box.current && moveRoving(event, box.current, ITEM, 'row'))
          event.stopPropagation()
      }}
    >
      {children}
    </div>
  )
}
