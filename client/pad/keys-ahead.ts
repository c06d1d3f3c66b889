/** Letters typed while a tool that begins with a field is still fetched are the field's, not the text's (SPEC-writing W1). */
import { typeInto } from '../ui/type-into.ts'

/** Keys kept at most. */
const MOST = 200
/** Ms after which what did not come is waited for no longer. */
const PATIENCE = 10_000

let last: (() => void) | undefined

/** Keeps them from now on; the answer ends that and gives them to the field that has the focus then. */
export function keepKeysAhead(): () => void {
  last?.()
  const kept: string[] = []
  const onKeyDown = (event: KeyboardEvent): void => {
    const { key } = event
    if (event.isComposing) return
    if (key === 'Escape') end()
    else if (!isTyped(event)) return
    else if (kept.length < MOST) kept.push(key)
    event.preventDefault()
    event.stopPropagation()
  }
  const end = (): void => {
    clearTimeout(timer)
    document.removeEventListener('keydown', onKeyDown, true)
    document.removeEventListener('pointerdown', end, true)
    kept.length = 0
  }
  const timer = setTimeout(end, PATIENCE)
  document.addEventListener('keydown', onKeyDown, true)
  document.addEventListener('pointerdown', end, true)
  last = end
  return () => {
    const keys = kept.slice()
    end()
    typeInto(document.activeElement, keys)
  }
}

function isTyped(event: KeyboardEvent): boolean {
  const { key, ctrlKey, metaKey, altKey } = event
  if ((ctrlKey || metaKey || altKey) && !event.getModifierState('AltGraph')) return false
  return key === 'Backspace' || key === 'Enter' || /^.$/u.test(key)
}
