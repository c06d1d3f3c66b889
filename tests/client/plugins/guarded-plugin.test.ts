/** @jest-environment jsdom */
import { expect, test } from '@jest/globals'
import { EditorState, Plugin, PluginKey } from 'prosemirror-state'
import { EditorView } from 'prosemirror-view'
import { schema } from '../../../client/editor/schema.ts'
import { guardedPlugin } from '../../../client/plugins/guarded-plugin.ts'

const boom = (): never => {
  throw new Error('boom')
}

function editorWith(plugin: Plugin): { view: EditorView; failures: unknown[] } {
  const failures: unknown[] = []
  const guarded = guardedPlugin(plugin, (error) => failures.push(error))
  const doc = schema.node('doc', null, [schema.node('line', null, [schema.text('word')])])
  return { view: new EditorView(null, { state: EditorState.create({ doc, plugins: [guarded] }) }), failures }
}

const type = (view: EditorView): void => view.dispatch(view.state.tr.insertText('s', 5))

test.each<[string, Plugin]>([
  ['the first state', new Plugin({ state: { init: boom, apply: (_tr, value: unknown) => value } })],
  ['a change of its state', new Plugin({ state: { init: () => 1, apply: boom } })],
  ['a filter', new Plugin({ filterTransaction: boom })],
  ['an addition', new Plugin({ appendTransaction: boom })],
  ['decorations', new Plugin({ props: { decorations: boom } })],
  ['attributes', new Plugin({ props: { attributes: boom } })],
  ['its view', new Plugin({ view: boom })],
  ["its view's update", new Plugin({ view: () => ({ update: boom, destroy: boom }) })],
  ['a node view', new Plugin({ props: { nodeViews: { line: boom } } })],
])('typed words stay when a plugin throws in %s; it is told once', (_what, plugin) => {
  const { view, failures } = editorWith(plugin)
  type(view)
  expect(view.state.doc.textContent).toBe('words')
  expect(view.dom.textContent).toBe('words')
  view.destroy()
  expect(failures.map(String)).toEqual(['Error: boom'])
})

test('a plugin that works is itself: state by its key, its functions with it as `this`, its answers', () => {
  const key = new PluginKey<number>('sound')
  const selves: unknown[] = []
  const plugin: Plugin = new Plugin<number>({
    key,
    state: { init: () => 1, apply: (_tr, value) => value + 1 },
    appendTransaction(trs, _before, after) {
      selves.push(this)
      return trs.some((tr) => tr.docChanged && !tr.getMeta('more'))
        ? after.tr.insertText('!', 6).setMeta('more', true)
        : null
    },
    props: { handleTextInput: (_view, _from, _to, text) => text === 'x' },
  })
  const { view, failures } = editorWith(plugin)
  type(view)
  expect(view.state.doc.textContent).toBe('words!')
  expect(key.getState(view.state)).toBe(3)
  expect(plugin.getState(view.state)).toBe(3)
  expect(selves[0]).toBe(plugin)
  expect(view.someProp('handleTextInput', (handle) => handle(view, 1, 1, 'x', () => view.state.tr))).toBe(
    true,
  )
  expect(failures).toEqual([])
  view.destroy()
})
