/** @jest-environment jsdom */
import { afterEach, describe, expect, jest, test } from '@jest/globals'
import { signal } from '@preact/signals'
import { Plugin, PluginKey, TextSelection } from 'prosemirror-state'
import { createEditor } from '../../../client/editor/editor.ts'
import { toggleFormat } from '../../../client/editor/commands/inline.ts'
import type { Editor } from '../../../client/editor/types.ts'
import { mountEditor } from '../../../client/pad/mount-editor.ts'
import { keepGround } from '../../../client/plugins/ground.ts'
import { coreFormats, extendFormats, flagFormat } from '../../../shared/text/formats.ts'
import type { Formats } from '../../../shared/text/formats.ts'
import { writeContent } from '../../../shared/text/table/value.ts'
import { testModel } from '../../support/pad-model.ts'
import type { TestModel } from '../../support/pad-model.ts'

globalThis.ResizeObserver ??= class {
  observe(): void {}
  unobserve(): void {}
  disconnect(): void {}
}
// jsdom lays nothing out.
Range.prototype.getClientRects = () => [] as unknown as DOMRectList
Range.prototype.getBoundingClientRect = () => new DOMRect()

const offs: (() => void)[] = []
afterEach(() => {
  for (const off of offs.splice(0)) off()
  document.body.replaceChildren()
  jest.useRealTimers()
})

const marked = extendFormats(coreFormats, { inline: [flagFormat('mark')] })

async function standing(page: TestModel, formats = signal<Formats>(coreFormats)) {
  const { model } = page
  offs.push(
    keepGround({
      model,
      formats,
      settled: Promise.resolve(),
      report: (error) => {
        throw error
      },
    }),
  )
  await Promise.resolve()
  await Promise.resolve()
  const place = document.createElement('div')
  place.className = 'scroll'
  document.body.append(place)
  let unmount: ReturnType<typeof mountEditor> | null = null
  const mount = (before: Parameters<typeof mountEditor>[0]['before']): Editor => {
    const ground = model.ground.value
    if (!ground) throw new Error('no ground')
    unmount = mountEditor({ model, ground, place, createEditor, before })
    const editor = model.editor.value
    if (!editor) throw new Error('no editor')
    return editor
  }
  offs.push(() => void unmount?.())
  return { formats, model, mount, remount: (): Editor => mount(unmount?.() ?? null) }
}

describe('another editor on the same text', () => {
  test('keeps cursor, focus, what was typed and what can be undone', async () => {
    const { formats, model, mount, remount } = await standing(testModel({ text: 'one two\nthree\n' }))
    const before = mount(null)
    before.view.focus()
    before.view.dispatch(before.state.tr.insertText('X', 5))
    before.view.dispatch(before.state.tr.setSelection(TextSelection.create(before.state.doc, 3, 6)))
    formats.value = marked
    const after = remount()
    expect(after).not.toBe(before)
    expect(after.state.schema.marks['mark']).toBeDefined()
    expect(after.state.doc.textContent).toBe('one Xtwothree')
    expect([after.state.selection.anchor, after.state.selection.head]).toEqual([3, 6])
    expect(after.view.hasFocus()).toBe(true)
    expect(after.canUndo()).toBe(true)
    after.undo()
    expect(model.session.doc.getText('text').toJSON()).toBe('one two\nthree\n')
    after.redo()
    expect(model.session.doc.getText('text').toJSON()).toBe('one Xtwo\nthree\n')
  })

  test('TV2: takes who wrote in a cell back into it when tables are shown again, and nobody who went elsewhere', async () => {
    const page = testModel({ text: 'before\n' })
    const { doc } = page.session
    const table = { rows: [{ cells: [{ content: [{ insert: 'one' }] }, { content: [{ insert: 'two' }] }] }] }
    doc.transact(() => writeContent(doc.getText('text'), 7, [{ insert: { table } }, { insert: '\nafter\n' }]))
    const { formats, mount, remount } = await standing(page)
    const first = mount(null)
    await first.tables()
    let two = 0
    first.state.doc.descendants((node, pos) => {
      if (node.text === 'two') two = pos
    })
    const { doc: shown, tr } = first.state
    first.view.dispatch(tr.setSelection(TextSelection.create(shown, two + 1, two + 2)))
    formats.value = marked
    const second = remount()
    expect(second.state.selection.$head.parent.textContent).not.toBe('two')
    await second.tables()
    expect([second.state.selection.anchor, second.state.selection.head]).toEqual([two + 1, two + 2])
    formats.value = { ...marked }
    const third = remount()
    third.view.dispatch(third.state.tr.setSelection(TextSelection.create(third.state.doc, 2)))
    await third.tables()
    expect(third.state.selection.head).toBe(2)
  })

  test('a switched-off format stays in the text and comes back', async () => {
    const { formats, model, mount, remount } = await standing(
      testModel({ text: 'word\n' }),
      signal<Formats>(marked),
    )
    const first = mount(null)
    first.view.dispatch(first.state.tr.setSelection(TextSelection.create(first.state.doc, 1, 5)))
    toggleFormat('mark')(first.state, first.view.dispatch)
    const text = model.session.doc.getText('text')
    const delta = [{ insert: 'word', attributes: { mark: true } }, { insert: '\n' }]
    expect(text.toDelta()).toEqual(delta)
    formats.value = coreFormats
    const without = remount()
    without.view.dispatch(without.state.tr.insertText('s', 5))
    expect(text.toDelta()[0]).toEqual({ insert: 'words', attributes: { mark: true } })
    formats.value = marked
    expect(remount().state.doc.firstChild?.firstChild?.marks.map((mark) => mark.type.name)).toEqual(['mark'])
  })

  test('the ground stays the same while the formats do', async () => {
    const { formats, model } = await standing(testModel())
    const ground = model.ground.value
    formats.value = { ...coreFormats }
    expect(model.ground.value).not.toBe(ground)
    const later = model.ground.value
    model.parts.actions.add('ep_a', {
      id: 'a',
      label: () => 'a',
      icon: 'bold',
      group: 'text',
      writes: true,
      run: () => undefined,
    })
    expect(model.ground.value).toBe(later)
  })

  test('waits for the end of a composition', async () => {
    const { formats, model, mount } = await standing(testModel({ text: 'word\n' }))
    const { view } = mount(null)
    const ground = model.ground.value
    let composing = true
    Object.defineProperty(view, 'composing', { get: () => composing })
    jest.useFakeTimers()
    formats.value = marked
    expect(model.ground.value).toBe(ground)
    composing = false
    view.dom.dispatchEvent(new CompositionEvent('compositionend'))
    jest.advanceTimersByTime(100)
    expect(model.ground.value?.schema.marks['mark']).toBeDefined()
  })

  test('embeds are drawn by the plugin of their kind; one that fails leaves the plain drawing', async () => {
    const page = testModel()
    page.session.doc.getText('text').applyDelta([{ insert: { pin: 'x' } }, { insert: { bad: 'y' } }])
    const pin = (): { dom: HTMLElement } => ({
      dom: Object.assign(document.createElement('b'), { className: 'pin' }),
    })
    page.model.parts.embedViews.add('ep_a', { kind: 'pin', make: pin })
    const reported: unknown[] = []
    page.model.parts.embedViews.add('ep_a', {
      kind: 'bad',
      make: () => {
        throw new Error('drawing')
      },
    })
    const { model } = page
    offs.push(
      keepGround({
        model,
        formats: signal(coreFormats),
        settled: Promise.resolve(),
        report: (error) => reported.push(error),
      }),
    )
    await Promise.resolve()
    const place = document.createElement('div')
    document.body.append(place)
    const { ground } = model
    if (!ground.value) throw new Error('no ground')
    offs.push(mountEditor({ model, ground: ground.value, place, createEditor, before: null }))
    expect(place.querySelector('.pin')).not.toBeNull()
    expect(place.querySelector('[data-kind=bad]')).not.toBeNull()
    expect(reported).toHaveLength(1)
  })
})

test('what plugins add to a running editor is there at once, and keeps its state when others come', async () => {
  const { model, mount } = await standing(testModel({ text: 'word\n' }))
  const editor = mount(null)
  const key = new PluginKey<number>('count')
  const count = new Plugin<number>({ key, state: { init: () => 0, apply: (_tr, value) => value + 1 } })
  const off = model.parts.prosemirror.add('ep_a', count)
  editor.view.dispatch(editor.state.tr.insertText('s', 5))
  const other = model.parts.prosemirror.add('ep_b', new Plugin({}))
  expect(key.getState(editor.state)).toBe(1)
  const spell = signal('false')
  model.parts.attributes.add('ep_a', () => ({ spellcheck: spell.value, role: 'none' }))
  expect(editor.view.dom.getAttribute('spellcheck')).toBe('false')
  spell.value = 'true'
  expect(editor.view.dom.getAttribute('spellcheck')).toBe('true')
  expect(editor.view.dom.getAttribute('role')).toBe('textbox')
  off()
  other()
  expect(key.getState(editor.state)).toBeUndefined()
})

test("a plugin's key works in the text, and not for those who may not write", async () => {
  const action = {
    id: 'a',
    label: () => 'a',
    icon: 'bold',
    group: 'text',
    keys: 'Ctrl-Alt-j',
    writes: true,
  } as const
  const press = ({ view }: Editor): void => {
    view.dom.dispatchEvent(
      new KeyboardEvent('keydown', {
        key: 'j',
        ctrlKey: true,
        altKey: true,
        bubbles: true,
        cancelable: true,
      }),
    )
  }
  for (const [level, times] of [
    ['write', 1],
    ['read', 0],
  ] as const) {
    const { model, mount } = await standing(testModel({ text: 'word\n', level }))
    const editor = mount(null)
    let ran = 0
    const off = model.parts.actions.add('ep_a', { ...action, run: () => (ran += 1) })
    press(editor)
    expect(ran).toBe(times)
    off()
    press(editor)
    expect(ran).toBe(times)
  }
})

test('the same plugins told once more, as after each connection, leave the ground and the editor on it as they are', async () => {
  const { model } = await standing(testModel())
  const off = model.parts.embedViews.add('ep_one', {
    kind: 'one',
    make: () => ({ dom: document.createElement('i') }),
  })
  offs.push(off)
  model.parts.setOrder(['ep_one', 'ep_two'])
  const ground = model.ground.value
  model.parts.setOrder(['ep_one', 'ep_two'])
  model.parts.setOrder(['ep_two', 'ep_one'])
  expect(model.ground.value).toBe(ground)
  off()
  expect(model.ground.value).not.toBe(ground)
})
