/** What a wheel or a trackpad does (SPEC-board B225): moves the view, with Ctrl or Command zooms around the pointer. */
import type { Camera, Point } from '../types.ts'

/** What of a wheel event counts. */
export interface WheelTurn {
  readonly deltaX: number
  readonly deltaY: number
  /** 0 pixels, 1 lines, 2 pages. */
  readonly deltaMode: number
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly shiftKey: boolean
}

const LINE = 40
const PAGE = 800
/** A notch of a wheel zooms by no more than this factor's logarithm. */
const MOST = 0.25

export function turnWheel(camera: Camera, turn: WheelTurn, at: Point): void {
  const unit = turn.deltaMode === 1 ? LINE : turn.deltaMode === 2 ? PAGE : 1
  let dx = turn.deltaX * unit
  let dy = turn.deltaY * unit
  if (turn.ctrlKey || turn.metaKey) {
    // Trackpads send pinches as small steps with Ctrl; wheels send large ones.
    const by = Math.min(MOST, Math.max(-MOST, -dy / (Math.abs(dy) < 30 ? 100 : 400)))
    camera.zoomTo(camera.place.peek().zoom * Math.exp(by), at)
    return
  }
  if (turn.shiftKey && dx === 0) {
    dx = dy
    dy = 0
  }
  camera.pan(dx, dy)
}
