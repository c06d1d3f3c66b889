/** Puts the editor into the page and ties it to the model. */
import { computed, effect, untracked } from '@preact/signals'
import { TextSelection } from 'prosemirror-state'
import type { EditorState, Plugin, Transaction } from 'prosemirror-state'
import type { EditorView } from 'prosemirror-view'
import type { Transaction as YTransaction } from 'yjs'
import { t } from '../i18n.ts'
import { isFromText } from '../editor/binding/binding.ts'
import { linkAt } from '../editor/commands/link.ts'
import { rowsMoved } from '../editor/rows.ts'
import type { Editor, EditorOptions, RemoteCursor } from '../editor/types.ts'
import type { Session } from '../net/types.ts'
import { actionKeys } from '../plugins/keys.ts'
import type { Parts } from '../plugins/parts.ts'
import { toast } from '../ui/toasts.tsx'
import { lineOfAnchor } from './anchors.ts'
import { authorColours } from './author-colours.ts'
import { editAnnouncer } from './announce-edits.ts'
import { remember, restore } from './editor-memory.ts'
import type { EditorMemory } from './editor-memory.ts'
import { lineNumbers } from './line-numbers.ts'
import type { LineNumbers } from './line-numbers.ts'
import type { Ground, PadModel } from './model.ts'
import { focusTools } from './page-events.ts'
import { openLinkEditor } from './text-actions.ts'

/** `createEditor` of the editor. */
export type CreateEditor = (options: EditorOptions) => Editor

interface MountParts {
  model: PadModel
  ground: Ground
  place: HTMLElement
  createEditor: CreateEditor
  /** Where the person was in the editor that was here before. */
  before: EditorMemory | null
}

/** Creates the editor in `place`; the answer takes it away and says where the person was. */
export function mountEditor({ model, ground, place, createEditor, before }: MountParts): () => EditorMemory {
  const { session, preferences, parts } = model
  const keys = actionKeys(model)
  const plugins = (): Plugin[] => [keys, ...parts.prosemirror.parts.value.map(({ value }) => value)]
  const attributes = computed(() => attributesOf(parts))
  let numbers: LineNumbers | undefined
  const edits = editAnnouncer()
  const editor = createEditor({
    place,
    text: session.doc.getText('text'),
    authors: {
      authorOf: (client) => session.authorOf(client),
      person: (author) => session.people.get(author),
      me: () => session.me.author,
    },
    readOnly: !model.mayWrite.peek(),
    authorStyle: preferences.authors.peek(),
    schema: ground.schema,
    nodeViews: ground.nodeViews,
    plugins: untracked(plugins),
    attributes: () => attributes.peek(),
    keysOff: new Set(model.boot.settings.keysOff),
    ...(before ? { steps: before.steps } : {}),
    label: t('pad.text'),
    onState: (state, transaction) => {
      const old = model.editorState.peek()
      model.editorState.value = state
      if (!old || rowsMoved(old.doc, state.doc) || row(old) !== row(state)) numbers?.refresh()
      if (transaction?.docChanged && isFromText(transaction)) edits.at(changedLine(transaction))
    },
    onCursor: (cursor) => session.setCursor(cursor),
    onError: () => toast(t('pad.mended'), 'info'),
    onPasteTooLarge: () => toast(t('pad.pasteTooLarge'), 'warning'),
    actions: {
      link: () => {
        const { state } = editor
        // Without words to link it is the key of the palette, which the page listens for.
        if (!model.mayWrite.peek() || (state.selection.empty && linkAt(state) === null)) return false
        openLinkEditor(model)
        return true
      },
      leave: () => leaveText(model),
    },
  })
  numbers = lineNumbers(editor.view, place)
  model.editor.value = editor
  model.editorState.value = editor.state
  editor.setCursors(cursorsOf(session))

  const goToLine = (): void => showLine(editor, lineOfAnchor(editor.state.doc, location.hash))
  const offs = [
    effect(() => editor.setReadOnly(!model.mayWrite.value)),
    effect(() => editor.setAuthorStyle(preferences.authors.value)),
    afterFirst(plugins, (now) => editor.setPlugins(now)),
    afterFirst(
      () => attributes.value,
      () => {
        editor.attributesChanged()
        // A plugin's style sheet may give lines another height.
        numbers.refresh()
      },
    ),
    effect(() => {
      if (preferences.lineNumbers.value) numbers.refresh()
    }),
    () => numbers.destroy(),
    () => edits.stop(),
    watchWriters(model, (names) => edits.changed(names)),
    authorColours(model, place),
    session.on('authors', () => editor.authorsChanged()),
    session.on('people', () => {
      editor.authorsChanged()
      editor.setCursors(cursorsOf(session))
    }),
    session.on('presence', () => editor.setCursors(cursorsOf(session))),
  ]
  const onClick = (event: MouseEvent): void => openLink(event, model)
  editor.view.dom.addEventListener('click', onClick)
  window.addEventListener('hashchange', goToLine)
  if (before) restore(editor, before)
  else goToLine()
  return () => {
    const memory = remember(editor)
    window.removeEventListener('hashchange', goToLine)
    for (const off of offs) off()
    model.editor.value = null
    model.editorState.value = null
    editor.destroy()
    return memory
  }
}

/** Follows a value, but does nothing for the one it has now. */
function afterFirst<T>(read: () => T, act: (value: T) => void): () => void {
  let first = true
  return effect(() => {
    const value = read()
    if (!first) untracked(() => act(value))
    first = false
  })
}

/** What plugins put on the element that is written in. */
function attributesOf({ attributes }: Parts): Record<string, string> {
  const all: Record<string, string> = {}
  const classes: string[] = []
  for (const { value } of attributes.parts.value) {
    const { class: kind, ...more } = value()
    if (kind) classes.push(kind)
    Object.assign(all, more)
  }
  return classes.length > 0 ? { ...all, class: classes.join(' ') } : all
}

/** The row, from 0, with the cursor. */
function row({ selection }: EditorState): number {
  return selection.$head.index(0)
}

/** The line, from 1, of a transaction's first change. */
function changedLine(transaction: Transaction): number {
  let at = Number.POSITIVE_INFINITY
  transaction.mapping.maps[0]?.forEach((_from, _to, start) => (at = Math.min(at, start)))
  return transaction.doc.resolve(Math.min(at, transaction.doc.content.size)).index(0) + 1
}

/** Tells the names of those whose changes arrive. */
function watchWriters({ session }: PadModel, tell: (names: readonly string[]) => void): () => void {
  const onTransaction = ({ local, beforeState, afterState }: YTransaction): void => {
    if (local) return
    const names: string[] = []
    for (const [client, clock] of afterState) {
      if (clock === (beforeState.get(client) ?? 0)) continue
      const author = session.authorOf(client)
      if (author === undefined || author === session.me.author) continue
      names.push(session.people.get(author)?.name || t('common.nameless'))
    }
    if (names.length > 0) tell(names)
  }
  session.doc.on('afterTransaction', onTransaction)
  return () => session.doc.off('afterTransaction', onTransaction)
}

/** The others' cursors, for the editor. */
export function cursorsOf(session: Session): RemoteCursor[] {
  const cursors: RemoteCursor[] = []
  for (const [client, { user, cursor }] of session.presence) {
    if (!user || !cursor) continue
    cursors.push({
      client,
      name: user.name || t('common.nameless'),
      colour: user.colour,
      anchor: cursor.anchor,
      head: cursor.head,
    })
  }
  return cursors
}

/** A link in a text one may change shows its address first; with the Ctrl or command key it opens. */
function openLink(event: MouseEvent, model: PadModel): void {
  const view = model.editor.peek()?.view
  const anchor = event.target instanceof Element ? event.target.closest('a[href]') : null
  if (!(anchor instanceof HTMLAnchorElement) || !view || !model.mayWrite.peek()) return
  event.preventDefault()
  if (event.ctrlKey || event.metaKey) window.open(anchor.href, '_blank', 'noopener,noreferrer')
  else requestAnimationFrame(() => showLink(view, anchor, model))
}

/** A frame after the press, when the browser and ProseMirror have settled the selection; words being selected win. */
function showLink(view: EditorView, anchor: HTMLAnchorElement, model: PadModel): void {
  if (view.isDestroyed || !anchor.isConnected || String(window.getSelection() ?? '') !== '') return
  const inside = TextSelection.near(view.state.doc.resolve(view.posAtDOM(anchor, 0)))
  const range = linkAt(view.state.apply(view.state.tr.setSelection(inside)))
  model.linking.value = range && { range, editing: false }
}

/** Escape in the text closes what is open, else leads to the toolbar, from where Tab goes on. */
function leaveText(model: PadModel): boolean {
  if (model.linking.peek() !== null) model.linking.value = null
  else if (model.panel.peek() !== null) model.panel.value = null
  else return focusTools()
  return true
}

function showLine(editor: Editor, line: number | null): void {
  if (line === null) return
  const lines = editor.view.dom.querySelectorAll('.line:not(.table .line), .block:not(.table .block), .table')
  lines[Math.min(line, lines.length) - 1]?.scrollIntoView({ block: 'center' })
}
