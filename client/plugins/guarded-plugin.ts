/**
 * ProseMirror asks its plugins in the midst of every change: one that throws there would take the typed words with it. A
 * guarded plugin answers as if it were not there, and says once that it failed.
 */
import type { EditorState, Plugin, PluginSpec, PluginView, StateField } from 'prosemirror-state'
import type { EditorView } from 'prosemirror-view'

type Guard = <T>(work: () => T, otherwise: T) => T

/** The plugin with all its functions guarded. It keeps its key, so that its state is found as before. */
export function guardedPlugin(plugin: Plugin, failed: (error: unknown) => void): Plugin {
  let told = false
  const guard: Guard = (work, otherwise) => {
    try {
      return work()
    } catch (error) {
      if (!told) failed(error)
      told = true
      return otherwise
    }
  }
  return Object.create(plugin, {
    spec: { value: guardedSpec(plugin, guard) },
    props: { value: guardedProps(plugin.props, guard) },
  }) as Plugin
}

function guardedSpec(plugin: Plugin, guard: Guard): PluginSpec<unknown> {
  const { spec } = plugin
  const { filterTransaction, appendTransaction, view } = spec
  return {
    ...spec,
    ...(spec.state ? { state: guardedState(plugin, spec.state, guard) } : {}),
    ...(filterTransaction
      ? {
          filterTransaction: (tr, state) => guard(() => filterTransaction.call(plugin, tr, state), true),
        }
      : {}),
    ...(appendTransaction
      ? {
          appendTransaction: (trs, before, after) =>
            guard(() => appendTransaction.call(plugin, trs, before, after), null),
        }
      : {}),
    ...(view
      ? {
          view: (editor) =>
            guardedView(
              guard(() => view.call(plugin, editor), {}),
              guard,
            ),
        }
      : {}),
  }
}

function guardedState(plugin: Plugin, field: StateField<unknown>, guard: Guard): StateField<unknown> {
  return {
    ...field,
    init: (config, state) => guard(() => field.init.call(plugin, config, state), undefined),
    apply: (tr, value, before, after) =>
      guard(() => field.apply.call(plugin, tr, value, before, after), value),
  }
}

function guardedView(view: PluginView, guard: Guard): PluginView {
  return {
    update: (editor: EditorView, before: EditorState) =>
      guard(() => view.update?.(editor, before), undefined),
    destroy: () => guard(() => view.destroy?.(), undefined),
  }
}

/** Props are functions, records of functions such as `nodeViews` and `handleDOMEvents`, or plain values. */
function guardedProps<P extends object>(props: P, guard: Guard): P {
  const guarded = Object.entries(props).map(([name, value]: [string, unknown]) => {
    if (typeof value === 'function')
      return [name, guardedFunction(value as (...args: never[]) => unknown, guard)]
    return [name, isRecord(value) ? guardedProps(value, guard) : value]
  })
  return Object.fromEntries(guarded) as P
}

/** Undefined is for every prop the answer of a plugin that has nothing to say. */
function guardedFunction(work: (...args: never[]) => unknown, guard: Guard): (...args: never[]) => unknown {
  return function (this: unknown, ...args) {
    return guard(() => work.apply(this, args), undefined)
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype
}
