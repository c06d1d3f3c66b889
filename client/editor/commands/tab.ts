/** Tab and Shift-Tab (SPEC-text C4). */
import type { Command } from 'prosemirror-state'
import { indentLines, isCodeLine, listKind, outdentLines } from './line-formats.ts'
import { selectedLines } from './lines.ts'

/**
 * List items, several lines, and a line with the cursor at its beginning go one level deeper; elsewhere, and in code, a
 * tab is typed. Never lets the focus out: Escape does that.
 */
export const tab: Command = (state, dispatch, view) => {
  const lines = selectedLines(state)
  const first = lines[0]
  if (!first) return false
  if (lines.every(({ node }) => isCodeLine(node)) && lines.length > 1) {
    if (dispatch) {
      const { tr } = state
      for (const { pos } of lines) tr.insertText('\t', tr.mapping.map(pos + 1))
      dispatch(tr.scrollIntoView())
    }
    return true
  }
  const inList = lines.some(({ node }) => listKind(node) !== null)
  const atStart = state.selection.empty && state.selection.$from.parentOffset === 0 && !isCodeLine(first.node)
  if (inList || lines.length > 1 || atStart) {
    indentLines(state, dispatch, view)
    return true
  }
  if (dispatch) dispatch(state.tr.insertText('\t').scrollIntoView())
  return true
}

/** One level up; in code, one tab or up to four spaces less at the beginning of the lines. */
export const shiftTab: Command = (state, dispatch, view) => {
  const lines = selectedLines(state)
  if (lines.length === 0) return false
  if (lines.every(({ node }) => isCodeLine(node))) {
    if (dispatch) {
      const { tr } = state
      for (const { node, pos } of lines) {
        const blank = /^(?:\t| {1,4})/.exec(node.textContent)?.[0].length ?? 0
        const from = tr.mapping.map(pos + 1)
        if (blank > 0) tr.delete(from, from + blank)
      }
      if (tr.docChanged) dispatch(tr.scrollIntoView())
    }
    return true
  }
  outdentLines(state, dispatch, view)
  return true
}
