/** Puts the editor into the page and ties it to the model. */
import { effect } from '@preact/signals'
import { t } from '../i18n.ts'
import type { Editor, EditorOptions, RemoteCursor } from '../editor/types.ts'
import type { Session } from '../net/types.ts'
import { toast } from '../ui/toasts.tsx'
import { lineFromHash } from './options.ts'
import type { PadModel } from './model.ts'

/** `createEditor` of the editor. */
export type CreateEditor = (options: EditorOptions) => Editor

/** Creates the editor in `place`; the answer takes it away. */
export function mountEditor(model: PadModel, place: HTMLElement, createEditor: CreateEditor): () => void {
  const { session, preferences } = model
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
    label: t('pad.text'),
    onState: (state) => (model.editorState.value = state),
    onCursor: (cursor) => session.setCursor(cursor),
    onError: () => toast(t('pad.mended'), 'info'),
  })
  model.editor.value = editor
  model.editorState.value = editor.state
  editor.setCursors(cursorsOf(session))

  const goToLine = (): void => showLine(editor, lineFromHash(location.hash))
  const offs = [
    effect(() => editor.setReadOnly(!model.mayWrite.value)),
    effect(() => editor.setAuthorStyle(preferences.authors.value)),
    session.on('authors', () => editor.authorsChanged()),
    session.on('people', () => {
      editor.authorsChanged()
      editor.setCursors(cursorsOf(session))
    }),
    session.on('presence', () => editor.setCursors(cursorsOf(session))),
  ]
  window.addEventListener('hashchange', goToLine)
  goToLine()
  return () => {
    window.removeEventListener('hashchange', goToLine)
    for (const off of offs) off()
    model.editor.value = null
    model.editorState.value = null
    editor.destroy()
  }
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

function showLine(editor: Editor, line: number | null): void {
  if (line === null) return
  const lines = editor.view.dom.children
  lines[Math.min(line, lines.length) - 1]?.scrollIntoView({ block: 'center' })
}
