/** Makes the editor of a text: ProseMirror, the binding, undo, authors and cursors put together. */
import type { Schema } from 'prosemirror-model'
import { EditorState } from 'prosemirror-state'
import type { Plugin, Transaction } from 'prosemirror-state'
import { EditorView } from 'prosemirror-view'
import { authorsPlugin, redrawAuthors, setAuthorStyle } from './authors.ts'
import { Binding, bindingPlugin, documentOf, isFromText } from './binding/binding.ts'
import { placeAt } from './binding/places.ts'
import type { TextPlace } from './binding/places.ts'
import type { PadTables } from '../../shared/plugin/tables.ts'
import { isLong, keepChunks } from './chunks/chunks.ts'
import { cursorsPlugin, showCursors } from './cursors.ts'
import { createStepMaker } from './edit-kind.ts'
import { freshSelection, readSelection } from './fresh-selection.ts'
import { editorKeys } from './keys.ts'
import { listNumbers } from './numbers.ts'
import { ownText } from './own-text.ts'
import { clipboard } from './paste/paste.ts'
import { schema as coreSchema } from './schema.ts'
import { tableView } from './tables/view.ts'
import { taskBoxes } from './tasks.ts'
import type { CellPlace, Editor, EditorOptions } from './types.ts'
import { History } from './undo.ts'

/** How long after the end of a composition others' changes of the line are shown, in ms; ProseMirror reads the DOM first. */
const COMPOSITION_REST = 60

/** Puts an editor of the text into its place. It is ready at once. */
export function createEditor(options: EditorOptions): Editor {
  const { text, place, authors } = options
  const schema = options.schema ?? coreSchema
  let readOnly = options.readOnly
  let style = options.authorStyle
  let history: History | undefined
  const beginsStep = createStepMaker()
  let inOneStep = false
  const own = ownPlugins(
    schema,
    options,
    () => history,
    () => binding,
  )
  const start = EditorState.create({
    doc: documentOf(schema, text),
    plugins: [...(options.plugins ?? []), ...own],
  })
  const view = new EditorView(place, {
    // A long text is shown once it can be drawn in chunks.
    state: isLong(start.doc, options.chunks) ? EditorState.create({ schema }) : start,
    dispatchTransaction(transaction) {
      if (!isFromText(transaction) && beginsStep(transaction) && !inOneStep) history?.stopCapturing()
      binding.dispatch(transaction)
    },
    editable: () => !readOnly,
    nodeViews: { table: tableView, ...options.nodeViews },
    attributes: () => {
      const { class: kind = '', ...more } = options.attributes?.() ?? {}
      return {
        spellcheck: 'true',
        ...more,
        class: `document ${kind}`.trim(),
        role: 'textbox',
        'aria-multiline': 'true',
        'aria-label': options.label,
        'aria-readonly': String(readOnly),
        'data-authors': style,
      }
    },
    handleDOMEvents: {
      compositionend: (_view, _event) => {
        setTimeout(() => {
          if (!view.isDestroyed && !view.composing) binding.release()
        }, COMPOSITION_REST)
        return false
      },
    },
  })
  const show = (state: EditorState): void => {
    keepChunks(view, state.doc, options.chunks)
    view.updateState(state)
  }
  const update = (state: EditorState, transaction: Transaction): void => {
    if (view.isDestroyed) return
    show(state)
    options.onState(state, transaction)
  }
  const binding: Binding = new Binding(
    text,
    {
      get state() {
        return view.state
      },
      update,
      composing: () => view.composing,
      settle: () => readSelection(view),
      onError: (error) => options.onError(error),
    },
    { readOnly },
  )
  if (view.state !== start) show(start)
  history = new History(
    binding,
    {
      get state() {
        return view.state
      },
      dispatch: (tr) => view.dispatch(tr),
    },
    authors,
    undefined,
    options.steps,
  )
  const steps = history
  let tables: Promise<PadTables> | undefined
  let back: { cell: CellPlace; from: TextPlace } | undefined
  const headNow = (): TextPlace => placeAt(view.state.doc, view.state.selection.head)
  return {
    view,
    get state() {
      return view.state
    },
    setReadOnly(value) {
      readSelection(view)
      readOnly = value
      binding.readOnly = value
      view.setProps({})
      options.onState(view.state, null)
    },
    setAuthorStyle(value) {
      readSelection(view)
      style = value
      view.dispatch(setAuthorStyle(view.state.tr, value))
    },
    authorsChanged() {
      readSelection(view)
      view.dispatch(redrawAuthors(view.state.tr))
    },
    setCursors(cursors) {
      readSelection(view)
      view.dispatch(showCursors(view.state.tr, cursors))
    },
    setPlugins(plugins) {
      readSelection(view)
      show(view.state.reconfigure({ plugins: [...plugins, ...own] }))
      options.onState(view.state, null)
    },
    attributesChanged() {
      readSelection(view)
      view.setProps({})
    },
    get steps() {
      return steps.steps
    },
    backToCell(cell) {
      back = { cell, from: headNow() }
    },
    tables() {
      tables ??= import('./tables/tables.ts').then(({ showTables, toCell }) => {
        const shown = showTables(binding, schema, () => steps.stopCapturing())
        const { name, offset } = headNow()
        if (back?.from.name === name && back.from.offset === offset) {
          const tr = toCell(view.state, back.cell)
          if (tr) view.dispatch(tr)
        }
        back = undefined
        return shown
      })
      // Without a network there may be one later.
      tables.catch(() => (tables = undefined))
      return tables
    },
    oneStep(work) {
      steps.stopCapturing()
      inOneStep = true
      try {
        work()
      } finally {
        inOneStep = false
      }
    },
    undo: () => steps.undo(),
    redo: () => steps.redo(),
    canUndo: () => steps.canUndo(),
    canRedo: () => steps.canRedo(),
    focus: () => view.focus(),
    destroy() {
      steps.destroy()
      binding.destroy()
      view.destroy()
    },
  }
}

function ownPlugins(
  schema: Schema,
  options: EditorOptions,
  history: () => History | undefined,
  binding: () => Binding,
): Plugin[] {
  return [
    freshSelection(),
    bindingPlugin(),
    ownText(isFromText),
    editorKeys(
      { ...options.actions, undo: () => history()?.undo() ?? false, redo: () => history()?.redo() ?? false },
      options.keysOff,
    ),
    clipboard(schema, { onTooLarge: (length) => options.onPasteTooLarge?.(length) }),
    taskBoxes(),
    listNumbers(),
    authorsPlugin({ text: options.text, authors: options.authors, style: options.authorStyle }),
    cursorsPlugin({
      text: options.text,
      onCursor: (cursor) => options.onCursor(cursor),
      held: (text) => binding().heldOf(text),
    }),
  ]
}
