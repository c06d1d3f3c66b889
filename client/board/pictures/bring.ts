/** Files that a person brings become pictures on the board: prepared, sent, placed (SPEC-board B435, B436). */
import type { ReadonlySignal, Signal } from '@preact/signals'
import { boxOf } from '../../../shared/board/geometry/box.ts'
import { newShapeId } from '../../../shared/board/ids.ts'
import { MAX_ASSETS, MAX_NAME, MAX_SHAPES } from '../../../shared/board/limits.ts'
import { assetValue } from '../../../shared/board/model/board.ts'
import type { Asset } from '../../../shared/board/model/board.ts'
import { createShape } from '../../../shared/board/model/write.ts'
import { newPlace } from '../editor/making.ts'
import type { Say } from '../together/meeting.ts'
import type { Editor, Point } from '../types.ts'
import { PictureError } from './source.ts'
import type { PictureSource, PictureTrouble } from './source.ts'

/** Pictures taken in one go. */
const MOST_AT_ONCE = 30
/** A picture takes up at most this part of what is seen. */
const SHARE = 0.6
const GAP = 24

/** A picture on its way. */
export interface Bringing {
  readonly id: string
  readonly name: string
  /** 0 to 1. */
  readonly part: number
}

export interface Bringer {
  readonly underWay: ReadonlySignal<readonly Bringing[]>
  /** Takes files to a place of the page; false when none of them is a picture. */
  take(files: readonly File[], at: Point): boolean
}

export interface BringerParts {
  editor: Editor
  /** Filled while pictures are on their way. */
  underWay: Signal<readonly Bringing[]>
  source: Pick<PictureSource, 'send'>
  /** As `preparePicture`. */
  prepare: (file: Blob) => Promise<{ blob: Blob; width: number; height: number }>
  /** A picture this page has sent need not be fetched. */
  have: (asset: string, picture: Blob) => void
  say: Say
}

const WORDS: Readonly<Record<PictureTrouble, string>> = {
  offline: 'board.pictureOffline',
  gone: 'board.pictureGone',
  tooLarge: 'board.pictureTooLarge',
  noPicture: 'board.pictureNone',
  full: 'board.pictureFull',
  tooFast: 'board.pictureTooFast',
  forbidden: 'board.pictureForbidden',
}

export function createBringer({ editor, underWay, source, prepare, have, say }: BringerParts): Bringer {
  const { scene } = editor

  function follow(id: string, name: string): (part: number) => void {
    underWay.value = [...underWay.peek(), { id, name, part: 0 }]
    return (part) => {
      underWay.value = underWay.peek().map((one) => (one.id === id ? { ...one, part } : one))
    }
  }

  async function bring(file: File, middle: Point): Promise<string | null> {
    const id = newShapeId()
    const progress = follow(id, file.name)
    try {
      const { blob } = await prepare(file)
      const { key, asset } = await source.send(blob, progress)
      have(key, blob)
      put(id, key, asset, middle, nameOf(file))
      return scene.shapes.has(id) ? id : null
    } catch (error) {
      const trouble = error instanceof PictureError ? error.trouble : 'noPicture'
      say(WORDS[trouble], { name: file.name })
      return null
    } finally {
      underWay.value = underWay.peek().filter((one) => one.id !== id)
    }
  }

  function put(id: string, key: string, asset: Asset, middle: Point, name: string): void {
    if (!editor.mayDraw.peek()) throw new PictureError('forbidden')
    const { shapes, assets } = scene.board
    if (shapes.size >= MAX_SHAPES || assets.size >= MAX_ASSETS) throw new PictureError('full')
    const { width, height } = sizeFor(editor, asset)
    const box = boxOf(middle.x - width / 2, middle.y - height / 2, width, height)
    const bounds = { left: box.x, right: box.x + width, top: box.y, bottom: box.y + height }
    editor.change((board) => {
      if (!board.assets.has(key)) board.assets.set(key, assetValue(asset))
      const { parent, order } = newPlace(scene, bounds, Math.random)
      createShape(board, {
        id,
        kind: 'image',
        box,
        order,
        asset: key,
        ...(parent === null ? {} : { parent }),
        ...(name === '' ? {} : { name }),
      })
    })
  }

  /** All of them, one beside the other, each as soon as it is there. */
  async function bringAll(files: readonly File[], at: Point): Promise<void> {
    const { left, right } = editor.camera.seen.peek()
    const columns = Math.ceil(Math.sqrt(files.length))
    const cell = ((right - left) * SHARE) / columns + GAP / editor.camera.place.peek().zoom
    const made: string[] = []
    for (const [i, file] of files.entries()) {
      const middle = {
        x: at.x + ((i % columns) - (columns - 1) / 2) * cell,
        y: at.y + Math.floor(i / columns) * cell,
      }
      const id = await bring(file, middle)
      if (id !== null) made.push(id)
    }
    if (made.length === 0) return
    if (editor.tool.peek() === 'image') editor.setTool('select')
    editor.select(made)
    say(made.length === 1 ? 'board.pictureHere' : 'board.picturesHere', { n: String(made.length) })
  }

  return {
    underWay,
    take(files, at) {
      const pictures = files.filter(({ type }) => type.startsWith('image/'))
      if (pictures.length === 0 || !editor.mayDraw.peek()) return false
      if (pictures.length > MOST_AT_ONCE) say('board.picturesMany', { n: String(MOST_AT_ONCE) })
      void bringAll(pictures.slice(0, MOST_AT_ONCE), at)
      return true
    },
  }
}

/** As large as it is, on a screen of usual density, but no larger than fits well into what is seen. */
function sizeFor({ camera }: Editor, { width, height }: Asset): { width: number; height: number } {
  const { left, top, right, bottom } = camera.seen.peek()
  const scale = Math.min(1, ((right - left) * SHARE) / width, ((bottom - top) * SHARE) / height)
  return { width: Math.max(1, width * scale), height: Math.max(1, height * scale) }
}

/** What a picture is called until somebody describes it; a name that only machines give is none. */
export function nameOf({ name }: { readonly name: string }): string {
  const words = name
    .replace(/\.[a-z\d]{1,5}$/i, '')
    .replaceAll(/[\s_\p{Cc}\u2028\u2029]+/gu, ' ')
    .trim()
  if (/^(?:image|img|dsc|dscn|screenshot|bild|unnamed|download|clipboard|pxl)?[\s\d()-]*$/i.test(words))
    return ''
  return words.slice(0, MAX_NAME)
}
