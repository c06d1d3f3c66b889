/** Which panels are open: one at the end side, and where the page is wide one at the start side. */
import { signal } from '@preact/signals'
import type { ReadonlySignal } from '@preact/signals'
import type { PadModel } from './model.ts'

/** From this width, in pixels, there is room for a panel at the start side beside the text. */
const WIDE = 1280

const query = typeof matchMedia === 'undefined' ? null : matchMedia(`(min-width: ${WIDE}px)`)
const wideNow = signal(query?.matches ?? true)
query?.addEventListener('change', ({ matches }) => (wideNow.value = matches))

/** Is there room at the start side? */
export const isWide: ReadonlySignal<boolean> = wideNow

/** Whether a plugin's panel is in sight. */
export function isPanelOpen(model: PadModel, id: string): boolean {
  return model.panel.value === id || (isWide.value && model.startPanel.value === id)
}

/** Pages whose panel was opened last by itself, and not by somebody. */
const openedQuietly = new WeakSet<PadModel>()

/** Whether the panel that opens now is to leave the focus where it is. */
export function opensQuietly(model: PadModel): boolean {
  return openedQuietly.has(model)
}

/** Opens a plugin's panel at its side; `quiet`: nobody asked for it. */
export function openPanel(model: PadModel, id: string, quiet = false): void {
  if (quiet) openedQuietly.add(model)
  else openedQuietly.delete(model)
  const part = model.parts.panels.parts.peek().find(({ value }) => value.id === id)
  if (part?.value.side === 'start' && isWide.peek()) model.startPanel.value = id
  else model.panel.value = id
}

/** Closes a panel, when it is open. */
export function closePanel(model: PadModel, id: string): void {
  if (model.panel.peek() === id) model.panel.value = null
  if (model.startPanel.peek() === id) model.startPanel.value = null
}
