/** Colours and the choice of language, fetched when a text has code. */
import './late.css'
import hljs from 'highlight.js/lib/core'
import { Plugin, PluginKey } from 'prosemirror-state'
import type { EditorState } from 'prosemirror-state'
import { Decoration, DecorationSet } from 'prosemirror-view'
import type { EditorView } from 'prosemirror-view'
import type { Node as ProseNode } from 'prosemirror-model'
import { LANGUAGES, languageOf } from './languages.ts'
import { tokensOf } from './tokens.ts'
import type { Token } from './tokens.ts'

/** Ms without a change before code is coloured again. */
const PAUSE = 120
/** UTF-16 units of a block that is coloured, and blocks that are remembered. */
const LONGEST = 40_000
const REMEMBERED = 200

/** Neighbouring lines of code of one language. */
export interface Block {
  readonly language: string
  readonly rows: readonly { readonly pos: number; readonly node: ProseNode }[]
}

/** The blocks of code of a document. */
export function blocksOf(doc: ProseNode): Block[] {
  const out: { language: string; rows: { pos: number; node: ProseNode }[] }[] = []
  let last: (typeof out)[number] | null = null
  doc.forEach((node, pos) => {
    const value: unknown = node.attrs['code-block']
    if (node.type.name !== 'line' || value === null || value === undefined) {
      last = null
      return
    }
    const language = typeof value === 'string' ? value : ''
    if (last?.language === language) last.rows.push({ pos, node })
    else out.push((last = { language, rows: [{ pos, node }] }))
  })
  return out
}

export interface CodeParts {
  t: (key: string) => string
  colours: () => boolean
}

const KEY = new PluginKey<DecorationSet>('ep_code')

/** Draws the languages and their colours. */
export function codePlugin({ t, colours }: CodeParts): Plugin {
  const remembered = new Map<string, readonly Token[]>()
  const loaded = new Set<string>()

  /** Null while the grammar is on its way, which then tells `again`. */
  function tokens(language: string, text: string, again: () => void): readonly Token[] | null {
    const known = languageOf(language)
    if (!known || text.length > LONGEST || !colours()) return []
    if (!loaded.has(known.id)) {
      void fetchLanguage(known.id, again)
      return null
    }
    const key = `${known.id} ${text}`
    const found =
      remembered.get(key) ??
      tokensOf(hljs.highlight(text, { language: known.id, ignoreIllegals: true }).value)
    remembered.delete(key)
    remembered.set(key, found)
    for (const oldest of remembered.keys()) {
      if (remembered.size <= REMEMBERED) break
      remembered.delete(oldest)
    }
    return found
  }

  async function fetchLanguage(id: string, again: () => void): Promise<void> {
    try {
      const grammar = await LANGUAGES.find((one) => one.id === id)?.load()
      if (!grammar || loaded.has(id)) return
      hljs.registerLanguage(id, grammar.default)
      loaded.add(id)
      again()
    } catch {
      // Without a network code stays as it is; the next change asks again.
    }
  }

  function draw(state: EditorState, again: () => void): DecorationSet {
    const out: Decoration[] = []
    for (const { language, rows } of blocksOf(state.doc)) {
      const first = rows[0]
      if (!first) continue
      const lines = rows.map(({ node }) => node.textBetween(0, node.content.size, undefined, '\ufffc'))
      out.push(
        Decoration.widget(first.pos + 1, (view, getPos) => chooser(view, getPos, language, t), {
          side: -1,
          ignoreSelection: true,
          key: `language ${language}`,
          stopEvent: () => true,
        }),
      )
      const starts: number[] = []
      let length = 0
      for (const line of lines) {
        starts.push(length)
        length += line.length + 1
      }
      let row = 0
      for (const { from, to, kind } of tokens(language, lines.join('\n'), again) ?? []) {
        while ((starts[row + 1] ?? Number.POSITIVE_INFINITY) <= from) row += 1
        for (let at = row; (starts[at] ?? Number.POSITIVE_INFINITY) < to; at += 1) {
          const start = starts[at] ?? 0
          const begin = Math.max(from - start, 0)
          const end = Math.min(to - start, lines[at]?.length ?? 0)
          const pos = (rows[at]?.pos ?? 0) + 1
          if (end > begin) out.push(Decoration.inline(pos + begin, pos + end, { class: `code-${kind}` }))
        }
      }
    }
    return DecorationSet.create(state.doc, out)
  }

  return new Plugin<DecorationSet>({
    key: KEY,
    state: {
      init: () => DecorationSet.empty,
      apply(tr, set) {
        const given: unknown = tr.getMeta(KEY)
        if (given instanceof DecorationSet) return given
        return tr.docChanged && set !== DecorationSet.empty ? set.map(tr.mapping, tr.doc) : set
      },
    },
    props: {
      decorations(state) {
        return KEY.getState(state)
      },
    },
    view(view) {
      let timer: ReturnType<typeof setTimeout> | undefined
      const again = (): void => {
        clearTimeout(timer)
        timer = setTimeout(() => {
          if (view.isDestroyed || view.composing) return again()
          view.dispatch(view.state.tr.setMeta(KEY, draw(view.state, again)).setMeta('addToHistory', false))
        }, PAUSE)
      }
      again()
      return {
        update(_view, before) {
          if (before.doc !== view.state.doc) again()
        },
        destroy: () => clearTimeout(timer),
      }
    },
  })
}

/** The choice of a block's language at its corner; for readers its name. */
function chooser(
  view: EditorView,
  getPos: () => number | undefined,
  language: string,
  t: CodeParts['t'],
): HTMLElement {
  const known = languageOf(language)
  const place = document.createElement('span')
  place.className = 'ep-code-language'
  place.contentEditable = 'false'
  if (!view.editable) {
    place.textContent = known?.label ?? language
    return place
  }
  const select = document.createElement('select')
  select.setAttribute('aria-label', t('language'))
  const options: readonly (readonly [string, string])[] = [
    ['', t('plain')],
    ...(language !== '' && !known ? [[language, language] as const] : []),
    ...LANGUAGES.map(({ id, label }) => [id, label] as const),
  ]
  for (const [value, label] of options) select.append(new Option(label, value))
  select.value = known?.id ?? language
  select.addEventListener('change', () => {
    const pos = getPos()
    if (pos !== undefined) setLanguage(view, pos, select.value)
    view.focus()
  })
  place.append(select)
  return place
}

/** Gives the block at a place another language. */
function setLanguage(view: EditorView, pos: number, language: string): void {
  const { state } = view
  const start = state.doc.resolve(pos).before(1)
  const block = blocksOf(state.doc).find(({ rows }) => rows[0]?.pos === start)
  if (!block) return
  const { tr } = state
  for (const row of block.rows) tr.setNodeAttribute(row.pos, 'code-block', language === '' ? true : language)
  view.dispatch(tr)
}
