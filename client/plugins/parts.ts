/** What plugins add to the page, each kind a list that views follow. */
import { computed, signal } from '@preact/signals'
import type { ReadonlySignal } from '@preact/signals'
import type { ComponentChild } from 'preact'
import type { Plugin } from 'prosemirror-state'
import type { NodeViewConstructor } from 'prosemirror-view'
import type { Off, SurfaceContent, SurfaceMode } from '../../shared/plugin.ts'
import type { SuggestionSource } from '../../shared/plugin/suggest.ts'
import type { Action } from '../pad/actions.ts'
import type { IconShape } from '../ui/icons.ts'

/** The most things of one kind one plugin may add. */
const MOST = 100

/** Something of a plugin's. */
export interface Part<T> {
  readonly plugin: string
  readonly value: T
}

/** A list of things of one kind, in the order of the plugins, then in that of their coming. */
export interface Slot<T> {
  readonly parts: ReadonlySignal<readonly Part<T>[]>
  /** @throws RangeError when the plugin has too many */
  add(plugin: string, value: T): Off
}

/** A panel, with its name in the language in use. */
export interface PluginPanel {
  id: string
  title: () => string
  view: () => ComponentChild
  side: 'start' | 'end'
}

/** A whole work area, with its name in the language in use. */
export interface PluginSurface {
  id: string
  title: () => string
  icon: IconShape
  /** It has its place in the header, beside "Text". */
  header: boolean
  /** Until the person chooses. */
  mode: SurfaceMode
  /** Asked once in a page; again after it failed. */
  content: () => Promise<SurfaceContent>
}

/** A way of showing authors, with its name in the language in use. */
export interface PluginAuthorView {
  id: string
  label: () => string
}

export interface Parts {
  readonly actions: Slot<Action>
  readonly panels: Slot<PluginPanel>
  readonly surfaces: Slot<PluginSurface>
  readonly authorViews: Slot<PluginAuthorView>
  readonly banners: Slot<() => ComponentChild>
  readonly feet: Slot<() => ComponentChild>
  readonly settings: Slot<() => ComponentChild>
  readonly titles: Slot<ReadonlySignal<string | null>>
  readonly titleEditors: Slot<(title: string) => ComponentChild>
  readonly prosemirror: Slot<Plugin>
  readonly embedViews: Slot<{ kind: string; make: NodeViewConstructor }>
  readonly attributes: Slot<() => Readonly<Record<string, string>>>
  /** What is offered while somebody types on after a sign. */
  readonly suggestions: Slot<SuggestionSource>
  /** The names of all plugins in their order. */
  setOrder: (names: readonly string[]) => void
  /** Something of a plugin's failed while the page drew it. */
  failed: (plugin: string, error: unknown) => void
  /** Who is told of that; one at a time. */
  onFailed: (listener: (plugin: string, error: unknown) => void) => void
}

/** Empty lists. */
export function createParts(): Parts {
  const order = signal<readonly string[]>([])
  const slot = <T>(): Slot<T> => createSlot<T>(order)
  let onFailed: (plugin: string, error: unknown) => void = () => undefined
  return {
    actions: slot(),
    panels: slot(),
    surfaces: slot(),
    authorViews: slot(),
    banners: slot(),
    feet: slot(),
    settings: slot(),
    titles: slot(),
    titleEditors: slot(),
    prosemirror: slot(),
    embedViews: slot(),
    attributes: slot(),
    suggestions: slot(),
    setOrder: (names) => (order.value = names),
    failed: (plugin, error) => onFailed(plugin, error),
    onFailed: (listener) => (onFailed = listener),
  }
}

function createSlot<T>(order: ReadonlySignal<readonly string[]>): Slot<T> {
  const added = signal<readonly Part<T>[]>([])
  let before: readonly Part<T>[] = []
  return {
    // The same list as long as nothing in it changes: an editor is made again for another one.
    parts: computed(() => {
      const rank = new Map(order.value.map((name, index) => [name, index]))
      const at = ({ plugin }: Part<T>): number => rank.get(plugin) ?? rank.size
      const now = [...added.value].sort((a, b) => at(a) - at(b))
      const same = now.length === before.length && now.every((part, index) => part === before[index])
      if (!same) before = now
      return before
    }),
    add(plugin, value) {
      if (added.peek().filter((part) => part.plugin === plugin).length >= MOST)
        throw new RangeError(`${plugin} adds more than ${MOST} things of one kind`)
      const part = { plugin, value }
      added.value = [...added.peek(), part]
      return () => {
        added.value = added.peek().filter((one) => one !== part)
      }
    },
  }
}
