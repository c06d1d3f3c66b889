/** The pad's board as a plugin can show it: the whole of it in an element, or live pictures of parts of it. */
import type { ReadonlySignal } from '@preact/signals'
import type { ShownBoard } from '../text/shown-board.ts'
import type { Off } from '../plugin.ts'

/** A frame on the board. */
export interface BoardFrame {
  readonly id: string
  /** Its title; may be empty. */
  readonly name: string
}

/** What of a board is shown. */
export type BoardPart = ShownBoard

/** The board of the pad that is open. It connects when something of it is shown, and ends some time after the last of it. */
export interface PadBoard {
  /** The address of the board's own page, relative to the pad's; with a part, where that is seen. */
  address(part?: BoardPart): string
  /** Puts the board into an element that has a size. */
  mount(element: HTMLElement, how?: { part?: BoardPart }): Off
  /** Keeps a picture of a part in an element as long as it is there; `changed` hears whether there is something to see. */
  picture(element: HTMLElement, part: BoardPart, changed?: (seen: 'loading' | 'empty' | 'shown') => void): Off
  /** The frames in reading order; null while they are unknown. Following them connects. */
  frames(): { readonly list: ReadonlySignal<readonly BoardFrame[] | null>; readonly off: Off }
}
