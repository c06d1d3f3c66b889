/** Alignment of lines: `align` on the newline. Left and right are stored as they were chosen, whichever way a line runs. */
import { plugin } from '../../shared/plugin.ts'
import type { LineFormat } from '../../shared/text/formats.ts'

export const SIDES = ['left', 'center', 'right', 'justify'] as const

export type Side = (typeof SIDES)[number]

/** Is this a side a line can be at? */
export function isSide(value: unknown): value is Side {
  return SIDES.some((side) => side === value)
}

const align: LineFormat = {
  name: 'align',
  validate: isSide,
  draw: (value) => (isSide(value) ? { class: `align-${value}`, plain: { 'text-align': value } } : null),
  read({ tag, attribute, style, classes }) {
    const own = classes.map((name) => name.replace(/^(?:ql-)?align-/, '')).find(isSide)
    const said = (style('text-align') || (tag === 'center' ? 'center' : attribute('align'))).toLowerCase()
    if (said === 'left' && own === 'left') return 'left'
    if (said === 'left' || said === 'start') return null
    return isSide(said) ? said : own
  },
}

export const declaration = plugin({ name: 'ep_align', formats: { line: [align] } })
