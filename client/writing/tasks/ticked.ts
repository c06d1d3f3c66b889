/** Shows behind ticked tasks who ticked them, and when (SPEC-writing W15). */
import { Plugin, PluginKey } from 'prosemirror-state'
import type { EditorState } from 'prosemirror-state'
import { Decoration, DecorationSet } from 'prosemirror-view'
import type { EditorView } from 'prosemirror-view'
import type { PadModel } from '../../pad/model.ts'
import { ticksOf, timesOf } from '../authors/at.ts'
import { tickedBy } from './words.ts'

/** Ms without a change or scrolling before the tasks on screen are read again. */
const PAUSE = 200
/** Tasks shown at once, and screens around the visible one in which they are. */
const MOST = 100
const AROUND = 1
/** Ms until times that were not known are asked for again: what was just written is not saved yet. Each time double. */
const AGAIN = 1500
const MOST_TRIES = 6

const key = new PluginKey<DecorationSet>('ticked')

/** The plugin that shows it. */
export function tickedPlugin(model: PadModel): Plugin<DecorationSet> {
  return new Plugin<DecorationSet>({
    key,
    state: {
      init: () => DecorationSet.empty,
      apply(tr, before) {
        const set: unknown = tr.getMeta(key)
        return set instanceof DecorationSet ? set : before.map(tr.mapping, tr.doc)
      },
    },
    props: { decorations: (state) => key.getState(state) },
    view: (view) => watch(model, view),
  })
}

function watch(
  model: PadModel,
  view: EditorView,
): { update(v: EditorView, old: EditorState): void; destroy(): void } {
  const times = timesOf(model)
  let timer: ReturnType<typeof setTimeout> | undefined
  let again: ReturnType<typeof setTimeout> | undefined
  let tries = 0
  let shown = ''

  const later = (): void => {
    clearTimeout(timer)
    timer = setTimeout(look, PAUSE)
  }
  function look(): void {
    if (view.isDestroyed) return
    const lines = ticked(view)
    const ticks = ticksOf(model, view.state, lines)
    const here = lineOf(view.state)
    const words = ticks.map((tick) => (tick ? tickedBy(model, tick, times.known(tick)) : ''))
    const now = `${here} ${lines.map((pos, index) => `${pos} ${words[index] ?? ''}`).join('\n')}`
    if (now !== shown) {
      shown = now
      const { doc, tr } = view.state
      const made = lines.flatMap((pos, index) => {
        const size = doc.nodeAt(pos)?.nodeSize ?? 0
        const by = words[index] ?? ''
        if (by === '' || size === 0) return []
        const attrs = { 'data-ticked': by, ...(pos === here ? { 'data-ticked-here': '' } : {}) }
        return [Decoration.node(pos, pos + size, attrs)]
      })
      view.dispatch(tr.setMeta(key, DecorationSet.create(doc, made)).setMeta('addToHistory', false))
    }
    const unknown = ticks.flatMap((tick) => (tick && times.known(tick) === undefined ? [tick] : []))
    if (unknown.length > 0) void ask(unknown)
  }
  async function ask(unknown: Parameters<typeof times.learn>[0]): Promise<void> {
    if (again !== undefined) return
    const wait = AGAIN * 2 ** tries
    again = setTimeout(() => {
      again = undefined
      if (tries < MOST_TRIES) later()
    }, wait)
    tries += 1
    if (await times.learn(unknown)) {
      tries = 0
      later()
    }
  }
  const stopPeople = model.session.on('people', later)
  document.addEventListener('scroll', later, { capture: true, passive: true })
  later()
  return {
    update(_view, old) {
      if (old.doc === view.state.doc && old.selection.eq(view.state.selection)) return
      if (old.doc !== view.state.doc) tries = 0
      later()
    },
    destroy() {
      clearTimeout(timer)
      clearTimeout(again)
      stopPeople()
      document.removeEventListener('scroll', later, { capture: true })
    },
  }
}

/** Where the ticked tasks on screen and around it begin, ascending. */
function ticked(view: EditorView): number[] {
  const height = window.innerHeight
  const found: number[] = []
  const lines = view.dom.querySelectorAll('.line[data-list="checked"]')
  const ends = (at: number): number => lines[at]?.getBoundingClientRect().bottom ?? 0
  // They stand one below the other, so that of many only a few have to be measured.
  let first = 0
  for (let end = lines.length; first < end;) {
    const middle = (first + end) >>> 1
    if (ends(middle) < -AROUND * height) first = middle + 1
    else end = middle
  }
  for (let at = first; at < lines.length && found.length < MOST; at += 1) {
    const line = lines[at]
    if (!line || line.getBoundingClientRect().top > (1 + AROUND) * height) break
    const $inside = view.state.doc.resolve(view.posAtDOM(line, 0))
    if ($inside.depth > 0 && $inside.parent.attrs['list'] === 'checked') found.push($inside.before())
  }
  return found
}

/** Where the line with the cursor begins; -1 for none. */
function lineOf({ selection }: EditorState): number {
  const { $head } = selection
  return $head.depth > 0 && $head.parent.isTextblock ? $head.before() : -1
}
