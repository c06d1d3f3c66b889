/** Keys pressed while a dialog or the search that was asked for is still fetched are its own, not the board's (SPEC-board B317). */
import { effect } from '@preact/signals'
import type { ReadonlySignal } from '@preact/signals'
import { typeInto } from '../../ui/type-into.ts'
import { inField } from './keys.ts'
import type { BoardUi } from './ui.ts'

/** Keys kept at most. */
const MOST = 200
/** Ms after which what did not come is waited for no longer. */
const PATIENCE = 10_000

/** Starts keeping them; the answer stops it. */
export function keepKeysAhead(ui: Pick<BoardUi, 'dialog' | 'searching' | 'root'>): () => void {
  const kept: string[] = []
  let waiting: ReturnType<typeof setTimeout> | undefined
  const end = (): void => {
    clearTimeout(waiting)
    waiting = undefined
    kept.length = 0
  }
  const follow = (isAsked: ReadonlySignal<unknown>): (() => void) =>
    effect(() => {
      const asked = isAsked.value !== null && isAsked.value !== false
      end()
      if (asked) waiting = setTimeout(end, PATIENCE)
    })

  const onKeyDown = (event: KeyboardEvent): void => {
    const { target, key } = event
    const isBoards = target === document.body || (target instanceof Node && ui.root.contains(target))
    if (waiting === undefined || event.isComposing || !isBoards || inField(target)) return
    event.preventDefault()
    event.stopPropagation()
    if (key === 'Escape') {
      ui.dialog.value = null
      ui.searching.value = false
    } else if (kept.length < MOST && !event.ctrlKey && !event.metaKey) kept.push(key)
  }
  const onFocus = ({ target }: FocusEvent): void => {
    const isIt = target instanceof Element && (inField(target) || target.closest('dialog') !== null)
    if (waiting === undefined || !isIt) return
    const keys = kept.slice()
    end()
    // What opens may hand the focus on to its field.
    queueMicrotask(() => typeInto(document.activeElement, keys))
  }
  document.addEventListener('keydown', onKeyDown, true)
  document.addEventListener('focusin', onFocus)
  document.addEventListener('pointerdown', end, true)
  const offs = [follow(ui.dialog), follow(ui.searching)]
  return () => {
    for (const off of offs) off()
    end()
    document.removeEventListener('keydown', onKeyDown, true)
    document.removeEventListener('focusin', onFocus)
    document.removeEventListener('pointerdown', end, true)
  }
}
