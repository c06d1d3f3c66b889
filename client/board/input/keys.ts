/** Keys of the board: from the actions, and space, which makes a hand of any tool while it is held (SPEC-board B223). */
import { textOfShape } from '../../../shared/board/model/write.ts'
import type { BoardAction, Editor } from '../types.ts'

/** Is this one of Apple's systems, whose shortcuts use the command key? */
export const APPLE = typeof navigator !== 'undefined' && /Mac|iP(hone|ad|od)/.test(navigator.platform)

/** What of a key press counts. */
export interface KeyPress {
  readonly key: string
  readonly code: string
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly altKey: boolean
  readonly shiftKey: boolean
}

/** Signs that stand on digit and other keys with Shift: what they write depends on the country. */
const PLACES: Readonly<Record<string, string>> = {
  '[': 'BracketLeft',
  ']': 'BracketRight',
  '0': 'Digit0',
  '1': 'Digit1',
  '2': 'Digit2',
  "'": 'Quote',
}

/** Whether a press matches keys in ProseMirror's notation, such as `Mod-Shift-z`. */
export function matchesKeys(press: KeyPress, keys: string, apple: boolean): boolean {
  const parts = keys.split(/-(?=.)/)
  const key = parts.at(-1) ?? ''
  const mod = parts.includes('Mod')
  const shift = parts.includes('Shift')
  if (press.altKey !== parts.includes('Alt')) return false
  if (press.ctrlKey !== (parts.includes('Ctrl') || (mod && !apple))) return false
  if (press.metaKey !== (mod && apple)) return false
  const isSign = key.length === 1 && !/[a-z0-9]/i.test(key)
  if (press.shiftKey !== shift && !(isSign && !shift)) return false
  if (press.key.toLowerCase() === key.toLowerCase()) return true
  // With Shift or Alt a key may write something else; its place on the keyboard says which it is.
  if (!shift && !press.altKey) return false
  return press.code === (PLACES[key] ?? `Key${key.toUpperCase()}`)
}

/** The action of a press that can be done now; null for none. */
export function actionFor(editor: Editor, press: KeyPress, apple: boolean = APPLE): BoardAction | null {
  for (const action of editor.actions.values())
    if (action.keys?.some((keys) => matchesKeys(press, keys, apple)))
      return (action.writes && !editor.mayDraw.value) || !action.enabled() ? null : action
  return null
}

/**
 * Letters that are typed before the field to write in is there (it is fetched) go to the end of the text; true when the key is
 * used. Without it they would take tools.
 */
export function typeAhead(editor: Editor, press: KeyPress): boolean {
  const id = editor.writing.value
  const isLetter = /^.$/u.test(press.key) && !press.ctrlKey && !press.metaKey
  if (id === null || (!isLetter && press.key !== 'Enter' && press.key !== 'Backspace')) return false
  editor.change((board) => {
    const text = textOfShape(board, id)
    if (!text) return
    if (isLetter || press.key === 'Enter') text.insert(text.length, isLetter ? press.key : '\n')
    else if (text.length > 0) {
      const last = /[\uDC00-\uDFFF]$/.test(text.toString()) ? 2 : 1
      text.delete(text.length - last, last)
    }
  })
  return true
}
