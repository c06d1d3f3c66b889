/** Commands on whole lines: headings, lists, tasks, quotes, code, indentation (SPEC-text C1-C5). */
import type { Node } from 'prosemirror-model'
import type { Command, EditorState } from 'prosemirror-state'
import { MAX_INDENT } from '../../../shared/text/formats.ts'
import { changeLine, changeLines, selectedLines } from './lines.ts'
import type { LineChanges } from './lines.ts'

/** The kinds of list a person chooses from; a task is unchecked first. */
export type ListKind = 'bullet' | 'ordered' | 'task'

/** The list kind of a line. */
export function listKind(node: Node): ListKind | null {
  const list: unknown = node.attrs['list']
  if (list === 'bullet' || list === 'ordered') return list
  return list === 'checked' || list === 'unchecked' ? 'task' : null
}

/** Makes the selected lines text: no heading, no quote, no code. Lists stay lists. */
export const makeText: Command = (state, dispatch) =>
  changeLines(state, dispatch, selectedLines(state), () => ({
    header: null,
    blockquote: null,
    'code-block': null,
  }))

/** Makes the selected lines items of a list, or no items when all are that already; headings and code stay that. */
export function toggleList(kind: ListKind): Command {
  return (state, dispatch) => {
    const off = everyLine(state, (node) => listKind(node) === kind)
    return changeLines(state, dispatch, selectedLines(state), (node): LineChanges => {
      if (off) return { list: null, start: null, indent: null }
      const ticked = kind === 'task' && node.attrs['list'] === 'checked'
      const list = kind !== 'task' ? kind : ticked ? 'checked' : 'unchecked'
      return { list, start: null }
    })
  }
}

/** Ticks the selected tasks, or unticks them when all are ticked. */
export const toggleTasks: Command = (state, dispatch) => {
  const tasks = selectedLines(state).filter(({ node }) => listKind(node) === 'task')
  const done = tasks.every(({ node }) => node.attrs['list'] === 'checked')
  return changeLines(state, dispatch, tasks, () => ({ list: done ? 'unchecked' : 'checked' }))
}

/** Ticks or unticks the task that begins at `pos`. */
export function toggleTaskAt(pos: number): Command {
  return (state, dispatch) => {
    const node = pos >= 0 && pos < state.doc.content.size ? state.doc.nodeAt(pos) : null
    if (node?.type.name !== 'line' || listKind(node) !== 'task') return false
    const list = node.attrs['list'] === 'checked' ? 'unchecked' : 'checked'
    if (dispatch) {
      const { tr } = state
      changeLine(tr, { node, pos }, { list })
      dispatch(tr)
    }
    return true
  }
}

function indentBy(step: 1 | -1): Command {
  return (state, dispatch) =>
    changeLines(state, dispatch, selectedLines(state), (node) => {
      const indent = Math.min(MAX_INDENT, Math.max(0, Number(node.attrs['indent'] ?? 0) + step))
      return { indent: indent === 0 ? null : indent }
    })
}

/** One level deeper, at most {@link MAX_INDENT}. */
export const indentLines: Command = indentBy(1)

/** One level up; false when no selected line is indented. */
export const outdentLines: Command = indentBy(-1)

/** Quotes the selected lines, or not when all are quoted. */
export const toggleQuote: Command = (state, dispatch) => {
  const off = everyLine(state, (node) => node.attrs['blockquote'] === true)
  return changeLines(state, dispatch, selectedLines(state), () => ({
    blockquote: off ? null : true,
    ...(off ? {} : { 'code-block': null }),
  }))
}

/** Makes the selected lines code (of a language), or text when all are code; items of lists stay items. */
export function toggleCode(language?: string): Command {
  return (state, dispatch) => {
    const off = everyLine(state, isCodeLine) && language === undefined
    return changeLines(state, dispatch, selectedLines(state), (): LineChanges =>
      off ? { 'code-block': null } : { header: null, blockquote: null, 'code-block': language ?? true },
    )
  }
}

/** Whether a line is code. */
export function isCodeLine(node: Node): boolean {
  return node.attrs['code-block'] !== null
}

/** Sets the writing direction of the selected lines; null finds it from the text. */
export function setDirection(direction: 'ltr' | 'rtl' | null): Command {
  return (state, dispatch) => changeLines(state, dispatch, selectedLines(state), () => ({ direction }))
}

/** The number an ordered line counts from; null goes on from the line before. */
export function setListStart(start: number | null): Command {
  return (state, dispatch) => {
    const first = selectedLines(state).find(({ node }) => node.attrs['list'] === 'ordered')
    return changeLines(state, dispatch, first ? [first] : [], () => ({ start }))
  }
}

function everyLine(state: EditorState, test: (node: Node) => boolean): boolean {
  const lines = selectedLines(state)
  return lines.length > 0 && lines.every(({ node }) => test(node))
}
