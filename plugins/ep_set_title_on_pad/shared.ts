/** One message both ways: the title. */
import { plugin } from '../../shared/plugin.ts'

/** The longest title, in UTF-16 units. */
export const LONGEST = 200

/** A title as it is kept: one line, no space at its ends; '' for none. @throws RangeError */
export function tidyTitle(title: unknown): string {
  if (typeof title !== 'string' || title.length > 4 * LONGEST) throw new RangeError('a title is a text')
  const line = title
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .trim()
  if (line.length <= LONGEST) return line
  // Never half a character.
  return line
    .slice(0, LONGEST)
    .replace(/[\ud800-\udbff]$/, '')
    .trimEnd()
}

export const declaration = plugin({
  name: 'ep_set_title_on_pad',
  messages: { title: tidyTitle },
})
