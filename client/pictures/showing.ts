/** A picture of a text on the screen: from this device while it waits, else from the server, again until it is there. */
import type { PictureSeen } from '../../shared/plugin/pictures.ts'
import { PictureError } from '../board/pictures/source.ts'

/** Ms until the next attempt: the first one, and the longest. */
const SOON = 1500
const LATE = 60_000

export interface Showing {
  show(image: HTMLImageElement, key: string, tell: (seen: PictureSeen) => void): () => void
  /** Tries again at once what is not there yet: one picture, or all. */
  retry(key?: string): void
}

interface ShowingParts {
  /** Bytes of this device. */
  local: (key: string) => Promise<Blob | null>
  /** Where an element may fetch it by itself; null where it cannot prove who asks. */
  address: (key: string) => string | null
  /** @throws PictureError */
  fetch: (key: string) => Promise<Blob>
}

export function createShowing({ local, address, fetch }: ShowingParts): Showing {
  const again = new Set<{ key: string; run: () => void }>()

  function show(image: HTMLImageElement, key: string, tell: (seen: PictureSeen) => void): () => void {
    let ended = false
    let timer: ReturnType<typeof setTimeout> | undefined
    let pause = SOON
    let made = ''
    const free = (): void => {
      if (made !== '') URL.revokeObjectURL(made)
      made = ''
    }
    const put = (bytes: Blob): void => {
      free()
      made = URL.createObjectURL(bytes)
      image.src = made
    }
    const self = { key, run: () => void begin() }
    const missing = (seen: PictureSeen): void => {
      if (ended) return
      tell(seen)
      again.add(self)
      timer = setTimeout(self.run, pause)
      pause = Math.min(LATE, pause * 2)
    }
    /** Asks for the bytes, which says why an element did not get them. */
    async function ask(): Promise<void> {
      try {
        const bytes = await fetch(key)
        if (!ended) put(bytes)
      } catch (error) {
        missing(error instanceof PictureError && error.trouble === 'gone' ? 'coming' : 'away')
      }
    }
    async function begin(): Promise<void> {
      clearTimeout(timer)
      again.delete(self)
      const own = await local(key)
      if (ended) return
      const from = address(key)
      if (own) {
        // It is here already; there is nothing to wait for.
        image.loading = 'eager'
        put(own)
      } else if (from !== null && pause === SOON) image.src = from
      else await ask()
    }
    const onLoad = (): void => tell('shown')
    const onError = (): void => {
      if (ended) return
      if (made === '') void ask()
      else missing('away')
    }
    image.addEventListener('load', onLoad)
    image.addEventListener('error', onError)
    tell('loading')
    void begin()
    return () => {
      ended = true
      clearTimeout(timer)
      again.delete(self)
      image.removeEventListener('load', onLoad)
      image.removeEventListener('error', onError)
      free()
    }
  }

  return {
    show,
    retry(key) {
      for (const one of again) if (key === undefined || one.key === key) one.run()
    },
  }
}
