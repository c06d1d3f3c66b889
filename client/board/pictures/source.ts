/** Where pictures come from and go to: `board/assets` beside a board's page, `pictures` beside a pad's (SPEC-board B431). */
import { isAssetKey } from '../../../shared/board/check/values.ts'
import type { Asset } from '../../../shared/board/model/board.ts'
import { isAsset } from '../../../shared/board/model/board.ts'

/** Why a picture did not come or go. */
export type PictureTrouble = 'offline' | 'gone' | 'tooLarge' | 'noPicture' | 'full' | 'tooFast' | 'forbidden'

export class PictureError extends Error {
  readonly trouble: PictureTrouble
  constructor(trouble: PictureTrouble) {
    super(`picture: ${trouble}`)
    this.name = 'PictureError'
    this.trouble = trouble
  }
}

export interface PictureSource {
  /** @throws PictureError `gone`, `offline` */
  fetch(key: string): Promise<Blob>
  /** Sends a picture; `progress` gets 0 to 1. @throws PictureError */
  send(picture: Blob, progress: (part: number) => void): Promise<{ key: string; asset: Asset }>
}

/** Ms a picture may take on its way. */
const PATIENCE = 90_000
const TICKET = 'X-Inkpad-Ticket'

/** `address` is the board's or pad's own page; `ticket` proves who this is where cookies do not. */
export function createPictureSource(
  address: string,
  ticket: () => string | undefined,
  name: 'assets' | 'pictures' = 'assets',
): PictureSource {
  const folder = `${address.replace(/[?#].*$/, '')}/${name}`

  return {
    async fetch(key) {
      if (!isAssetKey(key)) throw new PictureError('gone')
      const proof = ticket()
      let response: Response
      try {
        response = await fetch(`${folder}/${key}`, {
          credentials: 'same-origin',
          headers: proof === undefined ? {} : { [TICKET]: proof },
          signal: AbortSignal.timeout(PATIENCE),
        })
      } catch {
        throw new PictureError('offline')
      }
      if (response.status === 404 || response.status === 403 || response.status === 401)
        throw new PictureError('gone')
      if (!response.ok) throw new PictureError('offline')
      return response.blob()
    },

    // Not `fetch`, which tells nothing of how far a request has got.
    send: (picture, progress) =>
      new Promise((resolve, reject) => {
        const request = new XMLHttpRequest()
        const proof = ticket()
        request.open('POST', folder)
        request.responseType = 'json'
        request.timeout = PATIENCE
        request.setRequestHeader('Accept', 'application/json')
        if (proof !== undefined) request.setRequestHeader(TICKET, proof)
        request.upload.addEventListener('progress', ({ loaded, total }) => {
          if (total > 0) progress(loaded / total)
        })
        const lost = (): void => reject(new PictureError('offline'))
        request.addEventListener('error', lost)
        request.addEventListener('timeout', lost)
        request.addEventListener('abort', lost)
        request.addEventListener('load', () => {
          const kept = request.status === 201 ? readKept(request.response) : null
          if (kept) resolve(kept)
          else reject(new PictureError(troubleOf(request.status, request.response)))
        })
        request.send(picture)
      }),
  }
}

/** What the server says it has kept. */
export function readKept(answer: unknown): { key: string; asset: Asset } | null {
  if (typeof answer !== 'object' || answer === null) return null
  const { key, type, width, height, bytes } = answer as Record<string, unknown>
  if (typeof key !== 'string' || !isAsset(key, { t: type, w: width, h: height, n: bytes })) return null
  return {
    key,
    asset: { mime: String(type), width: Number(width), height: Number(height), bytes: Number(bytes) },
  }
}

function troubleOf(status: number, answer: unknown): PictureTrouble {
  if (status === 400) return 'noPicture'
  if (status === 401 || status === 403) return 'forbidden'
  if (status === 404) return 'gone'
  if (status === 429) return 'tooFast'
  if (status !== 413) return 'offline'
  const message = typeof answer === 'object' && answer !== null && 'message' in answer ? answer.message : ''
  return String(message).includes('no room') ? 'full' : 'tooLarge'
}
