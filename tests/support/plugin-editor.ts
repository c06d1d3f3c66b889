/** A plugin's page half at work on a real editor of its own, in jsdom: its actions are done as its buttons do them. */
import { computed } from '@preact/signals'
import { Plugin, TextSelection } from 'prosemirror-state'
import type { Transaction } from 'prosemirror-state'
import { contentOfDoc } from '../../client/editor/content.ts'
import { createEditor } from '../../client/editor/editor.ts'
import { createSchema } from '../../client/editor/schema.ts'
import type { Editor } from '../../client/editor/types.ts'
import { actionMap, actionState, labelOf, pageActions } from '../../client/pad/actions.ts'
import type { Action } from '../../client/pad/actions.ts'
import { textActions } from '../../client/pad/text-actions.ts'
import { startPlugins } from '../../client/plugins/host.ts'
import { isTaken } from '../../client/plugins/keys.ts'
import { ownChoices } from '../../client/plugins/values.ts'
import type { Fields, FieldValue, Messages } from '../../shared/plugin.ts'
import type { Content, Insert } from '../../shared/text/delta.ts'
import { testModel } from './pad-model.ts'
import type { TestModel } from './pad-model.ts'
import { booted, bundledSources } from './page-plugins.ts'
import type { TestPlugin } from './page-plugins.ts'

export interface PluginEditor extends TestModel {
  editor: Editor
  /** What plugins wrote into the log. */
  logged: string[]
  /** Selects from one place of the document to another. */
  select: (from: number, to?: number) => void
  /** The action of this id. @throws RangeError when there is none */
  action: (id: string) => Action
  /** Does it. */
  run: (id: string) => void
  /** Types letter by letter at the cursor, as a browser tells the editor. */
  type: (text: string) => void
  /** Presses a key; whether anything of the editor's took it. */
  press: (key: string) => boolean
  pressed: (id: string) => boolean | undefined
  /** The text as it is now. */
  content: () => Insert[]
  close: () => void
}

/** Starts one plugin on a text; `settings` are what the server decided. */
export async function pluginEditor<F extends Fields, M extends Messages>(
  plugin: TestPlugin<F, M>,
  content: Content,
  settings: Record<string, FieldValue> = {},
): Promise<PluginEditor> {
  const page = testModel({ text: '' })
  const { model, session } = page
  const text = session.doc.getText('text')
  text.applyDelta([...content])
  const logged: string[] = []
  const ofPlugins = computed(() => model.parts.actions.parts.value.map(({ value }) => value))
  const actions = actionMap([...textActions(model), ...pageActions(model)], ofPlugins)
  const host = startPlugins([booted(plugin.declaration.name, { settings })], {
    model,
    sources: bundledSources([plugin as unknown as TestPlugin]),
    choices: ownChoices(localStorage),
    padSettings: page.padSettings,
    hasAction: (id) => actions.has(id),
    hasKeys: (keys) => isTaken(keys, actions.values()),
    log: (kind, message) => logged.push(`${kind} ${message}`),
  })
  await host.settled
  const place = document.createElement('div')
  document.body.append(place)
  const editor = createEditor({
    place,
    text,
    schema: createSchema(host.formats.value),
    authors: { authorOf: () => undefined, person: () => undefined, me: () => session.me.author },
    readOnly: false,
    authorStyle: 'off',
    label: 'text',
    // jsdom lays nothing out, so there is nowhere to scroll to.
    plugins: [
      new Plugin({ props: { handleScrollToSelection: () => true } }),
      ...model.parts.prosemirror.parts.value.map(({ value }) => value),
    ],
    onState: (state) => (model.editorState.value = state),
    onCursor: () => undefined,
    onError: (error) => logged.push(String(error)),
  })
  model.editor.value = editor
  model.editorState.value = editor.state
  const action = (id: string): Action => {
    const found = actions.get(id)
    if (!found) throw new RangeError(`No action ${id}`)
    return found
  }
  return {
    ...page,
    editor,
    logged,
    action,
    select(from, to = from) {
      const { state } = editor
      editor.view.dispatch(state.tr.setSelection(TextSelection.create(state.doc, from, to)))
    },
    run: (id) => action(id).run(),
    type(text) {
      const { view } = editor
      for (const letter of text) {
        const { from, to } = view.state.selection
        const usual = (): Transaction => view.state.tr.insertText(letter, from, to)
        if (!view.someProp('handleTextInput', (take) => take(view, from, to, letter, usual)))
          view.dispatch(usual())
      }
    },
    press(key) {
      const event = new KeyboardEvent('keydown', { key, cancelable: true })
      return editor.view.someProp('handleKeyDown', (take) => take(editor.view, event)) === true
    },
    pressed: (id) => actionState(action(id), model).pressed,
    content: () => contentOfDoc(editor.state.doc),
    close() {
      host.stop()
      editor.destroy()
      place.remove()
    },
  }
}

/** The name of an action in the language in use. */
export { labelOf }
