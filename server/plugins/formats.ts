/** The one table of formats in use: the core's, and those of the plugins that are on. */
import { coreFormats, extendFormats } from '../../shared/text/formats.ts'
import type { FormatAdditions, Formats } from '../../shared/text/formats.ts'

/** Readers take `current` whenever they need it; it is another object after each change. */
export interface FormatTable {
  current: Formats
}

/** The core's formats. */
export function createFormatTable(): FormatTable {
  return { current: coreFormats }
}

/** The core's formats with more. @throws RangeError for a name that cannot be a format's */
export function composeFormats(additions: Iterable<FormatAdditions>): Formats {
  let formats = coreFormats
  for (const more of additions) formats = extendFormats(formats, more)
  return formats
}
