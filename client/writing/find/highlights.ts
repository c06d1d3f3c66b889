/** Shows what was found, by decorations that move with the text. */
import { Plugin, PluginKey } from 'prosemirror-state'
import type { EditorState, Transaction } from 'prosemirror-state'
import { Decoration, DecorationSet } from 'prosemirror-view'
import type { Range } from './places.ts'

/** Ranges found, in order, and the one somebody stands at; -1 for none. */
export interface Highlights {
  ranges: readonly Range[]
  current: number
  set: DecorationSet
}

const NONE: Highlights = { ranges: [], current: -1, set: DecorationSet.empty }
const key = new PluginKey<Highlights>('find')

/** Shows other ranges. */
export function show(tr: Transaction, ranges: readonly Range[], current: number): Transaction {
  return tr.setMeta(key, { ranges, current })
}

/** What is shown. */
export function highlightsOf(state: EditorState): Highlights {
  return key.getState(state) ?? NONE
}

/** The plugin; `changed` hears when the document is another one. */
export function highlightPlugin(changed: () => void): Plugin<Highlights> {
  return new Plugin<Highlights>({
    key,
    state: {
      init: () => NONE,
      apply(tr, before) {
        const told = tr.getMeta(key) as Pick<Highlights, 'ranges' | 'current'> | undefined
        if (told) return { ...told, set: drawn(tr, told.ranges, told.current) }
        if (!tr.docChanged) return before
        const ranges: Range[] = []
        let current = -1
        for (const [index, range] of before.ranges.entries()) {
          const from = tr.mapping.map(range.from, 1)
          const to = tr.mapping.map(range.to, -1)
          if (index === before.current) current = from < to ? ranges.length : -1
          if (from < to) ranges.push({ from, to })
        }
        return { ranges, current, set: before.set.map(tr.mapping, tr.doc) }
      },
    },
    props: { decorations: (state) => key.getState(state)?.set },
    view: () => ({
      update(view, before) {
        if (before.doc !== view.state.doc) changed()
      },
    }),
  })
}

function drawn({ doc }: Transaction, ranges: readonly Range[], current: number): DecorationSet {
  return DecorationSet.create(
    doc,
    ranges.map(({ from, to }, index) =>
      Decoration.inline(from, to, { class: index === current ? 'found here' : 'found' }),
    ),
  )
}
