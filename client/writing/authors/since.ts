/** Shows what came since somebody was last here in this browser (SPEC-writing W13). */
import { Plugin, PluginKey } from 'prosemirror-state'
import { Decoration, DecorationSet } from 'prosemirror-view'
import { documentPosition } from '../../editor/binding/blocks.ts'
import { language } from '../../i18n.ts'
import type { PadModel } from '../../pad/model.ts'
import type { Bench } from '../../pad/writing.ts'
import { toast } from '../../ui/toasts.tsx'
import { w } from '../words.ts'
import { clocksOf, freshStretches } from './fresh.ts'

/** Places marked at most. */
const MOST = 2000

const key = new PluginKey<DecorationSet>('since')
const shown = new WeakMap<PadModel, () => void>()

/** Marks it, or takes the marks away. */
export function toggleSince({ model, visit }: Bench): void {
  const hide = shown.get(model)
  if (hide) {
    hide()
    return
  }
  const editor = model.editor.peek()
  const clocks = visit && clocksOf(visit.seen)
  if (!editor) return
  if (!visit || !clocks) {
    toast(w('since.first'), 'info')
    return
  }
  const { session } = model
  const others = (client: number): boolean => session.authorOf(client) !== session.me.author
  const stretches = freshStretches(session.doc.getText('text'), clocks, others, MOST)
  const time = new Intl.DateTimeFormat(language(), { dateStyle: 'medium', timeStyle: 'short' }).format(
    visit.time,
  )
  if (stretches.length === 0) {
    toast(w('since.none', { time }), 'info')
    return
  }
  const { doc } = editor.state
  const places = stretches
    .map(({ from, to }) => ({ from: documentPosition(doc, from), to: documentPosition(doc, to) }))
    .filter(({ from, to }) => from < to)
  const plugin = new Plugin<DecorationSet>({
    key,
    state: {
      init: () =>
        DecorationSet.create(
          doc,
          places.map(({ from, to }) => Decoration.inline(from, to, { class: 'fresh' })),
        ),
      apply: (tr, set) => set.map(tr.mapping, tr.doc),
    },
    props: { decorations: (state) => key.getState(state) },
  })
  const off = model.parts.prosemirror.add('writing', plugin)
  const end = (): void => {
    shown.delete(model)
    off()
  }
  shown.set(model, end)
  toast(w('since.shown', { n: places.length, time }), 'eye', { label: w('since.hide'), run: end })
  editor.view.dom.querySelector('.fresh')?.scrollIntoView({ block: 'center' })
}
