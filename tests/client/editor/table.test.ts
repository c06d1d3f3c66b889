/** @jest-environment jsdom */
import { afterEach, describe, expect, test } from '@jest/globals'
import { EditorState, TextSelection } from 'prosemirror-state'
import { EditorView } from 'prosemirror-view'
import * as Y from 'yjs'
import { contentOfText } from '../../../client/editor/binding/items.ts'
import { selected, setInline, setLines, toggleInline } from '../../../client/editor/commands/for-plugins.ts'
import { clearFormatting } from '../../../client/editor/commands/inline.ts'
import { contentOfDoc, docOf } from '../../../client/editor/content.ts'
import { copyNodes, toDOM } from '../../../client/editor/paste/copy.ts'
import { clipboard } from '../../../client/editor/paste/paste.ts'
import { createSchema, schema as coreSchema } from '../../../client/editor/schema.ts'
import type { Insert } from '../../../shared/text/delta.ts'
import { extendFormats, valueFormat } from '../../../shared/text/formats.ts'
import { tidy } from '../../../shared/text/tidy.ts'
import { TestEditor } from '../../support/editors.ts'
import { richFormats, richSchema } from '../../support/formats.ts'
import { line, piece, run, show, stateOf } from '../../support/pm.ts'

const views: EditorView[] = []
const editors: TestEditor[] = []

afterEach(() => {
  for (const view of views.splice(0)) view.destroy()
  for (const editor of editors.splice(0)) editor.destroy()
})

function drawn(content: Insert[], schema = richSchema): string {
  const view = new EditorView(document.createElement('div'), {
    state: EditorState.create({ doc: docOf(schema, content) }),
  })
  views.push(view)
  return view.dom.innerHTML
}

const LOOKS: Insert[] = [
  { insert: 'plain ' },
  { insert: 'red', attributes: { color: 'red', bold: true } },
  { insert: ' and ' },
  { insert: 'low', attributes: { script: 'sub' } },
  { insert: '\n', attributes: { align: 'center', list: 'bullet' } },
  { insert: 'second' },
  { insert: '\n', attributes: { align: 'right' } },
]

describe('T10: the editor draws what the table says', () => {
  test('characters and lines', () => {
    expect(drawn(LOOKS)).toBe(
      '<p class="line align-center" dir="auto" style="text-align: center;" data-list="bullet">plain ' +
        '<span class="ink" data-ink="red" style="--ink: red;"><strong>red</strong></span> and <sub>low</sub></p>' +
        '<p class="line align-right" dir="auto" style="text-align: right;">second</p>',
    )
  })

  test('what the table does not know, and what is wrong, is not seen', () => {
    expect(drawn(LOOKS, coreSchema)).not.toMatch(/ink|align|<sub>|style=/)
    expect(drawn([{ insert: 'x', attributes: { color: 'url(x)' } }, { insert: '\n' }])).not.toContain('ink')
  })
})

describe('R10: a plugin that is off loses nothing', () => {
  /** The text, edited by an editor that knows these formats. */
  function edited(doc: Y.Doc, schema: typeof coreSchema, edit: (editor: TestEditor) => void): void {
    const editor = new TestEditor(doc, { schema })
    editors.push(editor)
    edit(editor)
    expect(editor.errors).toEqual([])
  }

  test('colour and alignment, edited by who does not know them, show again', () => {
    const doc = new Y.Doc()
    const text = doc.getText('text')
    text.applyDelta([...LOOKS])
    edited(doc, coreSchema, (editor) => {
      const { state } = editor
      editor.dispatch(state.tr.insertText('!', state.doc.child(0).nodeSize - 1))
      editor.dispatch(editor.state.tr.insertText('R', 9))
      editor.dispatch(editor.state.tr.split(9))
      editor.dispatch(editor.state.tr.join(10))
      editor.dispatch(
        editor.state.tr.setSelection(
          TextSelection.create(editor.state.doc, 1, editor.state.doc.content.size - 1),
        ),
      )
      clearFormatting(editor.state, (tr) => editor.dispatch(tr))
      tidy(text)
    })
    edited(doc, richSchema, ({ state }) => {
      expect(contentOfDoc(state.doc)).toEqual([
        { insert: 'plain ' },
        { insert: 'reRd', attributes: { color: 'red' } },
        { insert: ' and ' },
        { insert: 'low!', attributes: { script: 'sub' } },
        { insert: '\n', attributes: { align: 'center' } },
        { insert: 'second' },
        { insert: '\n', attributes: { align: 'right' } },
      ])
    })
  })

  test('who only opens it writes nothing', () => {
    const doc = new Y.Doc()
    doc.getText('text').applyDelta([...LOOKS])
    const before = Y.encodeStateAsUpdate(doc)
    edited(doc, coreSchema, () => undefined)
    edited(doc, richSchema, () => undefined)
    expect(Y.encodeStateAsUpdate(doc)).toEqual(before)
  })

  test('R14: what leaked while it was off is mended when it is on', () => {
    const doc = new Y.Doc()
    const text = doc.getText('text')
    text.applyDelta([{ insert: 'a' }, { insert: '\n', attributes: { color: 'red' } }, { insert: 'b\n' }])
    expect(tidy(text)).toBe(false)
    expect(tidy(text, { formats: richFormats })).toBe(true)
    expect(JSON.stringify(contentOfText(text))).not.toContain('red')
  })
})

describe('P3: the table reads what is pasted', () => {
  const reading = extendFormats(richFormats, {
    inline: [
      {
        ...valueFormat('color', (value) => typeof value === 'string' && /^[a-z]+$/.test(value)),
        read: ({ style, classes }) =>
          classes.includes('plain') ? null : style('color') === '' ? undefined : style('color'),
      },
      {
        ...valueFormat('broken', () => true),
        read: () => {
          throw new Error('broken')
        },
      },
    ],
  })

  function pasted(html: string, schema = createSchema(reading)): string[] {
    const view = new EditorView(document.createElement('div'), {
      state: EditorState.create({
        doc: schema.node('doc', null, [schema.node('line')]),
        plugins: [clipboard(schema)],
      }),
    })
    views.push(view)
    view.pasteHTML(html, new Event('paste') as ClipboardEvent)
    return show(view.state)
  }

  test('styles, elements, attributes and classes of characters and of lines; also what takes a format off', () => {
    expect(
      pasted(
        '<p style="text-align:center">a<span style="color:red">b<b class="plain">c</b></span><sub>d</sub></p>' +
          '<ul><li align="right"><span style="color:#zz">e</span></li></ul><p>f</p>',
      ),
    ).toEqual([
      'align=center: a<color=red>b</><bold>c</><script=sub>d</>',
      'list=bullet align=right: e',
      'f|',
    ])
  })

  test('without the plugin only the words come', () => {
    expect(
      pasted('<p style="text-align:center"><span style="color:red">b</span><sub>d</sub></p>', coreSchema),
    ).toEqual(['bd|'])
  })
})

test('P10: copying gives the formats of the table as CSS that stands alone', () => {
  const html = toDOM(copyNodes(docOf(richSchema, LOOKS).content), document) as HTMLElement
  expect(html.querySelector('span')?.getAttribute('style')).toBe('color: red;')
  expect(html.querySelector('li')?.style.textAlign).toBe('center')
})

describe('C15: commands for plugins', () => {
  const after = (
    command: Parameters<typeof run>[1],
    ...rows: Parameters<typeof stateOf>[0][number][]
  ): string[] => show(run(stateOf(rows), command))

  test('an inline format goes on the selection and off again', () => {
    expect(after(setInline('color', 'red'), line('‹a›b'))).toEqual(['<color=red>‹a</>›b'])
    expect(after(setInline('color', null), line([piece('‹a', { color: 'red' }), 'b›']))).toEqual(['‹ab›'])
    expect(setInline('color', null)(stateOf([line('‹a›')]))).toBe(false)
    expect(setInline('color', 'url(x)')(stateOf([line('‹a›')]))).toBe(false)
    expect(setInline('unknown', 'x')(stateOf([line('‹a›')]))).toBe(false)
    expect(after(toggleInline('bold'), line('‹a›'))).toEqual(['<bold>‹a</>›'])
  })

  test('line formats go on all selected lines, and on none when one of them is wrong', () => {
    expect(after(setLines({ align: 'right', header: null }), line('‹a', { header: 1 }), line('b›'))).toEqual([
      'align=right: ‹a',
      'align=right: b›',
    ])
    expect(setLines({ align: 'right', header: 9 })(stateOf([line('a|')]))).toBe(false)
    expect(setLines({ mood: 'calm' })(stateOf([line('a|')]))).toBe(false)
    expect(setLines({ align: null })(stateOf([line('a|')]))).toBe(false)
  })

  test('the selection’s formats', () => {
    const state = stateOf([
      line([piece('‹a', { color: 'red' })], { align: 'right' }),
      line([piece('b›', { color: 'red' })], { align: 'right', header: 1 }),
    ])
    const now = selected(state)
    expect([
      now.inline('color'),
      now.inline('script'),
      now.line('align'),
      now.line('header'),
      now.line('toString'),
    ]).toEqual(['red', null, 'right', null, null])
  })
})
