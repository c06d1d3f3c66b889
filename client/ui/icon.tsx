import type { JSX } from 'preact'
import { ICONS, isIconName } from './icons.ts'
import type { Drawing, IconShape } from './icons.ts'

/** One icon in the colour of the text. It says nothing to screen readers; the control around it has the name. */
export function Icon({ name, class: kind = '' }: { name: IconShape; class?: string }): JSX.Element {
  const { line, dots, width, turns } = drawingOf(name)
  return (
    <svg class={`icon ${turns ? 'turns ' : ''}${kind}`} viewBox="0 0 20 20" aria-hidden="true">
      {line !== undefined && <path d={line} stroke-width={width} />}
      {dots !== undefined && <path d={dots} fill="currentColor" stroke="none" />}
    </svg>
  )
}

/** The mark: a drop of ink above a line. */
export function Mark(): JSX.Element {
  return (
    <svg class="mark" viewBox="0 0 28 28" aria-hidden="true">
      <rect class="mark-ground" width="28" height="28" rx="7" />
      <path class="mark-drop" d="M14 4.9c3 3.4 5 6 5 8.7a5 5 0 0 1-10 0c0-2.7 2-5.3 5-8.7z" />
      <path class="mark-line" d="M8 22.4h12" />
    </svg>
  )
}

function drawingOf(icon: IconShape): Drawing {
  if (typeof icon === 'object') return icon
  return isIconName(icon) ? ICONS[icon] : { line: icon }
}
