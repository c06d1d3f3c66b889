/** What all islands know: the board's rooms, and what is open over the board. */
import { signal } from '@preact/signals'
import type { ReadonlySignal, Signal } from '@preact/signals'
import type { Person } from '../../../shared/protocol.ts'
import type { Session } from '../../net/types.ts'
import type { PadPerson } from '../../pad/others.ts'
import type { Bringer } from '../pictures/bring.ts'
import type { Together } from '../together/together.ts'
import type { BoardAction, Editor, Point, View } from '../types.ts'

/** Dialogs over the board; each is fetched when it is first opened. */
export type BoardDialog =
  | 'help'
  | 'palette'
  | 'templates'
  | 'ground'
  | 'link'
  | 'clear'
  | 'files'
  | 'name'
  | 'meeting'

export interface BoardUi {
  readonly editor: Editor
  readonly view: View
  readonly session: Session
  readonly together: Together
  /** Pictures this person brings. */
  readonly bringer: Bringer
  readonly me: ReadonlySignal<Person>
  readonly others: ReadonlySignal<readonly PadPerson[]>
  /** Everything a person can do here: the editor's, and those of the islands. */
  readonly actions: ReadonlySignal<ReadonlyMap<string, BoardAction>>
  readonly dialog: Signal<BoardDialog | null>
  /** The context menu's place on the screen. */
  readonly menuAt: Signal<Point | null>
  readonly minimap: Signal<boolean>
  /** The sheet of properties, where there is no room for the island. */
  readonly sheet: Signal<boolean>
  readonly searching: Signal<boolean>
  /** The frame that is shown as a slide; null outside of a presentation. */
  readonly slide: Signal<string | null>
  /** The board's root element. */
  readonly root: HTMLElement
  /** Gives the keyboard back to the board. */
  focusBoard(): void
  /** The address of this board with a fragment. */
  addressOf(fragment: string): string
}

/** The signals of a fresh board. */
export function openStates(): Pick<
  BoardUi,
  'dialog' | 'menuAt' | 'minimap' | 'sheet' | 'searching' | 'slide'
> {
  return {
    dialog: signal(null),
    menuAt: signal(null),
    minimap: signal(true),
    sheet: signal(false),
    searching: signal(false),
    slide: signal(null),
  }
}
