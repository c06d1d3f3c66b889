/** Sources for writers. */
import type { PadSource } from '../../../server/formats/types.ts'
import { NO_PAD_SETTINGS } from '../../../shared/settings.ts'
import type { Content } from '../../../shared/text/delta.ts'
import { coreFormats } from '../../../shared/text/formats.ts'

export function sourceOf(content: Content, more: Partial<PadSource> = {}): PadSource {
  return {
    shown: 'weather',
    title: 'weather',
    lang: 'en',
    rtl: false,
    revision: 3,
    time: 1_700_000_000_000,
    created: 1_690_000_000_000,
    formats: coreFormats,
    content,
    chat: [],
    people: [],
    settings: NO_PAD_SETTINGS,
    ...more,
  }
}
