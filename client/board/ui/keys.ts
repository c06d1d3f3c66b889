/** Keys beside those of the actions: from island to island, through the slides, the menu key. */
import { matchesKeys } from '../../pad/key-names.ts'
import { actionFor } from '../input/keys.ts'
import { showSlide } from './slides.ts'
import type { BoardUi } from './ui.ts'

/** Starts listening on the board's root; the answer stops it. */
export function watchIslandKeys(ui: BoardUi): () => void {
  const { root } = ui
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || event.isComposing) return
    if (event.key === 'F6') {
      event.preventDefault()
      goToIsland(ui, event.shiftKey ? -1 : 1)
      return
    }
    if (inField(event.target)) return
    if (ui.slide.peek() !== null && slideKey(ui, event)) return
    if (event.key === 'ContextMenu' || (event.shiftKey && event.key === 'F10')) {
      event.preventDefault()
      openMenu(ui)
      return
    }
    if (!isIsland(event.target, ui)) return
    if (event.key === 'Escape') {
      event.preventDefault()
      ui.focusBoard()
      return
    }
    islandAction(ui, event)
  }
  // In the capture phase: what leads through the islands counts before what a tool makes of the key.
  root.addEventListener('keydown', onKeyDown, true)
  const onBoardKey = (event: KeyboardEvent): void => {
    if (!event.defaultPrevented && event.target === ui.view.element) boardFirst(ui, event)
  }
  root.addEventListener('keydown', onBoardKey)
  const offModality = markKeyboard(root)
  return () => {
    root.removeEventListener('keydown', onKeyDown, true)
    root.removeEventListener('keydown', onBoardKey)
    offModality()
  }
}

/**
 * What counts before the page around the board: its own dialogs' keys, and Escape as long as there is something on the
 * board to end; only then it closes what the board stands in.
 */
function boardFirst(ui: BoardUi, event: KeyboardEvent): void {
  const { editor } = ui
  if (event.key === 'Escape') {
    const idle = editor.tool.peek() === 'select'
    if (!editor.cancel()) {
      if (idle) return
      editor.setTool('select')
    }
  } else {
    const action = actionFor(editor, event)
    if (!action || !DIALOGS.has(action.id)) return
    action.run()
  }
  event.preventDefault()
  event.stopPropagation()
}

/** Actions whose keys a pad's page has, too. */
const DIALOGS: ReadonlySet<string> = new Set(['palette', 'help', 'search', 'files', 'present', 'link'])

/** Whether the keyboard leads: then the board shows where the focus is. */
function markKeyboard(root: HTMLElement): () => void {
  const byKey = ({ key }: KeyboardEvent): void => {
    if (key === 'Tab' || key === 'F6' || key === 'Escape') root.dataset['keyboard'] = ''
  }
  const byPointer = (): void => void delete root.dataset['keyboard']
  document.addEventListener('keydown', byKey, true)
  document.addEventListener('pointerdown', byPointer, true)
  return () => {
    document.removeEventListener('keydown', byKey, true)
    document.removeEventListener('pointerdown', byPointer, true)
  }
}

/** Keys with a modifier work from the islands too; plain letters and arrows belong to what has the focus there. */
function islandAction(ui: BoardUi, event: KeyboardEvent): void {
  if (!(event.ctrlKey || event.metaKey) || event.key.startsWith('Arrow')) return
  for (const action of ui.actions.peek().values()) {
    if (!action.keys?.some((keys) => matchesKeys(event, keys))) continue
    if ((action.writes && !ui.editor.mayDraw.peek()) || !action.enabled()) return
    event.preventDefault()
    event.stopPropagation()
    action.run()
    return
  }
}

function isIsland(target: EventTarget | null, { view }: BoardUi): boolean {
  return target instanceof Element && target !== view.element && target.closest('[data-island]') !== null
}

/** Whether somebody types there. */
export function inField(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.matches('input:not([type=range]), textarea, select'))
  )
}

function slideKey(ui: BoardUi, event: KeyboardEvent): boolean {
  const next = ['ArrowRight', 'ArrowDown', 'PageDown', ' ', 'Enter']
  const before = ['ArrowLeft', 'ArrowUp', 'PageUp']
  if (event.target instanceof HTMLButtonElement && (event.key === ' ' || event.key === 'Enter')) return false
  const way =
    event.key === 'Escape'
      ? 'end'
      : next.includes(event.key)
        ? 'next'
        : before.includes(event.key)
          ? 'before'
          : null
  if (way === null || event.ctrlKey || event.metaKey || event.altKey) return false
  event.preventDefault()
  event.stopPropagation()
  showSlide(ui, way)
  return true
}

/** The menu beside what is selected, else in the middle. */
export function openMenu(ui: BoardUi): void {
  const { editor } = ui
  const [id] = editor.selection.peek()
  const bounds = id === undefined ? null : editor.scene.bounds(id)
  const { width, height } = editor.camera.size.peek()
  const at = bounds
    ? editor.camera.toScreen({ x: bounds.left, y: bounds.bottom })
    : { x: width / 2, y: height / 2 }
  ui.menuAt.value = { x: Math.max(0, Math.min(width, at.x)), y: Math.max(0, Math.min(height, at.y)) }
}

/** The next island in the order of reading, the board being one of them; round the ends. */
function goToIsland({ root, view }: BoardUi, by: 1 | -1): void {
  const stops = [view.element, ...root.querySelectorAll<HTMLElement>('[data-island]')].filter(
    (element) => element === view.element || element.checkVisibility(),
  )
  const now = stops.findIndex((stop) => stop !== view.element && stop.contains(document.activeElement))
  const at = now < 0 ? 0 : now
  const next = stops[(at + by + stops.length) % stops.length]
  const inside = next?.matches('[data-island]')
    ? (next.querySelector<HTMLElement>('[tabindex="0"]') ??
      next.querySelector<HTMLElement>('button, input, select'))
    : next
  ;(inside ?? next)?.focus()
}
