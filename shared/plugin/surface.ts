/** A whole work area a plugin puts beside the text: a board, a table of figures, a picture to talk about. */
import type { ReadonlySignal } from '@preact/signals'
import type { ComponentChild } from 'preact'
import type { Off } from '../plugin.ts'

/**
 * How a surface stands in the page: `beside` shares the room with the text, `full` has all of it while the text goes on
 * behind it, `side` is as narrow as a panel. On a phone it is always `full`.
 */
export type SurfaceMode = 'beside' | 'full' | 'side'

/** What a surface knows of its place. */
export interface SurfaceHandle {
  /** How it stands now. */
  readonly mode: ReadonlySignal<SurfaceMode>
  /** Back to the text. */
  close(): void
}

/** What stands in a surface: a component, or an element of its own that a function fills and lets go of again. */
export type SurfaceContent =
  | { view: (surface: SurfaceHandle) => ComponentChild }
  | { mount: (element: HTMLElement, surface: SurfaceHandle) => void | Off }

/** A work area. It is opened by an action of the same id that is made for it, and by `?surface=ID` in the address. */
export interface SurfacePart {
  /** Small letters, digits, `-` and `_`; unique in the page. */
  id: string
  /** A key of the plugin's translations. */
  title: string
  icon: string
  /** Where its action has a button; left out: the header, beside "Text". */
  place?: readonly ('header' | 'bar' | 'menu')[]
  keys?: string
  /** How it stands until the person chooses; left out: `beside`. */
  mode?: SurfaceMode
  /**
   * Gives what stands in it. Asked once in a page, when it is opened first: import here what it draws with, so that only
   * who opens it waits for that. What it throws is shown with a button that tries again.
   */
  content: () => SurfaceContent | Promise<SurfaceContent>
}
