/** A file as it is sent: as it is where the board takes it, else drawn anew and smaller (SPEC-board B435). */
import { MAX_ASSET_BYTES } from '../../../shared/board/limits.ts'
import { PictureError } from './source.ts'

/** Pixels along the longer side that are sent; more is seen by nobody and slow for everybody. */
export const LONGEST = 4096
/** Bytes above which a picture is drawn anew, although the board would take it. */
const HEAVY = 4 * 1024 * 1024
/** Types that are sent as they are. */
const PLAIN: ReadonlySet<string> = new Set(['image/png', 'image/jpeg', 'image/webp', 'image/gif'])
const QUALITY = 0.9

/** What can be done with a picture of this type and size: kept as it is, or drawn anew at a part of its size. */
export function plan(
  { type, size }: { type: string; size: number },
  { width, height }: { width: number; height: number },
): { scale: number; redraw: boolean } {
  const scale = Math.min(1, LONGEST / Math.max(width, height))
  const plain = PLAIN.has(type) && size <= MAX_ASSET_BYTES
  // Drawn anew an animation would stand still.
  if (type === 'image/gif' && plain) return { scale: 1, redraw: false }
  return { scale, redraw: !plain || scale < 1 || size > HEAVY }
}

/** The picture to send and its size in pixels. @throws PictureError `noPicture` for what no browser can show, `tooLarge` */
export async function preparePicture(file: Blob): Promise<{ blob: Blob; width: number; height: number }> {
  const image = await decoded(file)
  try {
    const { width, height } = image
    const { scale, redraw } = plan(file, image)
    if (!redraw) return { blob: file, width, height }
    const canvas = document.createElement('canvas')
    canvas.width = Math.max(1, Math.round(width * scale))
    canvas.height = Math.max(1, Math.round(height * scale))
    const context = canvas.getContext('2d')
    if (!context) throw new PictureError('noPicture')
    context.imageSmoothingQuality = 'high'
    context.drawImage(image.source, 0, 0, canvas.width, canvas.height)
    const blob = await lightest(canvas, file.type)
    if (blob.size > MAX_ASSET_BYTES) throw new PictureError('tooLarge')
    return { blob, width: canvas.width, height: canvas.height }
  } finally {
    image.close()
  }
}

interface Decoded {
  readonly source: CanvasImageSource
  readonly width: number
  readonly height: number
  close(): void
}

async function decoded(file: Blob): Promise<Decoded> {
  if (file.type !== 'image/svg+xml')
    try {
      const bitmap = await createImageBitmap(file)
      return { source: bitmap, width: bitmap.width, height: bitmap.height, close: () => bitmap.close() }
    } catch {
      // Some kinds of files only an image element can read.
    }
  const address = URL.createObjectURL(file)
  const image = new Image()
  const close = (): void => URL.revokeObjectURL(address)
  try {
    image.src = address
    await image.decode()
  } catch {
    close()
    throw new PictureError('noPicture')
  }
  // A drawing without a size of its own.
  const { naturalWidth: width, naturalHeight: height } = image
  return { source: image, width: width || 800, height: height || 600, close }
}

/** Photographs as JPEG; what may have clear parts as WebP, or PNG where the browser writes no WebP. */
async function lightest(canvas: HTMLCanvasElement, from: string): Promise<Blob> {
  const type = from === 'image/jpeg' ? 'image/jpeg' : 'image/webp'
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, type, QUALITY))
  if (!blob) throw new PictureError('tooLarge')
  return blob
}
