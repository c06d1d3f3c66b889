/**
 * @jest-environment jsdom
 *
 * Every action that changes the text is one step of undo (SPEC-text R13). What is not in the table must change nothing.
 */
import { beforeAll, describe, expect, test } from '@jest/globals'
import { h, render } from 'preact'
import type { ComponentChild } from 'preact'
import { TextSelection } from 'prosemirror-state'
import * as Y from 'yjs'
import type { Action } from '../../../client/pad/actions.ts'
import { actionState } from '../../../client/pad/actions.ts'
import { writeContent } from '../../../shared/text/table/value.ts'
import { until } from '../../support/wait.ts'
import { wholePage } from '../../support/whole-page.ts'
import { find, line, ROWS, shown, TABLE, WORDS } from './undo-rows.ts'
import type { Pad, Row } from './undo-rows.ts'

let pad: Pad
/** Where a choice is drawn. */
const host = document.createElement('div')

/** Every root of the pad: its text, its tables and their cells. */
function everything(): unknown {
  const plain = (value: unknown): unknown =>
    value instanceof Y.Text
      ? value.toDelta().map((op: { insert: unknown }) => ({ ...op, insert: plain(op.insert) }))
      : value instanceof Y.AbstractType
        ? value.toJSON()
        : value
  const { share } = pad.session.doc
  const all = [...share.keys()]
    .sort()
    .map((name) => [
      name,
      name === 'text' || name.startsWith('cell/')
        ? plain(pad.session.doc.getText(name))
        : plain(share.get(name)),
    ])
  // A root that is empty is one that is not there.
  return Object.fromEntries(all.filter(([, value]) => JSON.stringify(value) !== '[]'))
}

const place = (needle: string): number => {
  let at = -1
  pad.editor.state.doc.descendants((node, pos) => {
    const found = node.isText ? (node.text ?? '').indexOf(needle) : -1
    if (at < 0 && found >= 0) at = pos + found
  })
  if (at < 0) throw new Error(`no ${needle} in ${String(pad.editor.state.doc)}`)
  return at
}
function select(from: number, to: number): void {
  const { doc, tr } = pad.editor.state
  pad.editor.view.dispatch(tr.setSelection(TextSelection.create(doc, from, to)))
}

/** Another text, which somebody else wrote, with a letter that was typed right before: undo must leave it. */
async function begin({ text = WORDS, select: needle = 'one' }: Row): Promise<void> {
  const { doc } = pad.session
  const shared = doc.getText('text')
  doc.transact(() => {
    shared.delete(0, shared.length)
    writeContent(shared, 0, text)
  }, 'network')
  if (text === TABLE) {
    await pad.editor.tables()
    await until('the table', () => pad.editor.state.doc.firstChild?.type.name === 'table')
  }
  const typed = place('one') + 3
  const { view } = pad.editor
  select(typed, typed)
  view.dispatch(view.state.tr.insertText('x', typed, typed))
  const from = place(needle === '' ? 'x' : needle) + (needle === '' ? 1 : 0)
  select(from, from + needle.length)
}

function act(action: Action): void {
  if (!action.pick) return action.run()
  const { pick } = action
  const Pick = (): ComponentChild => pick(() => render(null, host))
  render(h(Pick, null), host)
}

/** What would come after a change, as a step of its own, has come. */
const settled = (ms = 0): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

function key(name: string, more: KeyboardEventInit = {}): void {
  const { view } = pad.editor
  const event = new KeyboardEvent('keydown', { key: name, cancelable: true, ...more })
  view.someProp('handleKeyDown', (take) => take(view, event))
}

/** A change that a test makes, which one undo takes back and one redo does again. */
async function proveOneStep(before: unknown): Promise<void> {
  await until('a change', () => JSON.stringify(everything()) !== JSON.stringify(before))
  await settled()
  const after = everything()
  pad.editor.undo()
  expect(everything()).toEqual(before)
  pad.editor.redo()
  expect(everything()).toEqual(after)
  expect(pad.logged).toEqual([])
}

beforeAll(async () => {
  Object.assign(window, { print: () => undefined, scrollTo: () => undefined, open: () => null })
  Object.assign(Element.prototype, { scrollIntoView: () => undefined })
  Object.assign(HTMLDialogElement.prototype, {
    showModal(this: HTMLDialogElement) {
      this.open = true
    },
    close(this: HTMLDialogElement) {
      this.open = false
    },
  })
  pad = await wholePage()
  host.className = 'host'
  document.body.append(host)
  // What listens to typing comes with the focus; the people one can mention are others.
  const other = { author: 'a.0000000000000002', name: 'Ada', colour: '4' }
  Object.assign(pad.editor.view, { coordsAtPos: () => ({ left: 0, right: 0, top: 0, bottom: 0 }) })
  ;(pad.session.people as Map<string, typeof other>).set(other.author, other)
  pad.tellPeople()
  pad.editor.view.dom.dispatchEvent(new Event('focus'))
  await until('what comes with the focus', () => pad.actions.has('mention'))
}, 60_000)

describe('R13: every action', () => {
  test.each(Object.entries(ROWS))('one undo takes %s back, one redo does it again', async (id, row) => {
    await begin(row)
    const before = everything()
    const action = pad.actions.get(id)
    if (!action) throw new Error(`no action ${id}`)
    expect(action.writes).toBe(true)
    expect(actionState(action, pad.model).disabled).not.toBe(true)
    if (id !== 'image') act(action)
    await row.after?.(pad)
    await proveOneStep(before)
  })

  test('that is not among them changes nothing by itself', async () => {
    const rest = pad.all().filter(({ id }) => !(id in ROWS) && id !== 'undo' && id !== 'redo')
    expect(rest.length).toBeGreaterThan(20)
    // The title is the pad's, an import the server's; cells are selected by who may change them.
    const selecting = ['tableSelectRow', 'tableSelectColumn', 'tableSelectMore']
    expect(rest.filter(({ writes }) => writes).map(({ id }) => id)).toEqual([
      'import',
      'setTitle',
      ...selecting,
    ])
    await begin({})
    const before = everything()
    // At the second time what had to be fetched is there.
    for (let time = 0; time < 2; time += 1) {
      for (const action of rest) {
        act(action)
        expect([action.id, everything()]).toEqual([action.id, before])
      }
      await settled(300)
      expect(everything()).toEqual(before)
    }
    expect(pad.logged).toEqual([])
  })
})

describe('R13: what is done without an action', () => {
  test('a tick, by its box and by its key', async () => {
    for (const tick of [
      () => find('.ProseMirror [role=checkbox]')?.click(),
      () => key('Enter', { ctrlKey: true }),
    ]) {
      await begin({ text: line({ list: 'unchecked' }), select: '' })
      const before = everything()
      tick()
      await proveOneStep(before)
    }
  })

  test('the language of code', async () => {
    await begin({ text: line({ 'code-block': true }), select: '' })
    const before = everything()
    const field = await shown<HTMLSelectElement>('.ProseMirror select')
    field.value = 'css'
    field.dispatchEvent(new Event('change'))
    await proveOneStep(before)
  })
})
