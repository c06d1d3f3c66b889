/**
 * The system's clipboard (SPEC-board B230): the browser's own events for keys, its asynchronous interface for buttons. Where
 * that is not allowed, what was copied on this page is kept for it.
 */
import type { Editor, Off, Point } from '../types.ts'
import type { Inside } from '../editor/inside.ts'
import { clipOf } from './clip.ts'
import type { Clip } from './clip.ts'
import { takeIn } from './paste.ts'
import type { Brought } from './paste.ts'

const NOTHING: Brought = { html: '', text: '', files: [] }

/** A clipboard for buttons. Never throws; what is not allowed is kept on the page. */
export interface PageClipboard {
  write(clip: Clip): void
  read(): Promise<Brought>
}

export function pageClipboard(clipboard: Clipboard | undefined): PageClipboard {
  let kept: Clip | null = null
  return {
    write(clip) {
      kept = clip
      if (!clipboard || typeof ClipboardItem === 'undefined') return
      const item = new ClipboardItem({
        'text/html': new Blob([clip.html], { type: 'text/html' }),
        'text/plain': new Blob([clip.text], { type: 'text/plain' }),
      })
      clipboard.write([item]).then(
        () => (kept = null),
        () => {},
      )
    },
    async read() {
      try {
        if (kept === null && clipboard) return await readItems(await clipboard.read())
      } catch {
        // Not allowed, or nothing there that a page may see.
      }
      return kept ? { ...NOTHING, ...kept } : NOTHING
    },
  }
}

/** Pictures on a clipboard that are looked at. */
const MOST_ITEMS = 20

async function readItems(items: ClipboardItems): Promise<Brought> {
  const files: File[] = []
  const texts = new Map<string, string>()
  for (const item of items.slice(0, MOST_ITEMS)) {
    for (const type of item.types) {
      if (type === 'text/html' || type === 'text/plain')
        texts.set(type, await (await item.getType(type)).text())
      else if (type.startsWith('image/')) files.push(new File([await item.getType(type)], '', { type }))
    }
  }
  return { html: texts.get('text/html') ?? '', text: texts.get('text/plain') ?? '', files }
}

function brought(data: DataTransfer | null): Brought {
  if (!data) return NOTHING
  return { html: data.getData('text/html'), text: data.getData('text/plain'), files: [...data.files] }
}

/** Listens for copy, cut, paste and drop while `isHere` says that the board is what is worked on. */
export function attachClipboard(
  element: HTMLElement,
  editor: Editor,
  isHere: (target: EventTarget | null) => boolean,
  place: (event: MouseEvent) => Point,
): Off {
  const page = element.ownerDocument
  const inside = editor as Inside
  inside.hooks.clipboard ??= pageClipboard(page.defaultView?.navigator.clipboard)

  const copy = (event: ClipboardEvent): void => {
    const clip = isHere(event.target) && clipOf(editor.scene, editor.selection.value)
    if (!clip || !event.clipboardData) return
    event.preventDefault()
    event.clipboardData.setData('text/html', clip.html)
    event.clipboardData.setData('text/plain', clip.text)
    if (event.type === 'cut') editor.actions.get('delete')?.run()
    inside.say('board.say.copied', { n: editor.selection.value.size })
  }
  const paste = (event: ClipboardEvent): void => {
    if (!isHere(event.target)) return
    if (takeIn(inside, brought(event.clipboardData), inside.spot())) event.preventDefault()
  }
  const over = (event: DragEvent): void => {
    if (!editor.mayDraw.value || !event.dataTransfer) return
    event.preventDefault()
    event.dataTransfer.dropEffect = 'copy'
  }
  const drop = (event: DragEvent): void => {
    if (!editor.mayDraw.value) return
    event.preventDefault()
    takeIn(inside, brought(event.dataTransfer), editor.camera.toPage(place(event)))
  }
  page.addEventListener('copy', copy)
  page.addEventListener('cut', copy)
  page.addEventListener('paste', paste)
  element.addEventListener('dragover', over)
  element.addEventListener('drop', drop)
  return () => {
    page.removeEventListener('copy', copy)
    page.removeEventListener('cut', copy)
    page.removeEventListener('paste', paste)
    element.removeEventListener('dragover', over)
    element.removeEventListener('drop', drop)
  }
}
