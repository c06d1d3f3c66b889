/** Headings are a format of the core's (`header` on the newline); this plugin gives people the means to set them. */
import { plugin } from '../../shared/plugin.ts'

/** The levels there are, as HTML has them. */
export const LEVELS = [1, 2, 3, 4, 5, 6] as const

export const declaration = plugin({ name: 'ep_headings2' })
