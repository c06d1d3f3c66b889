/** Listens for keys while the board is what is worked on (SPEC-board B223). */
import { BY_BROWSER } from '../editor/actions/clipboard.ts'
import type { Editor, Off } from '../types.ts'
import { actionFor, typeAhead } from './keys.ts'
import type { Pointers } from './pointers.ts'

const MODIFIERS: ReadonlySet<string> = new Set(['Shift', 'Alt', 'Control', 'Meta'])

export interface AttachedKeys {
  /** Whether what happens to a target is the board's: it has focus, or nothing has and it was touched last. */
  isHere(this: void, target: EventTarget | null): boolean
  readonly off: Off
}

export function attachKeys(element: HTMLElement, editor: Editor, pointers: Pointers): AttachedKeys {
  const page = element.ownerDocument
  /** Whether the last thing that was done was done here. */
  let here =
    page.activeElement === element ||
    // At first only on a page of its own: beside a text letters are not for tools.
    (page.activeElement === page.body && page.querySelector('[contenteditable]') === null)
  const looked = (event: Event): void => {
    if (event.target instanceof Node) here = element.contains(event.target) || isBoards(event.target)
  }

  const down = (event: KeyboardEvent): void => {
    if (MODIFIERS.has(event.key)) pointers.modifiers(event)
    if (event.isComposing || event.defaultPrevented || !isHere(event.target)) return
    if (event.key === ' ' && editor.writing.value === null) {
      event.preventDefault()
      pointers.hand(true)
      return
    }
    if (editor.writing.value !== null && typeAhead(editor, event)) {
      event.preventDefault()
      return
    }
    const action = actionFor(editor, event)
    if (!action || BY_BROWSER.has(action.id)) return
    // A key that is held goes on moving, but takes no tool again and again.
    if (event.repeat && action.group === 'tool') return
    event.preventDefault()
    action.run()
  }
  const up = (event: KeyboardEvent): void => {
    if (MODIFIERS.has(event.key)) pointers.modifiers(event)
    if (event.key === ' ') pointers.hand(false)
  }
  const blur = (): void => pointers.hand(false)

  function isHere(target: EventTarget | null): boolean {
    if (target === element) return true
    if (target === page.body || target === page.documentElement) return here
    return false
  }

  page.addEventListener('keydown', down)
  page.addEventListener('keyup', up)
  page.addEventListener('pointerdown', looked, true)
  page.addEventListener('focusin', looked, true)
  const view = page.defaultView
  view?.addEventListener('blur', blur)
  const off = (): void => {
    page.removeEventListener('keydown', down)
    page.removeEventListener('keyup', up)
    page.removeEventListener('pointerdown', looked, true)
    page.removeEventListener('focusin', looked, true)
    view?.removeEventListener('blur', blur)
  }
  return { isHere, off }
}

/** Islands and menus of the board leave its keys working. */
function isBoards(target: Node): boolean {
  return target instanceof Element && target.closest('[data-board]') !== null
}
