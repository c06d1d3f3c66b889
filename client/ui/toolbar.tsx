import type { ComponentChildren, JSX } from 'preact'
import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import { fold } from './fold.ts'
import { moveRoving, tidyRoving } from './roving.ts'

/** A control of a toolbar, or a line between two groups. */
export interface ToolbarItem {
  id: string
  /** See {@link fold}; Infinity stays. */
  priority: number
  content: ComponentChildren
}

interface ToolbarProps {
  label: string
  groups: readonly (readonly ToolbarItem[])[]
  /** Told which items have no room, so that a menu can show them. */
  onFold?: (folded: ReadonlySet<string>) => void
  /** Stands after the groups and never folds. */
  end?: ComponentChildren
  /** Esc was pressed in the toolbar. */
  onLeave?: () => void
  class?: string
}

const ITEM = 'button, select'
/** A line between groups with its margins. */
const SEPARATOR = 15

/** A row of controls with one Tab stop. What does not fit folds away by priority; it never scrolls sideways. */
export function Toolbar(props: ToolbarProps): JSX.Element {
  const bar = useRef<HTMLDivElement>(null)
  const widths = useRef(new Map<string, number>())
  const [folded, setFolded] = useState<ReadonlySet<string>>(new Set())

  useLayoutEffect(() => {
    const element = bar.current
    if (!element) return
    const update = (): void => {
      for (const item of element.querySelectorAll<HTMLElement>('[data-item]')) {
        if (item.offsetWidth > 0) widths.current.set(item.dataset['item'] ?? '', item.offsetWidth)
      }
      const next = fold(
        props.groups
          .flat()
          .map(({ id, priority }) => ({ id, priority, width: 1 + (widths.current.get(id) ?? 40) })),
        roomFor(element, props.groups.length),
      )
      setFolded((before) => (sameSet(before, next) ? before : next))
    }
    update()
    if (typeof ResizeObserver === 'undefined') return
    const observer = new ResizeObserver(update)
    observer.observe(element)
    return () => observer.disconnect()
  }, [props.groups])

  useLayoutEffect(() => props.onFold?.(folded), [folded])
  useLayoutEffect(() => {
    if (bar.current) tidyRoving(bar.current, ITEM)
  })

  const shown = props.groups.map((group) => group.filter((item) => !folded.has(item.id)))
  return (
    <div
      ref={bar}
      class={`toolbar ${props.class ?? ''}`}
      role="toolbar"
      aria-label={props.label}
      onKeyDown={(event) => {
        if (event.key === 'Escape') props.onLeave?.()
        else if (bar.current) moveRoving(event, bar.current, ITEM, 'row')
      }}
    >
      {shown.map((group, index) => (
        <span class="tools" key={props.groups[index]?.[0]?.id} hidden={group.length === 0}>
          {index > 0 && <span class="separator" />}
          {group.map((item) => (
            <span class="tool-place" data-item={item.id} key={item.id}>
              {item.content}
            </span>
          ))}
        </span>
      ))}
      {props.end}
    </div>
  )
}

function roomFor(bar: HTMLElement, groups: number): number {
  const style = getComputedStyle(bar)
  const padding = Number.parseFloat(style.paddingInlineStart) + Number.parseFloat(style.paddingInlineEnd)
  let fixed = 0
  for (const child of bar.children) {
    if (
      child instanceof HTMLElement &&
      !child.classList.contains('tools') &&
      !child.classList.contains('space')
    )
      fixed += child.offsetWidth + 1
  }
  return bar.clientWidth - (Number.isFinite(padding) ? padding : 0) - fixed - groups * SEPARATOR
}

function sameSet(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return a.size === b.size && [...a].every((item) => b.has(item))
}
