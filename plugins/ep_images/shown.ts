/** A picture on the screen, as its tools and keys know it. */
import type { Picture } from './value.ts'

/** What tools get of a picture. */
export interface Shown {
  readonly picture: Picture
  readonly figure: HTMLElement
  /** Writes another value into the text. */
  change(to: Partial<Picture>): void
  /** Shows a size without writing it. */
  preview(show: number | null): void
  remove(): void
}

/** CSS pixels a line has for what is in it. */
export function roomFor(figure: Element): number {
  const line = figure.closest('.line')
  if (!line) return 1
  const { paddingInlineStart, paddingInlineEnd } = getComputedStyle(line)
  return Math.max(1, line.clientWidth - parseFloat(paddingInlineStart) - parseFloat(paddingInlineEnd))
}
