/** The size of words: `size` on the characters, in CSS pixels at the browser's usual size of 16, or a name of Quill's. */
import { plugin } from '../../shared/plugin.ts'
import type { FormatValue } from '../../shared/text/delta.ts'
import { valueFormat } from '../../shared/text/formats.ts'
import type { InlineFormat } from '../../shared/text/formats.ts'

/** The sizes people choose from, those of Etherpad's plugin. */
export const SIZES = [
  8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 22, 24, 26, 28, 30, 35, 40, 45, 50, 60,
] as const

/** What a browser's `1rem` is before anybody changes it. */
const REM = 16
const MOST = 400
const NAMES: Readonly<Record<string, number>> = { small: 0.75, large: 1.5, huge: 2.5 }

/** A size in pixels, written as a number, `12` or `12px`; null for everything else. */
export function pixelsOf(value: unknown): number | null {
  const size =
    typeof value === 'string' && /^\d{1,3}(?:px)?$/.test(value) ? Number.parseInt(value, 10) : value
  return typeof size === 'number' && Number.isInteger(size) && size >= 1 && size <= MOST ? size : null
}

/** The size as CSS that grows with the browser's own; null for what is none. */
function cssSize(value: FormatValue): string | null {
  const size = pixelsOf(value)
  if (size !== null) return `${size / REM}rem`
  return typeof value === 'string' && Object.hasOwn(NAMES, value) ? `${NAMES[value]}em` : null
}

/** A class that Etherpad's plugin, or ours, gave: `font-size:12`, `size-12`. */
const CLASS = /^(?:font-size:|size-)(\d{1,3}|small|large|huge)$/

const size: InlineFormat = {
  ...valueFormat('size', (value) => typeof value !== 'boolean' && cssSize(value as FormatValue) !== null),
  draw(value) {
    const css = cssSize(value)
    if (css === null) return null
    const own = pixelsOf(value)
    return {
      class: `size size-${own ?? value}`,
      style: { '--size': css },
      plain: { 'font-size': own === null ? css : `${own}px` },
    }
  },
  read({ classes }) {
    const said = classes.map((name) => CLASS.exec(name)?.[1]).find((name) => name !== undefined)
    if (said === undefined) return undefined
    return pixelsOf(said) ?? said
  },
}

export const declaration = plugin({ name: 'ep_font_size', formats: { inline: [size] } })
