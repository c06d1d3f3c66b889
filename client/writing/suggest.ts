/**
 * Suggestions at the cursor while somebody types on after a sign (SPEC-text W2): `/` for what can be put in, others by what
 * plugins add. A plugin of ProseMirror's; the list itself is drawn by `suggest-list.tsx`.
 */
import { Plugin, PluginKey } from 'prosemirror-state'
import type { EditorState, Transaction } from 'prosemirror-state'
import type { EditorView } from 'prosemirror-view'
import type { Suggestion, SuggestionSource } from '../../shared/plugin/suggest.ts'
import { optionAfter, optionId } from './option-keys.ts'

/** Open suggestions: the source's sign, where it stands, and the index of the chosen one. */
interface Open {
  sign: string
  from: number
  active: number
}

type Message = { open: Open | null } | { active: number }

/** What is shown now. */
export interface Shown {
  source: SuggestionSource
  query: string
  groups: ReturnType<SuggestionSource['find']>
  active: number
  /** The sign's place in the document. */
  from: number
  choose: (index: number) => void
  point: (index: number) => void
}

/** The longest that is typed after a sign, in UTF-16 units. */
const LONGEST = 40
/** Of the list in the page. */
export const SUGGESTIONS = 'suggestions'

const key = new PluginKey<Open | null>('suggest')

export interface SuggestOptions {
  /** Asked at each sign. */
  sources: () => readonly SuggestionSource[]
  /** Does both as one step of undo. */
  oneStep: (work: () => void) => void
  /** Draws the list, or takes it away. */
  show: (shown: Shown | null, view: EditorView) => void
}

/** The plugin. */
export function suggestPlugin({ sources, oneStep, show }: SuggestOptions): Plugin<Open | null> {
  /** The same state is asked about by keys, attributes and the view. */
  const known = new WeakMap<EditorState, Found | null>()
  const look = (state: EditorState): Found | null => {
    const before = known.get(state)
    if (before !== undefined) return before
    const found = find(state, sources())
    known.set(state, found)
    return found
  }
  const choose = (view: EditorView, index: number): void => {
    const found = look(view.state)
    const suggestion = found?.all[index]
    if (!found || !suggestion || suggestion.disabled) return
    oneStep(() => {
      view.dispatch(view.state.tr.delete(found.open.from, view.state.selection.from).setMeta(key, closed))
      suggestion.run()
    })
  }
  return new Plugin<Open | null>({
    key,
    state: { init: () => null, apply: next },
    props: {
      handleTextInput(view, from, to, text, usual) {
        if (from !== to || !sources().some(({ sign }) => sign === text) || !mayBegin(view.state, from))
          return false
        view.dispatch(openAt(usual(), text, from))
        return true
      },
      handleKeyDown(view, event) {
        const found = look(view.state)
        if (!found || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return false
        if (event.key === 'Escape') {
          view.dispatch(view.state.tr.setMeta(key, closed))
          return true
        }
        if ((event.key === 'Enter' || event.key === 'Tab') && !event.shiftKey) {
          choose(view, found.open.active)
          return true
        }
        const active = optionAfter(event.key, found.open.active, found.all.length)
        if (active === null) return false
        view.dispatch(view.state.tr.setMeta(key, { active } satisfies Message))
        return true
      },
      handleDOMEvents: {
        blur(view) {
          if (key.getState(view.state)) view.dispatch(view.state.tr.setMeta(key, closed))
          return false
        },
      },
      attributes(state): Record<string, string> {
        const found = look(state)
        if (!found) return {}
        return {
          'aria-controls': SUGGESTIONS,
          'aria-haspopup': 'listbox',
          'aria-activedescendant': optionId(SUGGESTIONS, found.open.active),
        }
      },
    },
    view: (first) => {
      const draw = (view: EditorView): void => {
        const found = look(view.state)
        const shown = found && {
          source: found.source,
          query: found.query,
          groups: found.groups,
          active: found.open.active,
          from: found.open.from,
          choose: (index: number) => choose(view, index),
          point: (active: number) => view.dispatch(view.state.tr.setMeta(key, { active } satisfies Message)),
        }
        show(shown, view)
      }
      draw(first)
      return {
        update: (view, before) => {
          if (look(before) !== null || look(view.state) !== null) draw(view)
        },
        destroy: () => show(null, first),
      }
    },
  })
}

const closed: Message = { open: null }

/** Opens the suggestions of a sign that a transaction puts at a place. */
export function openAt(tr: Transaction, sign: string, from: number): Transaction {
  return tr.setMeta(key, { open: { sign, from, active: 0 } } satisfies Message)
}

/** A sign means something at the beginning of a line and after a blank or a bracket, and never in code. */
function mayBegin(state: EditorState, pos: number): boolean {
  const $pos = state.doc.resolve(pos)
  const line = $pos.parent
  if (!line.isTextblock || (line.attrs['code-block'] ?? null) !== null) return false
  if ($pos.marks().some((mark) => mark.type.name === 'code')) return false
  const before = line.textBetween(Math.max(0, $pos.parentOffset - 1), $pos.parentOffset, '', ' ')
  return before === '' || /[\s([{„“«"]/.test(before)
}

function next(tr: Transaction, open: Open | null, _before: EditorState, state: EditorState): Open | null {
  const message = tr.getMeta(key) as Message | undefined
  if (message && 'open' in message) return message.open
  if (!open) return null
  const place = tr.mapping.mapResult(open.from, 1)
  if (place.deletedAfter || queryAt(state, open.sign, place.pos) === null) return null
  if (message) return { ...open, from: place.pos, active: message.active }
  const own = tr.docChanged && tr.getMeta('addToHistory') !== false
  return { ...open, from: place.pos, active: own ? 0 : open.active }
}

/** What is typed after the sign; null when the cursor is not in it. */
function queryAt(state: EditorState, sign: string, from: number): string | null {
  const { $head, empty } = state.selection
  if (!empty || from < $head.start() || $head.pos <= from || $head.pos - from > LONGEST) return null
  const typed = state.doc.textBetween(from, $head.pos, '\n', '\ufffc')
  return typed.startsWith(sign) && !/[\n\ufffc]/.test(typed) ? typed.slice(sign.length) : null
}

interface Found {
  open: Open
  source: SuggestionSource
  query: string
  groups: ReturnType<SuggestionSource['find']>
  all: readonly Suggestion[]
}

/** The open suggestions with all that fits; null when there is nothing to offer. */
function find(state: EditorState, sources: readonly SuggestionSource[]): Found | null {
  const open = key.getState(state)
  const source = open && sources.find(({ sign }) => sign === open.sign)
  const query = open ? queryAt(state, open.sign, open.from) : null
  if (!open || !source || query === null || /^\s|\s\s/.test(query)) return null
  const groups = source.find(query).filter(({ options }) => options.length > 0)
  const all = groups.flatMap(({ options }) => options)
  if (all.length === 0) return null
  return { open: { ...open, active: Math.min(open.active, all.length - 1) }, source, query, groups, all }
}
