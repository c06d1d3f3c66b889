/** The editor's keys (SPEC-text K1): Etherpad's, and the ones people know from office programs. */
import {
  baseKeymap,
  chainCommands,
  deleteSelection,
  selectNodeBackward,
  selectNodeForward,
} from 'prosemirror-commands'
import { keydownHandler } from 'prosemirror-keymap'
import type { Command } from 'prosemirror-state'
import { Plugin } from 'prosemirror-state'
import { backspaceAtStart, deleteAtEnd, enter } from './commands/enter.ts'
import { clearAuthors, clearFormatting, toggleFormat } from './commands/inline.ts'
import {
  indentLines,
  makeText,
  outdentLines,
  toggleList,
  toggleQuote,
  toggleTasks,
} from './commands/line-formats.ts'
import { deleteLines, duplicateLines, moveLines } from './commands/move.ts'
import { shiftTab, tab } from './commands/tab.ts'

/** What the keys call outside of the text. */
export interface KeyActions {
  undo: () => boolean
  redo: () => boolean
  /** Opens the link dialog. */
  link?: () => boolean
  /** Marks the present revision. */
  saveRevision?: () => boolean
  /** Takes the focus out of the text (Escape), so that Tab goes on in the page. */
  leave?: () => boolean
}

/** Keys by Etherpad's names in `padShortcutEnabled`; a name that is switched off loses these keys. */
const ETHERPAD_NAMES: Readonly<Record<string, readonly string[]>> = {
  delete: ['Backspace', 'Delete'],
  return: ['Enter', 'Shift-Enter'],
  esc: ['Escape'],
  cmdS: ['Mod-s'],
  tab: ['Tab', 'Shift-Tab'],
  cmdZ: ['Mod-z', 'Mod-Shift-z'],
  cmdY: ['Mod-y'],
  cmdB: ['Mod-b'],
  cmdI: ['Mod-i'],
  cmdU: ['Mod-u'],
  cmd5: ['Mod-5'],
  cmdShiftL: ['Mod-Shift-l'],
  cmdShiftN: ['Mod-Shift-n'],
  cmdShift1: ['Mod-Shift-1'],
  cmdShiftC: ['Mod-Shift-c'],
  cmdShiftD: ['Mod-Shift-d'],
  cmdShiftK: ['Mod-Shift-k'],
  cmdH: ['Mod-h'],
}

/** Keys of the page by these names. */
const PAGE_NAMES: Readonly<Record<string, readonly string[]>> = {
  altF9: ['Alt-F9'],
  altC: ['Alt-c', 'Ctrl-Alt-c'],
}

/** The keys that these names of `padShortcutEnabled` stand for. */
export function keysNamed(names: Iterable<string>): ReadonlySet<string> {
  const keys = (name: string): readonly string[] => ETHERPAD_NAMES[name] ?? PAGE_NAMES[name] ?? []
  return new Set([...names].flatMap(keys))
}

const backspace = chainCommands(deleteSelection, backspaceAtStart, selectNodeBackward)
const remove = chainCommands(deleteSelection, deleteAtEnd, selectNodeForward)

const COMMANDS: Readonly<Record<string, Command>> = {
  Enter: enter,
  'Shift-Enter': enter,
  Backspace: backspace,
  'Mod-Backspace': backspace,
  'Shift-Backspace': backspace,
  Delete: remove,
  'Mod-Delete': remove,
  Tab: tab,
  'Shift-Tab': shiftTab,
  'Mod-b': toggleFormat('bold'),
  'Mod-i': toggleFormat('italic'),
  'Mod-u': toggleFormat('underline'),
  'Mod-5': toggleFormat('strike'),
  'Mod-Shift-x': toggleFormat('strike'),
  'Mod-e': toggleFormat('code'),
  'Mod-Shift-l': toggleList('bullet'),
  'Mod-Shift-8': toggleList('bullet'),
  'Mod-Shift-n': toggleList('ordered'),
  'Mod-Shift-1': toggleList('ordered'),
  'Mod-Shift-7': toggleList('ordered'),
  'Mod-Shift-9': toggleList('task'),
  'Mod-Enter': toggleTasks,
  'Mod-]': indentLines,
  'Mod-[': outdentLines,
  'Mod-Alt-0': makeText,
  'Mod-Shift-.': toggleQuote,
  'Mod-\\': clearFormatting,
  'Mod-Shift-c': clearAuthors,
  'Mod-Shift-d': duplicateLines,
  'Mod-Shift-k': deleteLines,
  'Alt-ArrowUp': moveLines(-1),
  'Alt-ArrowDown': moveLines(1),
}

/** All keys with their commands; `off` holds names of `padShortcutEnabled` that are switched off. */
export function keyBindings(
  actions: KeyActions,
  off: ReadonlySet<string> = new Set(),
): Record<string, Command> {
  const { link, saveRevision, leave } = actions
  const bindings: Record<string, Command> = {
    ...baseKeymap,
    ...COMMANDS,
    'Mod-z': done(() => actions.undo()),
    'Mod-Shift-z': done(() => actions.redo()),
    'Mod-y': done(() => actions.redo()),
    // Backspace where Ctrl-H is no key of the browser's own (Etherpad).
    'Mod-h': (state, dispatch, view) =>
      backspace(state, dispatch, view) || deleteBefore(state, dispatch, view),
  }
  // Where there is nothing to link the key is the page's.
  if (link) bindings['Mod-k'] = (_state, dispatch) => !dispatch || link()
  if (saveRevision) bindings['Mod-s'] = done(() => saveRevision())
  if (leave) bindings['Escape'] = done(() => leave())
  for (const key of keysNamed(off)) delete bindings[key]
  return bindings
}

/** The keys as a plugin. ProseMirror asks it only while the text can be edited. */
export function editorKeys(actions: KeyActions, off?: ReadonlySet<string>): Plugin {
  return new Plugin({ props: { handleKeyDown: keydownHandler(keyBindings(actions, off)) } })
}

/** The key is used up whether or not there was anything to do, so that the browser does nothing of its own. */
function done(action: () => boolean): Command {
  return (_state, dispatch) => {
    if (dispatch) action()
    return true
  }
}

const deleteBefore: Command = (state, dispatch) => {
  const { $from, empty } = state.selection
  const before = $from.parent.textBetween(0, $from.parentOffset, '', '\ufffc')
  const last = [...new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(before)].at(-1)?.segment
  if (!empty || last === undefined) return false
  if (dispatch) dispatch(state.tr.delete($from.pos - last.length, $from.pos).scrollIntoView())
  return true
}
