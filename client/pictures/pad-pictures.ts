/** The pictures of a pad's text on this page (SPEC-text I1 to I6): taken, kept until they are sent, shown. */
import type { PadPictures } from '../../shared/plugin/pictures.ts'
import { preparePicture } from '../board/pictures/prepare.ts'
import { createPictureSource } from '../board/pictures/source.ts'
import type { Session } from '../net/types.ts'
import { createCopies } from './copies.ts'
import { linkPicture } from './link.ts'
import { namedPicture } from './name.ts'
import { createSending } from './sending.ts'
import { createShowing } from './showing.ts'
import { createWaiting } from './waiting.ts'

const ACCEPT = 'image/png,image/jpeg,image/webp,image/gif,image/avif,image/bmp,image/svg+xml'

interface PadPicturesParts {
  session: Pick<Session, 'on' | 'ticket'>
  /** The pad's own page, and the pad as that names it. */
  address: string
  pad: string
  report: (error: unknown) => void
}

/** They live as long as the page. */
export function createPadPictures({ session, address, pad, report }: PadPicturesParts): PadPictures {
  const source = createPictureSource(address, () => session.ticket, 'pictures')
  const waiting = createWaiting(storage(), report)
  const listeners = new Set<(key: string) => void>()
  const sending = createSending({
    send: (bytes, progress) => source.send(bytes, progress),
    sent(key) {
      void waiting.remove(address, key)
      showing.retry(key)
      for (const listener of listeners) listener(key)
    },
    failed: (key) => void waiting.remove(address, key),
    after(ms, run) {
      const timer = setTimeout(run, ms)
      return () => clearTimeout(timer)
    },
  })
  const kept = takeUp()
  const showing = createShowing({
    async local(key) {
      await kept
      // A picture that is being copied is not asked for before it is there.
      await copies.asked(key)
      return sending.bytesOf(key) ?? null
    },
    address: (key) => (session.ticket === undefined ? `${address}/pictures/${key}` : null),
    fetch: (key) => source.fetch(key),
  })
  const copies = createCopies({
    pad,
    storage: localCopies(),
    link: (from, key) => linkPicture(address, () => session.ticket, from, key),
    arrived(key) {
      showing.retry(key)
      for (const listener of listeners) listener(key)
    },
    now: Date.now,
    after: (ms, run) => void setTimeout(run, ms),
  })
  session.on('open', () => {
    sending.retry()
    showing.retry()
  })

  /** What an earlier visit could not send. */
  async function takeUp(): Promise<void> {
    for (const { key, bytes } of await waiting.list(address)) sending.add(key, bytes)
  }

  return {
    underWay: sending.underWay,
    async take(file) {
      const { blob } = await preparePicture(file)
      const { key, type, width, height, bytes } = await namedPicture(blob)
      const clean = new Blob([bytes], { type })
      await waiting.add({ pad: address, key, bytes: clean, time: Date.now() })
      sending.add(key, clean)
      return { key, type, width, height }
    },
    show: (image, key, tell) => showing.show(image, key, tell),
    arrived: (key) => showing.retry(key),
    onSent(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    copied: (keys) => copies.copied(keys),
    pasted: (words) => copies.pasted(words),
    pick: () => pickFiles(),
  }
}

function localCopies(): Storage | null {
  try {
    return localStorage
  } catch {
    return null
  }
}

function storage(): IDBFactory | null {
  try {
    return indexedDB
  } catch {
    return null
  }
}

function pickFiles(): Promise<readonly File[]> {
  return new Promise((resolve) => {
    const input = document.createElement('input')
    input.type = 'file'
    input.accept = ACCEPT
    input.multiple = true
    input.addEventListener('change', () => resolve([...(input.files ?? [])]))
    input.addEventListener('cancel', () => resolve([]))
    input.click()
  })
}
