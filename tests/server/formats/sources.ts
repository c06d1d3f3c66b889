/** Sources for writers. */
import { writerOf } from '../../../server/formats/formats.ts'
import { NO_OPTIONS } from '../../../server/formats/types.ts'
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
    options: NO_OPTIONS,
    settings: NO_PAD_SETTINGS,
    past: [],
    ...more,
  }
}

/** A file as text. */
export function textOf(type: string, source: PadSource): string {
  const written = writerOf(type)?.write(source) ?? ''
  return typeof written === 'string' ? written : new TextDecoder().decode(written)
}

/** A file as bytes. */
export function bytesOf(type: string, source: PadSource): Uint8Array<ArrayBuffer> {
  const written = writerOf(type)?.write(source) ?? ''
  return typeof written === 'string' ? new TextEncoder().encode(written) : written
}
