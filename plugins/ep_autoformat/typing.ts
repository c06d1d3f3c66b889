/**
 * Puts what a rule gives in the place of what was typed. That is written first and changed in a step of its own, so that
 * undo gives it back; so does Backspace right after.
 */
import { Plugin, PluginKey } from 'prosemirror-state'
import type { EditorState, Transaction } from 'prosemirror-state'
import type { EditorView } from 'prosemirror-view'
import { ruleFor } from './rules.ts'
import type { Rule, RuleOptions } from './rules.ts'

/** What was put in last, and what had been typed; places in the present document. */
interface Done {
  from: number
  to: number
  typed: string
}

const key = new PluginKey<Done | null>('autoformat')

/** The plugin; `options` are asked at each sign. */
export function typography(options: () => RuleOptions): Plugin<Done | null> {
  return new Plugin<Done | null>({
    key,
    state: { init: () => null, apply: remember },
    props: {
      handleTextInput(view, from, to, text, usual) {
        if (view.composing || from !== to || text.length !== 1) return false
        const rule = ruleAt(view.state, from, text, options())
        if (!rule) return false
        view.dispatch(usual())
        apply(view, rule)
        return true
      },
      handleKeyDown(view, event) {
        if (event.key !== 'Backspace' || event.isComposing || event.ctrlKey || event.metaKey || event.altKey)
          return false
        return giveBack(view)
      },
    },
  })
}

/** Others' changes move what was put in; anything of one's own ends it. */
function remember(tr: Transaction, done: Done | null): Done | null {
  const now = tr.getMeta(key) as Done | undefined
  if (now) return now
  if (!done) return null
  const ours = tr.getMeta('addToHistory') !== false && tr.getMeta('appendedTransaction') === undefined
  if (tr.docChanged ? ours : tr.selectionSet) return null
  return { ...done, from: tr.mapping.map(done.from, 1), to: tr.mapping.map(done.to, 1) }
}

/** Code and addresses keep their signs. */
function ruleAt(state: EditorState, pos: number, text: string, options: RuleOptions): Rule | null {
  const $pos = state.doc.resolve(pos)
  const line = $pos.parent
  if (line.type.name !== 'line' || line.attrs['code-block'] !== null) return null
  const rule = ruleFor(line.textBetween(0, $pos.parentOffset, '', '\ufffc') + text, options)
  if (!rule) return null
  const { code, link } = state.schema.marks
  const marks = [...(state.storedMarks ?? $pos.marks())]
  const from = Math.max($pos.start(), pos - rule.length)
  const kept = [code, link].some(
    (type) =>
      type !== undefined && (type.isInSet(marks) !== undefined || state.doc.rangeHasMark(from, pos, type)),
  )
  return kept ? null : rule
}

function apply(view: EditorView, { length, sign }: Rule): void {
  const { state } = view
  const to = state.selection.from
  const from = to - length
  const typed = state.doc.textBetween(from, to)
  const done: Done = { from, to: from + sign.length, typed }
  view.dispatch(put(state, from, to, sign).setMeta(key, done).scrollIntoView())
}

/** Two steps, so that the editor takes it for a change of its own and not for typing. */
function put(state: EditorState, from: number, to: number, words: string): Transaction {
  const marks = state.doc.resolve(to).marks()
  return state.tr.insert(to, state.schema.text(words, marks)).delete(from, to)
}

function giveBack(view: EditorView): boolean {
  const { state } = view
  const done = key.getState(state)
  if (!done || !state.selection.empty || state.selection.from !== done.to || done.from >= done.to)
    return false
  view.dispatch(put(state, done.from, done.to, done.typed).scrollIntoView())
  return true
}
