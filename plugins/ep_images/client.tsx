/** Pictures in the text: brought by paste, drop and choice, shown, changed. */
import { NodeSelection, Plugin } from 'prosemirror-state'
import type { ClientContext, Fields, Off, PadPictures } from '../../shared/plugin.ts'
import { meansPictures, picturesIn } from './files.ts'

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
    if (!ended) off = pictures.onSent((key) => given.send('sent', key))
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
  const bring = (files: readonly File[], at?: DragEvent): void => {
    const begin = async (): Promise<void> => {
      const { bringPictures, cursorTo } = await late()
      const view = context.view.peek()
      if (at && view) cursorTo(view, at)
      await bringPictures(context, files)
    }
    begin().catch(offline)
  }
  const offline = (): void => context.toast(context.t('trouble.offline'), 'warning')
  const pick = async (): Promise<void> => {
    const files = await (await context.pictures()).pick()
    if (files.length > 0) bring(files)
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
    run: () => {
      pick().catch(offline)
    },
  })
  context.lateEmbedView('image', 'figure', async () => (await late()).pictureView(context))
  context.prosemirror(
    new Plugin({
      props: {
        handlePaste(view, event) {
          const { clipboardData } = event
          const files = picturesIn(clipboardData?.files ?? [])
          if (!view.editable || files.length === 0) return false
          const [html, text] = ['text/html', 'text/plain'].map((type) => clipboardData?.getData(type) ?? '')
          if (!meansPictures(html ?? '', text ?? '')) return false
          bring(files)
          return true
        },
        handleDrop(view, event) {
          const files = picturesIn(event.dataTransfer?.files ?? [])
          if (!view.editable || files.length === 0) return false
          event.preventDefault()
          bring(files, event)
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
