/** Copying the selection, or everything, as a picture or as SVG (SPEC-board B528). */
import { base64OfBytes } from '../../../shared/board/base64.ts'
import { createPictureSource } from '../pictures/source.ts'
import { boardTheme } from '../ui/theme.ts'
import type { BoardUi } from '../ui/ui.ts'

/** Pixels a page unit. */
const SCALE = 2

/** What is selected, else the whole board. */
function chosen({ editor }: BoardUi): ReadonlySet<string> {
  const selection = editor.selection.peek()
  return selection.size > 0 ? selection : new Set(editor.scene.shapes.keys())
}

/** What is seen there, as PNG. False when there is nothing, or the browser does not let a page copy. */
export async function copyPicture(ui: BoardUi): Promise<boolean> {
  // The promise goes in at once: some browsers forget the key press while a picture is made.
  const png = (async () => {
    const { boundsOf } = await import('./selection.ts')
    const bounds = boundsOf(ui.editor.scene, chosen(ui))
    if (!bounds) throw new Error('nothing')
    return blobOf(await ui.view.picture(bounds, SCALE, true))
  })()
  try {
    await navigator.clipboard.write([new ClipboardItem({ 'image/png': png })])
    return true
  } catch {
    return false
  }
}

function blobOf(canvas: HTMLCanvasElement): Promise<Blob> {
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('no picture'))), 'image/png')
  })
}

/** The shapes as SVG, with their pictures in it. */
export async function copySvg(ui: BoardUi): Promise<boolean> {
  const { scene } = ui.editor
  const ids = chosen(ui)
  const source = createPictureSource(ui.addressOf(''), () => ui.session.ticket)
  const text = (async () => {
    const { partOf, svgOf } = await import('./selection.ts')
    const pictures = new Map<string, string>()
    for (const shape of partOf(scene, ids).values()) {
      if (shape.kind !== 'image' || pictures.has(shape.asset)) continue
      // One that cannot be fetched leaves its place empty.
      const address = await source.fetch(shape.asset).then(addressOf, () => null)
      if (address !== null) pictures.set(shape.asset, address)
    }
    const picture = (key: string): string | null => pictures.get(key) ?? null
    const svg = svgOf(scene, ids, { theme: boardTheme.peek(), ground: false, picture })
    if (svg === null) throw new Error('nothing')
    return new Blob([svg], { type: 'text/plain' })
  })()
  try {
    await navigator.clipboard.write([new ClipboardItem({ 'text/plain': text })])
    return true
  } catch {
    return false
  }
}

async function addressOf(picture: Blob): Promise<string> {
  return `data:${picture.type};base64,${base64OfBytes(new Uint8Array(await picture.arrayBuffer()))}`
}
