/** The fonts of boards (SPEC-board B500): files of these come with us, so that a board looks the same everywhere. */
import type { Font } from '../model/style.ts'
import type { FontFace } from './commands.ts'

/** CSS families: first ours, then what a machine may have for letters that ours lack. */
export const FONT_FAMILIES: Readonly<Record<Font, string>> = {
  sans: "'Noto Sans', system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif",
  serif: "'Noto Serif', 'Noto Sans', 'Iowan Old Style', 'Palatino Linotype', Palatino, serif",
  mono: "'Noto Sans Mono', ui-monospace, 'SF Mono', 'Cascadia Mono', Menlo, Consolas, monospace",
  hand: "'Comic Neue', 'Noto Sans', 'Segoe Print', 'Bradley Hand', 'Comic Sans MS', cursive",
}

/** A face in the form of CSS `font`, as a canvas takes it. */
export function cssFont({ family, size, bold, italic }: FontFace): string {
  return `${italic ? 'italic ' : ''}${bold ? 'bold ' : ''}${size}px ${FONT_FAMILIES[family]}`
}
