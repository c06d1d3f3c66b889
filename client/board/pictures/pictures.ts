/** A board's pictures on this page: those it shows, and those a person brings. */
import { MAX_ASSET_BYTES } from '../../../shared/board/limits.ts'
import type { Session } from '../../net/types.ts'
import type { Say } from '../together/meeting.ts'
import type { Editor, Off } from '../types.ts'
import { bringLater } from './bring-later.ts'
import type { Bringer } from './bring.ts'
import { createSeenPictures } from './elsewhere.ts'
import { createShelf } from './shelf.ts'
import type { Bitmap, Shelf } from './shelf.ts'
import { createPictureSource } from './source.ts'
import type { PictureSource } from './source.ts'

/** Pixels along the longer side of a picture as it is kept at hand. */
const DECODED = 2048
const ACCEPT = 'image/png,image/jpeg,image/webp,image/gif,image/avif,image/bmp,image/svg+xml'

export interface BoardPictures {
  /** For the view. */
  readonly shelf: Shelf
  /** Takes over the editor's hooks: pictures that are pasted, dropped or chosen. */
  connect(editor: Editor, say: Say): Bringer
  destroy(): void
}

/** `address` is the board's own page. */
export function createBoardPictures(session: Session, address: string): BoardPictures {
  const here = address.replace(/[?#].*$/, '')
  const ticket = (): string | undefined => session.ticket
  const seen = createSeenPictures(storageOf(), here)
  const source: PictureSource = createPictureSource(here, ticket)
  const fetchHere = async (asset: string): Promise<Blob> => {
    const picture = await source.fetch(asset)
    seen.note(asset)
    return picture
  }

  /** A picture of another board is sent to this one, where it has the same key. */
  async function fetchElsewhere(asset: string): Promise<void> {
    const elsewhere = seen.find(asset)
    if (elsewhere === null) return
    try {
      const picture = await createPictureSource(elsewhere, ticket).fetch(asset)
      shelf.put(asset, picture)
      await source.send(picture, () => {})
    } catch {
      // The place of the picture stays empty, as with any picture that is gone.
    }
  }

  const shelf = createShelf({
    source: { fetch: fetchHere },
    decode,
    now: () => performance.now(),
    after(ms, run) {
      const timer = setTimeout(run, ms)
      return () => clearTimeout(timer)
    },
  })
  const offs: Off[] = [session.on('open', () => shelf.retry())]

  return {
    shelf,
    connect(editor, say) {
      const bringer = bringLater({
        editor,
        source,
        prepare: async (file) => (await import('./prepare.ts')).preparePicture(file),
        have(asset, picture) {
          seen.note(asset)
          shelf.put(asset, picture)
        },
        say,
      })
      editor.hooks.takeFiles = (files, at) => bringer.take(files, at)
      editor.hooks.bringPictures = (assets) => assets.forEach((asset) => void fetchElsewhere(asset))
      editor.hooks.pickImages = (at) => pickFiles((files) => bringer.take(files, at))
      offs.push(() => {
        editor.hooks.takeFiles = undefined
        editor.hooks.pickImages = undefined
        editor.hooks.bringPictures = undefined
      })
      return bringer
    },
    destroy() {
      offs.forEach((off) => off())
      shelf.destroy()
    },
  }
}

/** The browser's small lasting memory; null where it denies one. */
function storageOf(): Storage | null {
  try {
    return localStorage
  } catch {
    return null
  }
}

/** Lets the person choose files; nothing happens when they choose none. */
function pickFiles(chosen: (files: readonly File[]) => void): void {
  const input = document.createElement('input')
  input.type = 'file'
  input.accept = ACCEPT
  input.multiple = true
  input.addEventListener('change', () => {
    if (input.files && input.files.length > 0) chosen([...input.files])
  })
  input.click()
}

/** A picture as it is painted, made smaller where it is much larger than any screen. */
async function decode(picture: Blob): Promise<Bitmap> {
  if (picture.size > MAX_ASSET_BYTES) throw new RangeError('too large')
  const whole = await createImageBitmap(picture)
  const longest = Math.max(whole.width, whole.height)
  if (longest <= DECODED) return whole
  try {
    return await createImageBitmap(whole, {
      resizeWidth: Math.max(1, Math.round((whole.width * DECODED) / longest)),
      resizeHeight: Math.max(1, Math.round((whole.height * DECODED) / longest)),
      resizeQuality: 'medium',
    })
  } finally {
    whole.close()
  }
}
