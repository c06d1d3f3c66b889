import { describe, expect, test } from '@jest/globals'
import * as fc from 'fast-check'
import { TextSelection } from 'prosemirror-state'
import type { Command } from 'prosemirror-state'
import * as Y from 'yjs'
import { backspaceAtStart, deleteAtEnd, enter } from '../../../../client/editor/commands/enter.ts'
import { setLines } from '../../../../client/editor/commands/for-plugins.ts'
import {
  clearAuthors,
  clearFormatting,
  setFormat,
  toggleFormat,
} from '../../../../client/editor/commands/inline.ts'
import {
  indentLines,
  outdentLines,
  toggleCode,
  toggleList,
  toggleQuote,
  toggleTasks,
} from '../../../../client/editor/commands/line-formats.ts'
import { removeLink, setLink } from '../../../../client/editor/commands/link.ts'
import { deleteLines, duplicateLines, moveLines } from '../../../../client/editor/commands/move.ts'
import { shiftTab, tab } from '../../../../client/editor/commands/tab.ts'
import { setThread } from '../../../../client/editor/commands/threads.ts'
import { docOf, nodesOf } from '../../../../client/editor/content.ts'
import { insertNodes } from '../../../../client/editor/paste/insert.ts'
import type { Attributes, Insert } from '../../../../shared/text/delta.ts'
import { isInlineKey, isLineKey } from '../../../../shared/text/formats.ts'
import { needsTidy } from '../../../../shared/text/tidy.ts'
import { anyContent } from '../../../support/content.ts'
import { TestEditor } from '../../../support/editors.ts'
import { richSchema as schema } from '../../../support/formats.ts'

const comment: Command = (state, dispatch) => {
  const { tr } = state
  const changed = setThread(tr, state.selection.from, state.selection.to, 'comment-9', true)
  if (changed && dispatch) dispatch(tr)
  return changed
}
const pasteLines: Command = (state, dispatch) => {
  const content: Insert[] = [{ insert: 'p' }, { insert: '\n', attributes: { header: 2 } }, { insert: 'q' }]
  if (dispatch) dispatch(insertNodes(state, nodesOf(schema, content), false))
  return true
}
const pasteDivider: Command = (state, dispatch) => {
  if (dispatch)
    dispatch(insertNodes(state, nodesOf(schema, [{ insert: { divider: true } }, { insert: '\n' }]), false))
  return true
}
const typeX: Command = (state, dispatch) => {
  if (dispatch) dispatch(state.tr.insertText('x'))
  return true
}

const COMMANDS: readonly Command[] = [
  enter,
  backspaceAtStart,
  deleteAtEnd,
  toggleFormat('bold'),
  setFormat('color', '#123456'),
  clearFormatting,
  clearAuthors,
  setLines({ header: 2, 'code-block': null }),
  toggleList('bullet'),
  toggleList('ordered'),
  toggleList('task'),
  toggleTasks,
  indentLines,
  outdentLines,
  toggleQuote,
  toggleCode(),
  setLink('https://a.example'),
  removeLink,
  duplicateLines,
  deleteLines,
  moveLines(1),
  moveLines(-1),
  tab,
  shiftTab,
  comment,
  pasteLines,
  pasteDivider,
  typeX,
]

function editorOf(content: readonly Insert[], client = 5): TestEditor {
  const doc = new Y.Doc()
  doc.clientID = 4
  if (content.length > 0) doc.getText('text').applyDelta(structuredClone([...content]))
  doc.clientID = client
  return new TestEditor(doc)
}

function select(editor: TestEditor, anchor: number, head: number): void {
  const { doc, tr } = editor.state
  const size = doc.content.size
  const between = TextSelection.between(doc.resolve(anchor % (size + 1)), doc.resolve(head % (size + 1)))
  editor.dispatch(tr.setSelection(between))
}

/** What a command wrote, as a delta. */
function written(editor: TestEditor, command: Command): { delta: unknown[]; bytes: number } {
  const delta: unknown[] = []
  let bytes = 0
  const listen = (event: Y.YTextEvent): void => void delta.push(...event.delta)
  const count = (update: Uint8Array): void => void (bytes += update.length)
  editor.text.observe(listen)
  editor.doc.on('update', count)
  command(editor.state, (tr) => editor.dispatch(tr))
  editor.text.unobserve(listen)
  editor.doc.off('update', count)
  return { delta, bytes }
}

describe('commands on the shared text', () => {
  test('R1, R8: after any commands the document is the text, and no format lies where it must not', () => {
    const act = fc.record({
      command: fc.nat(COMMANDS.length - 1),
      anchor: fc.nat(60),
      head: fc.nat(60),
      caret: fc.boolean(),
    })
    fc.assert(
      fc.property(anyContent(), fc.array(act, { minLength: 1, maxLength: 12 }), (content, acts) => {
        const editor = editorOf(content)
        try {
          for (const { command, anchor, head, caret } of acts) {
            select(editor, anchor, caret ? anchor : head)
            const chosen = COMMANDS[command]
            if (!chosen) continue
            const applies = chosen(editor.state)
            const done = chosen(editor.state, (tr) => editor.dispatch(tr))
            expect(done).toBe(applies)
            editor.state.doc.check()
            expect(editor.errors).toEqual([])
            expect(editor.state.doc.toJSON()).toEqual(editor.wanted().toJSON())
          }
          for (const { insert, attributes = {} } of editor.text.toDelta() as Insert[]) {
            const keys = Object.keys(attributes)
            if (typeof insert !== 'string') continue
            if (insert.includes('\n')) expect(keys.filter((key) => isInlineKey(key))).toEqual([])
            else expect(keys.filter((key) => isLineKey(key))).toEqual([])
          }
          expect(needsTidy(editor.text)).toBe(false)
        } finally {
          editor.destroy()
        }
      }),
      { numRuns: 60 },
    )
  })

  test('R5: Enter in a list, a heading and a plain line is one newline', () => {
    const kinds: Attributes[] = [{}, { list: 'bullet' }, { header: 2 }]
    for (const attributes of kinds) {
      const editor = editorOf([{ insert: 'abcd' }, { insert: '\n', attributes }, { insert: 'z\n' }])
      for (const at of [1, 3, 5]) {
        select(editor, at, at)
        const { delta } = written(editor, enter)
        const inserted = delta.filter((op) => typeof op === 'object' && op !== null && 'insert' in op)
        expect(inserted).toHaveLength(1)
        expect((inserted[0] as Insert).insert).toBe('\n')
        editor.history.undo()
      }
      editor.destroy()
    }
  })

  test('R7: a heading over three lines writes three formats and nothing else', () => {
    const editor = editorOf([{ insert: 'a\nb\nc\n' }])
    select(editor, 1, 8)
    expect(written(editor, setLines({ header: 1 })).delta).toEqual([
      { retain: 1 },
      { retain: 1, attributes: { header: 1 } },
      { retain: 1 },
      { retain: 1, attributes: { header: 1 } },
      { retain: 1 },
      { retain: 1, attributes: { header: 1 } },
    ])
    editor.destroy()
  })

  test('C6: bold over many lines leaves the newlines alone', () => {
    const editor = editorOf([{ insert: 'a\nb\n' }])
    select(editor, 1, 5)
    written(editor, toggleFormat('bold'))
    expect(editor.text.toDelta()).toEqual([
      { insert: 'a', attributes: { bold: true } },
      { insert: '\n' },
      { insert: 'b', attributes: { bold: true } },
      { insert: '\n' },
    ])
    editor.destroy()
  })

  test('C13: a move keeps what another types in the moved line', () => {
    const editor = editorOf([{ insert: 'one\ntwo\nthree\n' }])
    const other = new Y.Doc()
    Y.applyUpdate(other, Y.encodeStateAsUpdate(editor.doc))
    other.getText('text').insert(7, '!')
    select(editor, 7, 7)
    written(editor, moveLines(-1))
    editor.receive([Y.encodeStateAsUpdate(other)])
    expect(editor.text.toJSON()).toBe('two!\none\nthree\n')
    expect(editor.state.doc.eq(docOf(schema, editor.text.toDelta() as Insert[]))).toBe(true)
    editor.destroy()
  })
})
