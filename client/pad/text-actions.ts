/** Actions on the text, on the commands of the editor. */
import type { EditorState } from 'prosemirror-state'
import type { Command } from '../editor/types.ts'
import type { Key } from '../i18n.ts'
import type { IconName } from '../ui/icons.ts'
import type { Action } from './actions.ts'
import { openLinkEditor } from './link.ts'
import type { PadModel } from './model.ts'
import { everyLine, hasMark, isEmptyText, lineStyle, linkAt } from './selection.ts'
import type { LineStyle } from './selection.ts'

/** The commands the page offers; an action whose command is missing is not shown. */
export type TextCommandName =
  | 'bold'
  | 'italic'
  | 'underline'
  | 'strikethrough'
  | 'code'
  | 'clearformat'
  | 'orderedlist'
  | 'unorderedlist'
  | 'tasklist'
  | 'indent'
  | 'outdent'
  | 'clearauthorship'
  | 'duplicateline'
  | 'deleteline'
  | 'movelineup'
  | 'movelinedown'
  | LineStyle

/** Commands by action. */
export type TextCommands = Partial<Record<TextCommandName, Command>>

interface Plan {
  id: TextCommandName
  label: Key
  icon: IconName
  keys?: string
  group: Action['group']
  active?: (state: EditorState) => boolean
  /** Asking the command would cost more than it tells. */
  always?: true
}

const mark = (name: string) => (state: EditorState) => hasMark(state, name)
const list =
  (...kinds: string[]) =>
  (state: EditorState) =>
    everyLine(state, (line) => kinds.includes(String(line.attrs['list'])))
const style = (name: LineStyle) => (state: EditorState) => lineStyle(state) === name

const PLANS: readonly Plan[] = [
  { id: 'bold', label: 'action.bold', icon: 'bold', keys: 'Mod-b', group: 'text', active: mark('bold') },
  {
    id: 'italic',
    label: 'action.italic',
    icon: 'italic',
    keys: 'Mod-i',
    group: 'text',
    active: mark('italic'),
  },
  {
    id: 'underline',
    label: 'action.underline',
    icon: 'underline',
    keys: 'Mod-u',
    group: 'text',
    active: mark('underline'),
  },
  {
    id: 'strikethrough',
    label: 'action.strikethrough',
    icon: 'strike',
    keys: 'Mod-5',
    group: 'text',
    active: mark('strike'),
  },
  { id: 'code', label: 'action.code', icon: 'code', keys: 'Mod-e', group: 'text', active: mark('code') },
  {
    id: 'clearformat',
    label: 'action.clearformat',
    icon: 'clear-format',
    keys: 'Mod-\\',
    group: 'text',
    always: true,
  },
  {
    id: 'unorderedlist',
    label: 'action.unorderedlist',
    icon: 'list-bullet',
    keys: 'Mod-Shift-l',
    group: 'lines',
    active: list('bullet'),
  },
  {
    id: 'orderedlist',
    label: 'action.orderedlist',
    icon: 'list-number',
    keys: 'Mod-Shift-n',
    group: 'lines',
    active: list('ordered'),
  },
  {
    id: 'tasklist',
    label: 'action.tasklist',
    icon: 'list-task',
    keys: 'Mod-Shift-9',
    group: 'lines',
    active: list('checked', 'unchecked'),
  },
  { id: 'outdent', label: 'action.outdent', icon: 'outdent', keys: 'Shift-Tab', group: 'lines' },
  { id: 'indent', label: 'action.indent', icon: 'indent', keys: 'Tab', group: 'lines' },
  {
    id: 'text',
    label: 'style.text',
    icon: 'paragraph',
    keys: 'Mod-Alt-0',
    group: 'lines',
    active: style('text'),
    always: true,
  },
  {
    id: 'heading1',
    label: 'style.heading1',
    icon: 'h1',
    keys: 'Mod-Alt-1',
    group: 'lines',
    active: style('heading1'),
    always: true,
  },
  {
    id: 'heading2',
    label: 'style.heading2',
    icon: 'h2',
    keys: 'Mod-Alt-2',
    group: 'lines',
    active: style('heading2'),
    always: true,
  },
  {
    id: 'heading3',
    label: 'style.heading3',
    icon: 'h3',
    keys: 'Mod-Alt-3',
    group: 'lines',
    active: style('heading3'),
    always: true,
  },
  {
    id: 'blockquote',
    label: 'style.blockquote',
    icon: 'quote',
    group: 'lines',
    active: style('blockquote'),
    always: true,
  },
  {
    id: 'codeblock',
    label: 'style.codeblock',
    icon: 'code',
    group: 'lines',
    active: style('codeblock'),
    always: true,
  },
  {
    id: 'clearauthorship',
    label: 'action.clearauthorship',
    icon: 'clear-author',
    keys: 'Mod-Shift-c',
    group: 'text',
    always: true,
  },
  {
    id: 'duplicateline',
    label: 'action.duplicateline',
    icon: 'copy',
    keys: 'Mod-Shift-d',
    group: 'lines',
    always: true,
  },
  {
    id: 'deleteline',
    label: 'action.deleteline',
    icon: 'trash',
    keys: 'Mod-Shift-k',
    group: 'lines',
    always: true,
  },
  { id: 'movelineup', label: 'action.movelineup', icon: 'chevron-up', keys: 'Alt-ArrowUp', group: 'lines' },
  {
    id: 'movelinedown',
    label: 'action.movelinedown',
    icon: 'chevron-down',
    keys: 'Alt-ArrowDown',
    group: 'lines',
  },
]

/** The text's actions for which there is a command. `keysOf` gives the keys in use, so that the page shows the truth. */
export function textActions(model: PadModel, commands: TextCommands): Action[] {
  const actions: Action[] = []
  for (const plan of PLANS) {
    const command = commands[plan.id]
    if (!command) continue
    const { always, ...shown } = plan
    actions.push({
      ...shown,
      writes: true,
      enabled: always ? undefined : (state) => command(state),
      run: () => runCommand(model, command),
    })
  }
  actions.push(
    {
      id: 'link',
      label: 'action.link',
      icon: 'link',
      keys: 'Mod-k',
      group: 'text',
      writes: true,
      active: (state) => linkAt(state) !== null,
      enabled: (state) => !isEmptyText(state) || state.selection.empty,
      run: () => openLinkEditor(model),
    },
    {
      id: 'undo',
      label: 'action.undo',
      icon: 'undo',
      keys: 'Mod-z',
      group: 'text',
      writes: true,
      enabled: () => model.editor.value?.canUndo() ?? false,
      run: () => model.editor.value?.undo(),
    },
    {
      id: 'redo',
      label: 'action.redo',
      icon: 'redo',
      keys: 'Mod-y',
      group: 'text',
      writes: true,
      enabled: () => model.editor.value?.canRedo() ?? false,
      run: () => model.editor.value?.redo(),
    },
  )
  return actions
}

/** Runs a command on the text; false when it did not apply. */
export function runCommand(model: PadModel, command: Command): boolean {
  const view = model.editor.value?.view
  if (!view || !model.mayWrite.value) return false
  return command(view.state, view.dispatch, view)
}
