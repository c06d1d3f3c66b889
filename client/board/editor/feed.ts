/** Where the pointer's events go (SPEC-board B201, B211): to the state under way, or to the tool; and the view at its edges. */
import type { Off, Pointer, ToolId } from '../types.ts'
import { READS } from './inside.ts'
import type { Inside, State, Tool } from './inside.ts'

/** Screen pixels from an edge within which a drag moves the view, and how many of them in a step at the edge itself. */
const EDGE = 28
const MOST = 14
/** Ms between steps. */
const EVERY = 16

/** Tools whose drags go on beyond what is seen. */
const GOES_ON: ReadonlySet<ToolId> = new Set([
  'select',
  'shape',
  'frame',
  'text',
  'note',
  'line',
  'arrow',
  'connector',
])

export interface Feed {
  take(event: Pointer): void
  /** Calls off the gesture under way; false when there was none. */
  drop(): boolean
}

export function createFeed(editor: Inside, tools: ReadonlyMap<ToolId, Tool>, current: () => Tool): Feed {
  const { pointerAt, camera } = editor
  let state: State | null = null
  /** The press that began the state: other devices are not part of it. */
  let press: Pointer | null = null
  let last: Pointer | null = null
  /** The pointer has been away from the edges since. */
  let wasInside = false
  let panning: Off | null = null

  function down(event: Pointer): void {
    drop()
    const tool = toolFor(event)
    if (!tool) return
    press = event
    last = event
    wasInside = !isAtEdge(event)
    state = tool.down(event)
  }

  /** A pen's other end erases, a right click is the same with every tool. */
  function toolFor(event: Pointer): Tool | undefined {
    if (event.eraser) return editor.mayDraw.value ? tools.get('eraser') : undefined
    if (event.button === 2) return tools.get('select')
    return editor.mayDraw.value || READS.has(editor.tool.value) ? current() : undefined
  }

  function move(event: Pointer): void {
    last = event
    state = state?.move(event) ?? state
    if (!isAtEdge(event)) wasInside = true
    else if (wasInside && panning === null && GOES_ON.has(editor.tool.value)) pan()
  }

  function isAtEdge({ screen: { x, y } }: Pointer): boolean {
    const { width, height } = camera.size.peek()
    return x < EDGE || y < EDGE || x > width - EDGE || y > height - EDGE
  }

  /** Moves the view a step, and what is dragged with it. */
  function pan(): void {
    panning = null
    if (!state || !last || !isAtEdge(last)) return
    const { width, height } = camera.size.peek()
    const { x, y } = last.screen
    camera.pan(pull(x, width), pull(y, height))
    const page = camera.toPage(last.screen)
    last = { ...last, page, coalesced: [page.x, page.y, last.pressure] }
    pointerAt.value = page
    state = state.move(last) ?? state
    panning = editor.after(EVERY, pan)
  }

  function drop(): boolean {
    stop()
    if (!state) return false
    const ending = state
    state = null
    ending.cancel()
    return true
  }

  function stop(): void {
    panning?.()
    panning = null
  }

  return {
    drop,
    take(event) {
      if (event.type === 'leave') {
        pointerAt.value = null
        editor.hovered.value = null
        if (!state) current().rest?.()
        return
      }
      if (event.type !== 'cancel') pointerAt.value = event.page
      if (event.type === 'down') down(event)
      else if (event.type === 'hover') {
        if (!state) current().hover?.(event)
      } else if (state && event.device === press?.device) {
        if (event.type === 'move') move(event)
        else if (event.type === 'up') {
          stop()
          const ending = state
          state = null
          ending.up(event)
        } else drop()
      }
      if (event.device === 'touch' && (event.type === 'up' || event.type === 'cancel')) pointerAt.value = null
    },
  }
}

/** Pixels of a step along one side of the view. */
function pull(at: number, size: number): number {
  const into = at < EDGE ? at - EDGE : at > size - EDGE ? at - size + EDGE : 0
  return Math.max(-1, Math.min(1, into / EDGE)) * MOST
}
