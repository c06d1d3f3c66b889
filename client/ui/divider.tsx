import type { JSX } from 'preact'
import { useRef } from 'preact/hooks'

interface DividerProps {
  /** What its position is, such as "Width of the text". */
  label: string
  /** The id of the part whose width it sets. */
  controls: string
  /** Per cent of the room that the part before it has. */
  value: number
  least: number
  most: number
  /** Where a double press puts it. */
  middle: number
  /** The element whose room is divided. */
  frame: () => HTMLElement | null
  onChange: (percent: number) => void
}

/** Per cent of one press of an arrow key. */
const STEP = 2
/** Per cent of one press with Shift, or of Page Up and Page Down. */
const LEAP = 10

/** A line between two parts that is dragged or moved with the arrow keys (WAI-ARIA window splitter). */
export function Divider(props: DividerProps): JSX.Element {
  const dragging = useRef(false)
  const set = (percent: number): void =>
    props.onChange(Math.round(Math.max(props.least, Math.min(props.most, percent))))
  const rtl = (): boolean => {
    const frame = props.frame()
    return frame !== null && getComputedStyle(frame).direction === 'rtl'
  }
  const drag = (event: PointerEvent): void => {
    const frame = props.frame()
    if (!dragging.current || !frame) return
    const { left, right, width } = frame.getBoundingClientRect()
    if (width > 0) set((100 * (rtl() ? right - event.clientX : event.clientX - left)) / width)
  }
  const end = (): void => {
    dragging.current = false
  }
  return (
    <div
      class="divider"
      role="separator"
      tabIndex={0}
      aria-orientation="vertical"
      aria-label={props.label}
      aria-controls={props.controls}
      aria-valuemin={props.least}
      aria-valuemax={props.most}
      aria-valuenow={props.value}
      aria-valuetext={`${props.value} %`}
      onPointerDown={(event) => {
        if (event.button !== 0) return
        dragging.current = true
        event.currentTarget.setPointerCapture(event.pointerId)
      }}
      onPointerMove={drag}
      onPointerUp={end}
      onPointerCancel={end}
      onDblClick={() => set(props.middle)}
      onKeyDown={(event) => {
        const next = keyTarget(event, props.value, rtl())
        if (next === null) return
        event.preventDefault()
        event.stopPropagation()
        set(next)
      }}
    />
  )
}

/** The per cent a key leads to from `value`, before the ends are minded; null when the key does not move. */
export function keyTarget(
  event: Pick<KeyboardEvent, 'key' | 'shiftKey'>,
  value: number,
  rtl: boolean,
): number | null {
  const step = event.shiftKey ? LEAP : STEP
  switch (event.key) {
    case 'ArrowLeft':
      return rtl ? value + step : value - step
    case 'ArrowRight':
      return rtl ? value - step : value + step
    case 'PageUp':
      return value - LEAP
    case 'PageDown':
      return value + LEAP
    case 'Home':
      return 0
    case 'End':
      return 100
    default:
      return null
  }
}
