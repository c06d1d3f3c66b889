/** A pad's page with the writing tools and the page halves of all bundled plugins, on a real editor, in jsdom. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { computed, effect } from '@preact/signals'
import { Plugin } from 'prosemirror-state'
import { createEditor } from '../../client/editor/editor.ts'
import { createSchema } from '../../client/editor/schema.ts'
import { actionMap, pageActions } from '../../client/pad/actions.ts'
import type { Action } from '../../client/pad/actions.ts'
import { textActions } from '../../client/pad/text-actions.ts'
import { startWriting } from '../../client/pad/writing.ts'
import { startPlugins } from '../../client/plugins/host.ts'
import { actionKeys, isTaken } from '../../client/plugins/keys.ts'
import { ownChoices } from '../../client/plugins/values.ts'
import { booted, bundledSources } from './page-plugins.ts'
import type { TestPlugin } from './page-plugins.ts'
import { testModel } from './pad-model.ts'

const PLUGINS = path.resolve('plugins')
/** The page halves of all bundled plugins. */
async function bundled(): Promise<TestPlugin[]> {
  const names = readdirSync(PLUGINS).filter((name) => existsSync(path.join(PLUGINS, name, 'client.tsx')))
  return Promise.all(
    names.map(async (name) => {
      const [shared, page] = (await Promise.all([
        import(path.join(PLUGINS, name, 'shared.ts')),
        import(path.join(PLUGINS, name, 'client.tsx')),
      ])) as [Pick<TestPlugin, 'declaration'>, Pick<TestPlugin, 'client'>]
      const english = JSON.parse(readFileSync(path.join(PLUGINS, name, 'locales/en.json'), 'utf8')) as Record<
        string,
        string
      >
      return { declaration: shared.declaration, ...(page.client ? { client: page.client } : {}), english }
    }),
  )
}

// jsdom lays nothing out: no page is wide, dark or printed, and nothing changes its size, comes into sight or lies over others.
window.matchMedia ??= (media) =>
  Object.assign(new EventTarget(), {
    media,
    matches: false,
    onchange: null,
    addListener: () => undefined,
    removeListener: () => undefined,
  })
Object.assign(HTMLElement.prototype, { showPopover: () => undefined, hidePopover: () => undefined })
globalThis.ResizeObserver ??= class {
  observe(): void {}
  unobserve(): void {}
  disconnect(): void {}
}

/** Makes it. What plugins put into the editor later is in it from then on. */
export async function wholePage() {
  const page = testModel({ text: 'some words\n' })
  const { model, session, padSettings } = page
  const comeAndGo = computed(() => model.parts.actions.parts.value.map(({ value }) => value))
  const actions = actionMap([...textActions(model), ...pageActions(model)], comeAndGo)
  const off = startWriting({ model, actions, visit: null })
  const plugins = await bundled()
  const logged: string[] = []
  globalThis.reportError = (error: unknown) => void logged.push(String(error))
  const host = startPlugins(
    plugins.map(({ declaration }) => booted(declaration.name)),
    {
      model,
      sources: bundledSources(plugins),
      choices: ownChoices(localStorage),
      padSettings,
      hasAction: (id) => actions.has(id),
      hasKeys: (keys) => isTaken(keys, actions.values()),
      log: (kind, message) => logged.push(`${kind} ${message}`),
    },
  )
  await host.settled
  const own = [actionKeys(model), new Plugin({ props: { handleScrollToSelection: () => true } })]
  const place = document.createElement('div')
  document.body.append(place)
  const editor = createEditor({
    place,
    text: session.doc.getText('text'),
    schema: createSchema(host.formats.value),
    authors: { authorOf: () => undefined, person: () => undefined, me: () => session.me.author },
    readOnly: false,
    authorStyle: 'off',
    label: 'text',
    plugins: own,
    onState: (state) => (model.editorState.value = state),
    onCursor: () => undefined,
    onError: (error) => logged.push(String(error)),
  })
  model.editor.value = editor
  model.editorState.value = editor.state
  effect(() => editor.setPlugins([...own, ...model.parts.prosemirror.parts.value.map(({ value }) => value)]))
  const all = (): Action[] => [...actions.values()]
  return { model, session, tellPeople: () => page.tellPeople(), actions, all, comeAndGo, editor, logged, off }
}
