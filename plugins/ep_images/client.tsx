/** Pictures in the text: brought by paste, drop and choice, shown, changed. */
import { NodeSelection, Plugin } from 'prosemirror-state'
import type { EditorView } from 'prosemirror-view'
import type { ClientContext, Fields, Off, PadPictures } from '../../shared/plugin.ts'
import { hasImages, meansPictures, picturesIn } from './files.ts'

type Context = ClientContext<Fields, { sent: string }>

const ICON =
  'M4.5 3.5h11a2 2 0 0 1 2 2v9a2 2 0 0 1-2 2h-11a2 2 0 0 1-2-2v-9a2 2 0 0 1 2-2zM2.5 13.5l3.6-3.6a1.5 1.5 0 0 1 2.1 0l5.6 6.4M11.5 13.6l1.4-1.4a1.5 1.5 0 0 1 2.1 0l2.5 2.5M13.9 7a1.1 1.1 0 1 0-2.2 0a1.1 1.1 0 1 0 2.2 0z'
/** What a selected picture takes. */
const PRESSED: ReadonlySet<string> = new Set(['Enter', ' ', '+', '-'])
const late = (): Promise<typeof import('./late.ts')> => import('./late.ts')

export function client(given: Context): Off {
  let album: Promise<PadPictures> | null = null
  let off: Off = () => undefined
  let ended = false
  /** Others learn at once when the server has a picture that they wait for. */
  async function open(): Promise<PadPictures> {
    const pictures = await given.pictures()
    const { takeBack } = await late()
    if (ended) return pictures
    const offs = [pictures.onSent((key) => given.send('sent', key)), takeBack(context, pictures)]
    off = () => offs.forEach((end) => end())
    return pictures
  }
  const context: Context = {
    ...given,
    pictures() {
      album ??= open().catch((error: unknown) => {
        album = null
        throw error
      })
      return album
    },
  }
  const bring = (files?: readonly File[], at?: DragEvent): void => {
    late()
      .then((tools) => tools.bring(context, files, at))
      .catch(() => context.toast(context.t('trouble.offline'), 'warning'))
  }
  context.action({
    id: 'image',
    label: 'insert',
    icon: ICON,
    group: 'lines',
    place: ['bar', 'more', 'slash'],
    section: 'insert',
    priority: 1,
    writes: true,
    run: () => bring(),
  })
  /** Words with pictures among them; when nothing can be fetched the words come alone. */
  const pasteWords = (view: EditorView, data: DataTransfer): boolean => {
    const html = data.getData('text/html')
    const code = view.state.selection.$from.parent.attrs['code-block'] ?? null
    if (!view.editable || code !== null || !hasImages(html) || html.includes('data-inkpad=')) return false
    const pasted = { html, rtf: data.getData('text/rtf'), files: picturesIn(data.files) }
    late()
      .then((tools) => tools.pasteWords(context, view, pasted))
      .catch(() => view.pasteHTML(html))
    return true
  }
  /** Without them copied pictures stay where they are. */
  const withTools = (use: (tools: typeof import('./late.ts')) => void): void => {
    late().then(use, () => undefined)
  }
  const noteCopied = ({ state }: EditorView): false => {
    // A page that shows no picture copies none.
    if (album) withTools((tools) => tools.noteCopied(context, state))
    return false
  }
  const drop = (view: EditorView, event: DragEvent): boolean => {
    const { dataTransfer: data } = event
    // What is dragged within the text is the editor's.
    if (!data || !view.editable || view.dragging) return false
    const html = data.getData('text/html')
    if (html.includes('data-inkpad=')) {
      withTools(({ bringCopied }) => bringCopied(context, html))
      return false
    }
    const files = picturesIn(data.files)
    if (files.length > 0) bring(files, event)
    else if (hasImages(html)) {
      const text = data.getData('text/plain')
      late()
        .then((tools) => tools.dropWords(context, view, html, text, event))
        .catch(() => context.toast(context.t('trouble.offline'), 'warning'))
    } else return false
    event.preventDefault()
    return true
  }
  context.lateEmbedView('image', 'figure', async () => (await late()).pictureView(context))
  context.prosemirror(
    new Plugin({
      props: {
        handleDOMEvents: {
          copy: noteCopied,
          cut: noteCopied,
          dragstart: noteCopied,
          drop,
          paste(view, event) {
            const { clipboardData: data } = event
            if (!data || !view.editable) return false
            const html = data.getData('text/html')
            if (html.includes('data-inkpad=')) withTools(({ bringCopied }) => bringCopied(context, html))
            const alone = picturesIn(data.files).length > 0 && meansPictures(html, data.getData('text/plain'))
            if (alone || !pasteWords(view, data)) return false
            event.preventDefault()
            return true
          },
        },
        handlePaste(view, event) {
          const { clipboardData } = event
          const files = picturesIn(clipboardData?.files ?? [])
          if (!view.editable || files.length === 0) return false
          const [html, text] = ['text/html', 'text/plain'].map((type) => clipboardData?.getData(type) ?? '')
          if (!meansPictures(html ?? '', text ?? '')) return false
          bring(files)
          return true
        },
        handleKeyDown(view, event) {
          const { selection } = view.state
          if (!(selection instanceof NodeSelection) || event.ctrlKey || event.metaKey || event.altKey)
            return false
          if (!PRESSED.has(event.key) || !context.formats.embedOf(selection.node)?.['image']) return false
          const { key } = event
          void late().then(({ pressed }) => pressed(context, view, key))
          return true
        },
      },
    }),
  )
  context.receive('sent', (_from, key) => {
    // A page that shows no picture waits for none.
    void album?.then((pictures) => pictures.arrived(key))
  })

  return () => {
    ended = true
    off()
  }
}
