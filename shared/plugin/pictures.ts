/** The pictures of a pad's text, for plugins in its page (SPEC-text I1 to I6): kept beside the pad, named by their content. */
import type { ReadonlySignal } from '@preact/signals'
import type { Off } from '../plugin.ts'

/** What content writes of a picture. */
export interface PadPicture {
  /** SHA-256 of the bytes, in base64url; the same everywhere. */
  readonly key: string
  readonly type: string
  /** As it is shown, in pixels. */
  readonly width: number
  readonly height: number
}

/** Why a picture did not come or go. */
export type PictureTrouble = 'offline' | 'gone' | 'tooLarge' | 'noPicture' | 'full' | 'tooFast' | 'forbidden'

/** A picture of this device that the server does not have yet. */
export interface PictureUnderWay {
  /** 0 to 1. */
  readonly part: number
  /** Why it will not be sent; null: it will. */
  readonly trouble: PictureTrouble | null
}

/**
 * How a picture on the screen stands: `coming` is one that whoever brought it has not sent yet, `away` one that cannot be
 * fetched now; both are tried again.
 */
export type PictureSeen = 'loading' | 'shown' | 'coming' | 'away'

export interface PadPictures {
  /**
   * Makes a file ready: smaller where it is very large, without anything but the picture; keeps it on this device and
   * sends it as soon as there is a connection. Rejects with an error that has a `trouble`.
   */
  take(file: Blob): Promise<PadPicture>
  /** By key: what this device has to send. */
  readonly underWay: ReadonlySignal<ReadonlyMap<string, PictureUnderWay>>
  /** Shows a picture in an element, and tells how it stands. */
  show(image: HTMLImageElement, key: string, tell: (seen: PictureSeen) => void): Off
  /** Somebody has sent this picture: whoever waits for it tries at once. */
  arrived(key: string): void
  /** Called when the server has a picture of this device. */
  onSent(listener: (key: string) => void): Off
  /** Notes that these pictures of this pad were copied, for other pads in this browser. */
  copied(keys: readonly string[]): void
  /** Words were pasted: the server is asked to put pictures among them that were copied in another pad beside this one. */
  pasted(words: string): void
  /** Lets the person choose pictures; none when they choose none. */
  pick(): Promise<readonly File[]>
}
