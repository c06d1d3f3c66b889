/** Actions on the text, on the commands of the editor. Their keys are bound in `editor/keys.ts`; a test compares. */
import type { EditorState } from 'prosemirror-state'
import type { Formatting } from '../editor/commands/formatting.ts'
import { clearAuthors, clearFormatting, toggleFormat } from '../editor/commands/inline.ts'
import {
  indentLines,
  makeText,
  outdentLines,
  toggleCode,
  toggleList,
  toggleQuote,
} from '../editor/commands/line-formats.ts'
import { linkAt } from '../editor/commands/link.ts'
import { deleteLines, duplicateLines, moveLines } from '../editor/commands/move.ts'
import type { Command } from '../editor/types.ts'
import { t } from '../i18n.ts'
import type { Key } from '../i18n.ts'
import type { IconName } from '../ui/icons.ts'
import { toast } from '../ui/toasts.tsx'
import type { Action } from './actions.ts'
import type { PadModel } from './model.ts'
import { isEmptyText, lineStyle } from './selection.ts'
import type { LineStyle } from './selection.ts'

type Active = (formatting: Formatting) => boolean
type Plan = readonly [
  id: string,
  label: Key,
  icon: IconName,
  keys: string,
  command: Command,
  active?: Active,
  enabled?: (state: EditorState) => boolean,
]

const mark =
  (name: string): Active =>
  ({ inline }) =>
    inline[name] !== undefined
const style =
  (name: LineStyle): Active =>
  (formatting) =>
    lineStyle(formatting) === name

const TEXT: readonly Plan[] = [
  ['bold', 'action.bold', 'bold', 'Mod-b', toggleFormat('bold'), mark('bold')],
  ['italic', 'action.italic', 'italic', 'Mod-i', toggleFormat('italic'), mark('italic')],
  ['underline', 'action.underline', 'underline', 'Mod-u', toggleFormat('underline'), mark('underline')],
  ['strikethrough', 'action.strikethrough', 'strike', 'Mod-5', toggleFormat('strike'), mark('strike')],
  ['code', 'action.code', 'code', 'Mod-e', toggleFormat('code'), mark('code')],
  ['clearformat', 'action.clearformat', 'clear-format', 'Mod-\\', clearFormatting],
]

const LINES: readonly Plan[] = [
  ['text', 'style.text', 'paragraph', 'Mod-Alt-0', makeText, style('text')],
  ['blockquote', 'style.blockquote', 'quote', 'Mod-Shift-.', toggleQuote, style('blockquote')],
  ['codeblock', 'style.codeblock', 'code-block', '', toggleCode(), style('codeblock')],
  [
    'unorderedlist',
    'action.unorderedlist',
    'list-bullet',
    'Mod-Shift-l',
    toggleList('bullet'),
    ({ list }) => list === 'bullet',
  ],
  [
    'orderedlist',
    'action.orderedlist',
    'list-number',
    'Mod-Shift-n',
    toggleList('ordered'),
    ({ list }) => list === 'ordered',
  ],
  [
    'tasklist',
    'action.tasklist',
    'list-task',
    'Mod-Shift-9',
    toggleList('task'),
    ({ list }) => list === 'task',
  ],
  ['indent', 'action.indent', 'indent', 'Mod-]', indentLines, undefined, (state) => indentLines(state)],
  ['outdent', 'action.outdent', 'outdent', 'Mod-[', outdentLines, undefined, (state) => outdentLines(state)],
  ['duplicateline', 'action.duplicateline', 'copy', 'Mod-Shift-d', duplicateLines],
  ['movelineup', 'action.movelineup', 'arrow-up', 'Alt-ArrowUp', moveLines(-1)],
  ['movelinedown', 'action.movelinedown', 'arrow-down', 'Alt-ArrowDown', moveLines(1)],
  ['deleteline', 'action.deleteline', 'trash', 'Mod-Shift-k', deleteLines],
]

/** The text's actions. */
export function textActions(model: PadModel): Action[] {
  const made = (group: Action['group'], plans: readonly Plan[]): Action[] =>
    plans.map(([id, label, icon, keys, command, active, enabled]) => ({
      id,
      label,
      icon,
      group,
      writes: true,
      ...(keys === '' ? {} : { keys }),
      ...(active ? { active } : {}),
      ...(enabled ? { enabled } : {}),
      run: () => runCommand(model, command),
    }))
  const { editor } = model
  const own = { group: 'text', writes: true } as const
  return [
    {
      ...own,
      id: 'undo',
      label: 'action.undo',
      icon: 'undo',
      keys: 'Mod-z',
      enabled: () => editor.peek()?.canUndo() ?? false,
      run: () => editor.peek()?.undo(),
    },
    {
      ...own,
      id: 'redo',
      label: 'action.redo',
      icon: 'redo',
      keys: 'Mod-y',
      enabled: () => editor.peek()?.canRedo() ?? false,
      run: () => editor.peek()?.redo(),
    },
    ...made('text', TEXT),
    {
      ...own,
      id: 'link',
      label: 'action.link',
      icon: 'link',
      keys: 'Mod-k',
      active: mark('link'),
      run: () => openLinkEditor(model),
    },
    {
      ...own,
      id: 'clearauthorship',
      label: 'action.clearauthorship',
      icon: 'clear-author',
      keys: 'Mod-Shift-c',
      enabled: (state) => !isEmptyText(state),
      run: () => clearAuthorship(model),
    },
    ...made('lines', LINES),
  ]
}

/** Opens the link popover for the link at the selection, or for a new link there. */
export function openLinkEditor(model: PadModel): void {
  const state = model.editorState.peek()
  if (!state || !model.mayWrite.peek()) return
  const { from, to } = state.selection
  model.linking.value = { range: linkAt(state) ?? { from, to, href: '', text: '' }, editing: true }
}

/** With nothing selected it concerns everybody's words, so it says so and offers the way back. */
function clearAuthorship(model: PadModel): void {
  const whole = model.editorState.peek()?.selection.empty ?? false
  if (!runCommand(model, clearAuthors) || !whole) return
  toast(t('action.clearauthorshipDone'), 'clear-author', {
    label: t('action.undo'),
    run: () => model.editor.peek()?.undo(),
  })
}

/** Runs a command on the text; false when it did not apply. */
function runCommand(model: PadModel, command: Command): boolean {
  const view = model.editor.peek()?.view
  if (!view || !model.mayWrite.peek()) return false
  return command(view.state, (tr) => view.dispatch(tr), view)
}
