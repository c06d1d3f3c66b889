/** Sections that are folded under their headings, for this person on this device; the text knows nothing of it. */
import { Plugin, PluginKey, TextSelection } from 'prosemirror-state'
import type { Command, EditorState } from 'prosemirror-state'
import { Decoration, DecorationSet } from 'prosemirror-view'
import type { Node as ProseNode } from 'prosemirror-model'
import { headingAbove, headingsOf, levelOf, sectionOf } from './headings.ts'

interface Folded {
  /** Places of the headings. */
  readonly at: readonly number[]
  readonly drawn: DecorationSet
}

const KEY = new PluginKey<Folded>('ep_blocks fold')
const NOTHING: Folded = { at: [], drawn: DecorationSet.empty }

export interface FoldParts {
  t: (key: string, values: Record<string, number>) => string
  /** What is folded now, to be remembered. */
  keep: (names: readonly string[]) => void
  /** What was folded at an earlier visit. */
  kept: readonly string[]
}

/** Folds or unfolds the section the cursor is in. */
export const toggleFold: Command = (state, dispatch, view) => {
  const pos = headingAbove(state.doc, state.selection.from)
  return pos !== null && foldAt(pos)(state, dispatch, view)
}

/** Whether the section under the heading at a place is folded. */
export function isFolded(state: EditorState, pos: number): boolean {
  return KEY.getState(state)?.at.includes(pos) ?? false
}

/** Folds or unfolds the section under the heading at a place. */
export function foldAt(pos: number): Command {
  return (state, dispatch) => {
    const section = sectionOf(state.doc, pos)
    if (!section || section.rows === 0) return false
    if (!dispatch) return true
    const { at } = KEY.getState(state) ?? NOTHING
    const tr = state.tr.setMeta(KEY, at.includes(pos) ? at.filter((one) => one !== pos) : [...at, pos])
    const { from, to } = state.selection
    // A cursor that nobody sees would write where nobody looks.
    if (to > section.from && from < section.to)
      tr.setSelection(TextSelection.create(state.doc, section.from - 1))
    dispatch(tr)
    return true
  }
}

/** Unfolds everything. */
export const unfoldAll: Command = (state, dispatch) => {
  const any = (KEY.getState(state) ?? NOTHING).at.length > 0
  if (any) dispatch?.(state.tr.setMeta(KEY, []))
  return any
}

export function foldPlugin({ t, keep, kept }: FoldParts): Plugin {
  function draw(doc: ProseNode, at: readonly number[]): Folded {
    const out: Decoration[] = []
    const right: number[] = []
    for (const pos of at) {
      const section = sectionOf(doc, pos)
      if (!section || section.rows === 0) continue
      right.push(pos)
      doc.nodesBetween(section.from, section.to, (node, start) => {
        out.push(Decoration.node(start, start + node.nodeSize, { class: 'ep-blocks-folded' }))
        return false
      })
      out.push(
        Decoration.widget(
          section.from - 1,
          (view) => {
            const button = document.createElement('button')
            button.type = 'button'
            button.className = 'ep-blocks-more'
            button.contentEditable = 'false'
            button.textContent = t('folded', { n: section.rows })
            button.setAttribute('aria-expanded', 'false')
            button.addEventListener('click', () => {
              const now = KEY.getState(view.state)?.at ?? []
              const own = view.state.doc.resolve(view.posAtDOM(button, 0)).before(1)
              view.dispatch(
                view.state.tr.setMeta(
                  KEY,
                  now.filter((one) => one !== own),
                ),
              )
            })
            return button
          },
          { side: 1, ignoreSelection: true, key: `folded ${section.rows}`, stopEvent: () => true },
        ),
      )
    }
    return right.length === 0 ? NOTHING : { at: right, drawn: DecorationSet.create(doc, out) }
  }

  return new Plugin<Folded>({
    key: KEY,
    state: {
      init: (_config, state) => draw(state.doc, placesOf(state, kept)),
      apply(tr, folded) {
        const given = tr.getMeta(KEY) as readonly number[] | undefined
        if (given) return draw(tr.doc, given)
        if (folded.at.length === 0) return folded
        if (tr.docChanged)
          return draw(
            tr.doc,
            folded.at.map((pos) => tr.mapping.map(pos, 1)),
          )
        // Whoever comes to a hidden line, from a search or a link, sees it.
        const { from } = tr.selection
        const open = folded.at.filter((pos) => {
          const section = sectionOf(tr.doc, pos)
          return !section || from < section.from || from >= section.to
        })
        return open.length === folded.at.length ? folded : draw(tr.doc, open)
      },
    },
    props: { decorations: (state) => KEY.getState(state)?.drawn },
    view: () => ({
      update(view, before) {
        const now = KEY.getState(view.state)
        if (now && now.at !== KEY.getState(before)?.at) keep(namesOf(view.state, now.at))
      },
    }),
  })
}

/** Headings by their words, so that they are found again when the text is another. */
function namesOf({ doc }: EditorState, at: readonly number[]): string[] {
  return at.flatMap((pos) => {
    const node = doc.nodeAt(pos)
    return node ? [`${levelOf(node)} ${node.textContent.trim().slice(0, 200)}`] : []
  })
}

function placesOf({ doc }: EditorState, names: readonly string[]): number[] {
  if (names.length === 0) return []
  const wanted = new Set(names)
  return headingsOf(doc)
    .filter(({ level, words }) => wanted.has(`${level} ${words}`))
    .map(({ pos }) => pos)
}
