/**
 * Turns typed signs into formats. What was typed is written first and changed in a step of its own, so that undo gives
 * the signs back; so does Backspace right after.
 */
import type { Node } from 'prosemirror-model'
import { Plugin, PluginKey, TextSelection } from 'prosemirror-state'
import type { Command, EditorState, Transaction } from 'prosemirror-state'
import type { EditorView } from 'prosemirror-view'
import type { ClientContext } from '../../shared/plugin.ts'
import type { FormatValue } from '../../shared/text/delta.ts'
import { inlineRule, lineRule } from './rules.ts'
import type { InlineRule, LineEnd, LineRule } from './rules.ts'

/** What was done last and can be given back; places in the present document. */
type Done =
  | { kind: 'line'; cursor: number; signs: string; before: Readonly<Record<string, FormatValue>> }
  | { kind: 'divider'; cursor: number; line: Node }
  | { kind: 'words'; from: number; cursor: number; sign: string; format: string }

type Formats = Pick<ClientContext['formats'], 'setLines'>
const key = new PluginKey<Done | null>('markdown-typing')

/** The plugin; `on` is asked at each sign. */
export function typedSigns(formats: Formats, on: () => boolean): Plugin<Done | null> {
  return new Plugin<Done | null>({
    key,
    state: { init: () => null, apply: remember },
    props: {
      handleTextInput(view, from, to, text, usual) {
        if (!on() || view.composing || from !== to) return false
        const act = afterTyping(view.state, from, text, formats)
        if (!act) return false
        view.dispatch(usual())
        act(view)
        return true
      },
      handleKeyDown(view, event) {
        if (event.isComposing || view.composing || event.ctrlKey || event.metaKey || event.altKey)
          return false
        if (event.key === 'Backspace') return giveBack(view, formats)
        return event.key === 'Enter' && !event.shiftKey && on() && onEnter(view, formats)
      },
    },
  })
}

/** Others' changes move what was done; anything of one's own ends it. */
function remember(tr: Transaction, done: Done | null): Done | null {
  const now = tr.getMeta(key) as Done | undefined
  if (now) return now
  if (!done) return null
  const ours = tr.getMeta('addToHistory') !== false && tr.getMeta('appendedTransaction') === undefined
  if (tr.docChanged ? ours : tr.selectionSet) return null
  if (!tr.docChanged) return done
  const cursor = tr.mapping.map(done.cursor, 1)
  return done.kind === 'words' ? { ...done, cursor, from: tr.mapping.map(done.from, 1) } : { ...done, cursor }
}

/** What happens once `text` stands at `pos`; null when nothing does. */
function afterTyping(
  state: EditorState,
  pos: number,
  text: string,
  formats: Formats,
): ((view: EditorView) => void) | null {
  const $pos = state.doc.resolve(pos)
  const line = $pos.parent
  if (!takesSigns(line)) return null
  const before = line.textBetween(0, $pos.parentOffset, '', '\ufffc') + text
  const end = before.at(-1)
  if (end === ' ' || end === '-') {
    const rule = lineRule(before.slice(0, -1), end, listOf(line))
    if (!rule || hasCode(state, $pos.start(), pos)) return null
    return worthwhile(line, rule, before, $pos) ? (view) => applyLine(view, rule, before, formats) : null
  }
  const rule = inlineRule(before)
  if (!rule) return null
  const start = $pos.start()
  // The last sign is not in the text yet.
  if (hasCode(state, start + rule.from - rule.sign.length, Math.min(pos, start + rule.to))) return null
  return (view) => applyWords(view, rule, start)
}

/** Whether the rule changes the line at all; a divider needs it to itself. */
function worthwhile(
  line: Node,
  rule: LineRule,
  before: string,
  $pos: { parentOffset: number; parent: Node },
): boolean {
  if (rule.kind === 'divider')
    return line.content.size === $pos.parentOffset && $pos.parentOffset === before.length - 1
  return rule.kind === 'item' || changesOf(line, rule).length > 0
}

function changesOf(line: Node, rule: LineRule): [name: string, value: FormatValue][] {
  return rule.kind === 'formats'
    ? Object.entries(rule.formats).filter(([name, value]) => (line.attrs[name] ?? null) !== value)
    : []
}

/** Takes the signs off the cursor's line and gives it its formats. */
function applyLine(view: EditorView, rule: LineRule, signs: string, { setLines }: Formats): void {
  const { $from } = view.state.selection
  const line = $from.parent
  if (rule.kind === 'divider') {
    applyDivider(view)
    return
  }
  const changes = changesOf(line, rule)
  const before = Object.fromEntries(
    changes.map(([name]) => [name, (line.attrs[name] ?? null) as FormatValue]),
  )
  change(view, setLines(Object.fromEntries(changes)), (tr) => {
    const done: Done = { kind: 'line', cursor: $from.start(), signs, before }
    return tr.delete($from.start(), $from.pos).setMeta(key, done)
  })
}

/** Does what a command does, if anything, and `more`, in one step. */
function change(view: EditorView, command: Command, more: (tr: Transaction) => Transaction): void {
  const { state } = view
  const done = command(state, (tr) => view.dispatch(more(tr)))
  if (!done) view.dispatch(more(state.tr))
}

/** The cursor's line becomes a divider, with a line to go on in below. */
function applyDivider(view: EditorView): void {
  const { state } = view
  const { block, line: lineType } = state.schema.nodes
  const { $from } = state.selection
  if (!block || !lineType) return
  const pos = $from.before()
  const rows = [block.create({ embed: JSON.stringify({ divider: true }) }), lineType.create()]
  const tr = state.tr.replaceWith(pos, $from.after(), rows)
  const cursor = pos + (rows[0]?.nodeSize ?? 0) + 1
  tr.setSelection(TextSelection.create(tr.doc, cursor)).scrollIntoView()
  const done: Done = { kind: 'divider', cursor, line: $from.parent }
  view.dispatch(tr.setMeta(key, done))
}

/** Takes the signs off both ends of the words and formats these. */
function applyWords(view: EditorView, { format, sign, from, to }: InlineRule, start: number): void {
  const { state } = view
  const mark = state.schema.marks[format]?.create()
  if (!mark) return
  const size = sign.length
  const tr = state.tr.delete(start + to, start + to + size).delete(start + from - size, start + from)
  const first = start + from - size
  const cursor = first + to - from
  tr.addMark(first, cursor, mark).removeStoredMark(mark.type).scrollIntoView()
  const done: Done = { kind: 'words', from: first, cursor, sign, format }
  view.dispatch(tr.setMeta(key, done))
}

/** The new line after a fence makes the line code. */
function onEnter(view: EditorView, formats: Formats): boolean {
  const { $from, empty } = view.state.selection
  const line = $from.parent
  if (!empty || !takesSigns(line) || $from.parentOffset < line.content.size) return false
  const signs = line.textBetween(0, line.content.size, '', '\ufffc')
  const end: LineEnd = '\n'
  const rule = lineRule(signs, end, listOf(line))
  if (!rule || hasCode(view.state, $from.start(), $from.pos)) return false
  applyLine(view, rule, signs, formats)
  return true
}

/** Puts the signs back that were turned into formats right before. */
function giveBack(view: EditorView, { setLines }: Formats): boolean {
  const { state } = view
  const done = key.getState(state)
  const { selection, schema } = state
  if (!done || !selection.empty || selection.from !== done.cursor) return false
  if (done.kind === 'words') {
    const type = schema.marks[done.format]
    if (!type) return false
    const tr = state.tr.removeMark(done.from, done.cursor, type)
    tr.insertText(done.sign, done.cursor).insertText(done.sign, done.from)
    view.dispatch(tr.removeStoredMark(type).scrollIntoView())
    return true
  }
  if (done.kind === 'line') {
    change(view, setLines(done.before), (tr) => tr.insertText(done.signs, done.cursor).scrollIntoView())
    return true
  }
  const { $from } = selection
  const divider = state.doc.resolve($from.before()).nodeBefore
  if (divider?.type.name !== 'block' || $from.parent.content.size > 0) return false
  const pos = $from.before() - divider.nodeSize
  const tr = state.tr.replaceWith(pos, $from.after(), done.line)
  view.dispatch(
    tr.setSelection(TextSelection.create(tr.doc, pos + 1 + done.line.content.size)).scrollIntoView(),
  )
  return true
}

/** The list a line is an item of. */
function listOf(line: Node): FormatValue {
  return (line.attrs['list'] ?? null) as FormatValue
}

/** Lines of code keep their signs. */
function takesSigns(line: Node): boolean {
  return line.type.name === 'line' && line.attrs['code-block'] === null
}

/** Whether words as code, or an address, lie in a stretch: there signs are what they are. */
function hasCode({ doc, schema }: EditorState, from: number, to: number): boolean {
  const { code, link } = schema.marks
  return [code, link].some((type) => type !== undefined && from < to && doc.rangeHasMark(from, to, type))
}
