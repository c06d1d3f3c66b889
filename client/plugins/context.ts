/** Makes the context a plugin's client half gets. Whatever it registers is noted, and undone when the plugin goes. */
import { computed } from '@preact/signals'
import type { ReadonlySignal } from '@preact/signals'
import { TextSelection } from 'prosemirror-state'
import type { Command } from 'prosemirror-state'
import type {
  ClientContext,
  Fields,
  FieldValue,
  Messages,
  Off,
  PadPictures,
  Values,
} from '../../shared/plugin.ts'
import type { Person } from '../../shared/protocol.ts'
import { formatCommands } from '../editor/commands/for-plugins.ts'
import type { PadModel } from '../pad/model.ts'
import { announce } from '../ui/announce.ts'
import { toast } from '../ui/toasts.tsx'
import { actionParts } from './context-actions.ts'
import { surfaceParts } from './context-surface.ts'
import { guardedPlugin } from './guarded-plugin.ts'
import { lateView } from './late-view.ts'
import type { LoadedPlugin } from './load.ts'
import { pluginUi } from './ui.ts'
import type { PluginWords } from './words.ts'

/** What a context is made from. */
export interface ContextParts {
  model: PadModel
  loaded: LoadedPlugin
  words: PluginWords
  values: ReadonlySignal<Values<Fields>>
  choose: (key: string, value: FieldValue) => void
  /** Whether the page has an action of this id already. */
  hasAction: (id: string) => boolean
  /** Whether a shortcut is taken already. */
  hasKeys: (keys: string) => boolean
  log: (kind: 'warn' | 'error', message: string) => void
}

/** A context, and the end of it. */
export interface PluginContext {
  context: ClientContext
  /** Undoes all that is registered; what comes later is not taken any more. */
  close: () => void
}

/** Attributes a plugin may put on the text: none that runs, names or locks anything. */
const ATTRIBUTE =
  /^(class|lang|dir|translate|spellcheck|autocorrect|autocapitalize|writingsuggestions|data-[a-z0-9-]+)$/

/** Makes a context. */
export function createContext(parts: ContextParts): PluginContext {
  const { model, loaded, words, values, log } = parts
  const { session } = model
  const { name } = loaded.boot
  const offs = new Set<Off>()
  let closed = false

  /** Keeps an undo until it is used, by the plugin or at the end. */
  function keep(undo: Off): Off {
    const off = (): void => {
      if (offs.delete(off)) undo()
    }
    if (closed) {
      undo()
      return () => undefined
    }
    offs.add(off)
    return off
  }
  /** Runs a plugin's function; what it throws is told and answered with `otherwise`. */
  function guarded<T>(what: string, work: () => T, otherwise: T): T {
    try {
      return work()
    } catch (error) {
      log('error', `${what}: ${String(error)}`)
      return otherwise
    }
  }
  const add = <T>(slot: { add(plugin: string, value: T): Off }, value: T): Off => keep(slot.add(name, value))

  const services = { ...parts, name, keep, guarded }
  const actions = actionParts(services)

  const context: ClientContext = {
    name,
    settings: () => values.value,
    setSetting: (key, value) => parts.choose(key, value),
    t: (key, given) => words.t(key, given),
    log: { warn: (message) => log('warn', message), error: (message) => log('error', message) },

    pad: model.boot.pad,
    me: model.me,
    people: computed(() => [{ ...model.me.value, here: true }, ...model.others.value]),
    level: model.level,
    mayWrite: model.mayWrite,
    startData: loaded.boot.start,
    url: (path) => `../plugin/${name}/${path.replace(/^\/+/, '')}`,

    doc: session.doc,
    text: session.doc.getText('text'),
    state: model.editorState,
    view: computed(() => model.editor.value?.view ?? null),
    authorOf: (client) => session.authorOf(client),
    person: (author) => session.people.get(author),

    formats: formatCommands,
    insertMarkdown: (text) => insertMarkdown(model, text),
    run: (command) => runInText(model, command),
    goToLine: (line) => goToLine(model, line),

    ...actions,
    ...surfaceParts({ ...services, action: actions.action }),
    board: () => model.board(),
    tables: () => model.editor.peek()?.tables() ?? Promise.reject(new Error('there is no editor')),
    pictures: () => picturesOf(model),
    suggest: ({ sign, label, find }) =>
      add(model.parts.suggestions, {
        sign,
        label: () => words.t(label),
        find: (query) => guarded(`suggestions of ${sign}`, () => find(query), []),
      }),
    authorView: ({ id, label }) => add(model.parts.authorViews, { id, label: () => words.t(label) }),
    banner: (view) => add(model.parts.banners, view),
    foot: (view) => add(model.parts.feet, view),
    settingsPart: (view) => add(model.parts.settings, view),
    title: (title) => add(model.parts.titles, title),
    titleEditor: (view) => add(model.parts.titleEditors, view),
    // Later, because the editor is in the midst of a change.
    prosemirror: (plugin) =>
      add(
        model.parts.prosemirror,
        guardedPlugin(plugin, (error) => queueMicrotask(() => model.parts.failed(name, error))),
      ),
    embedView: (kind, make) => add(model.parts.embedViews, { kind, make }),
    lateEmbedView: (kind, tag, load) =>
      add(model.parts.embedViews, {
        kind,
        make: lateView(kind, tag, load, (error) => log('error', `the view of ${kind}: ${String(error)}`)),
      }),
    textAttributes: (give) =>
      add(model.parts.attributes, () => {
        const given = Object.entries(guarded('attributes of the text', give, {}))
        return Object.fromEntries(given.filter(([key]) => ATTRIBUTE.test(key)))
      }),

    receive: (message, listener) => keep(receive(parts, message, listener, guarded)),
    send: (message, payload) => session.send({ type: 'plugin', plugin: name, name: message, payload }),

    ui: pluginUi,
    toast: (message, kind = 'info') => toast(message, kind === 'warning' ? 'warning' : 'done'),
    announce,
  }
  return {
    context,
    close() {
      closed = true
      for (const off of [...offs].reverse()) guarded('undoing', off, undefined)
    },
  }
}

const pictures = new WeakMap<PadModel, Promise<PadPictures>>()

/** One for all plugins of the page. */
function picturesOf(model: PadModel): Promise<PadPictures> {
  const known = pictures.get(model) ?? fetchPictures(model)
  pictures.set(model, known)
  return known
}

async function fetchPictures(model: PadModel): Promise<PadPictures> {
  try {
    const { createPadPictures } = await import('../pictures/pad-pictures.ts')
    const address = new URL(encodeURIComponent(model.boot.pad), location.href).href
    return createPadPictures({
      session: model.session,
      address,
      pad: model.boot.pad,
      report: reportError,
    })
  } catch (error) {
    pictures.delete(model)
    throw error
  }
}

type Guarded = <T>(what: string, work: () => T, otherwise: T) => T

function receive<K extends keyof Messages>(
  { model, loaded, log }: ContextParts,
  message: K,
  listener: (from: Person | null, payload: Messages[K]) => void,
  guarded: Guarded,
): Off {
  const { declaration, boot } = loaded
  const check = declaration.messages?.[message]
  if (!check) log('warn', `the declaration has no message ${message}`)
  return model.session.on('event', (event) => {
    if (event.type !== 'plugin' || event.plugin !== boot.name || event.name !== message) return
    guarded(
      `message ${message}`,
      () => listener(event.from, check?.(event.payload) ?? event.payload),
      undefined,
    )
  })
}

async function insertMarkdown(model: PadModel, text: string): Promise<boolean> {
  try {
    const { putMarkdown } = await import('../writing/markdown/paste.tsx')
    return putMarkdown(model, text)
  } catch {
    return false
  }
}

/** Runs a command on the text and gives it the focus. */
function runInText(model: PadModel, command: Command): boolean {
  const view = model.editor.peek()?.view
  if (!view || !model.mayWrite.peek()) return false
  const done = command(view.state, (tr) => view.dispatch(tr), view)
  view.focus()
  return done
}

/** Puts the cursor at the beginning of a line, from 0, and shows it. */
function goToLine(model: PadModel, line: number): void {
  const view = model.editor.peek()?.view
  if (!view) return
  const { surfaces } = model
  if (surfaces.covers.peek()) surfaces.wanted.value = null
  const { doc, tr } = view.state
  const last = Math.max(0, Math.min(Math.trunc(line), doc.childCount - 1))
  let pos = 0
  for (let index = 0; index < last; index += 1) pos += doc.child(index).nodeSize
  view.dispatch(tr.setSelection(TextSelection.near(doc.resolve(pos + 1))))
  view.focus()
  const row = view.nodeDOM(pos)
  if (row instanceof Element) row.scrollIntoView({ block: 'center' })
}
