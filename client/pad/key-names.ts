/** Shortcuts as people read them. ProseMirror's notation in, `Ctrl Shift L` or `⌘⇧L` out. */
import { t } from '../i18n.ts'
import type { Key } from '../i18n.ts'

const WORDS: Readonly<Record<string, Key>> = {
  Ctrl: 'key.ctrl',
  Shift: 'key.shift',
  Alt: 'key.alt',
  Enter: 'key.enter',
  Escape: 'key.esc',
  ArrowUp: 'key.up',
  ArrowDown: 'key.down',
  Tab: 'key.tab',
}
const SIGNS: Readonly<Record<string, string>> = {
  Mod: '⌘',
  Ctrl: '⌃',
  Shift: '⇧',
  Alt: '⌥',
  Enter: '↩',
  ArrowUp: '↑',
  ArrowDown: '↓',
  Escape: 'esc',
  Tab: '⇥',
}

/** Is this one of Apple's systems, whose shortcuts use the command key? */
export const APPLE = typeof navigator !== 'undefined' && /Mac|iP(hone|ad|od)/.test(navigator.platform)

/** The keys of a shortcut, for a tooltip or a menu. */
export function keyNames(keys: string, apple: boolean = APPLE): string {
  const parts = keys.split(/-(?=.)/)
  if (apple) return parts.map((part) => SIGNS[part] ?? part.toUpperCase()).join('')
  return parts
    .map((part) => {
      const word = WORDS[part === 'Mod' ? 'Ctrl' : part]
      return word ? t(word) : part.toUpperCase()
    })
    .join(' ')
}

/** Does a key press match a shortcut in ProseMirror's notation? For keys of the page; the text has its own keymap. */
export function matchesKeys(event: KeyboardEvent, keys: string, apple: boolean = APPLE): boolean {
  const parts = keys.split(/-(?=.)/)
  const key = parts.at(-1) ?? ''
  const mod = parts.includes('Mod')
  return (
    isKey(event, key) &&
    event.altKey === parts.includes('Alt') &&
    event.ctrlKey === (parts.includes('Ctrl') || (mod && !apple)) &&
    event.metaKey === (mod && apple) &&
    (event.shiftKey === parts.includes('Shift') ||
      (key.length === 1 && !parts.includes('Shift') && /[^a-z0-9]/i.test(key)))
  )
}

/** The key by what it writes; with Alt, which may make it write something else, also by its place on the keyboard. */
function isKey(event: KeyboardEvent, key: string): boolean {
  if (event.key.toLowerCase() === key.toLowerCase()) return true
  if (!event.altKey) return false
  return key === '/'
    ? event.code === 'Slash'
    : /^[a-z]$/i.test(key) && event.code === `Key${key.toUpperCase()}`
}
