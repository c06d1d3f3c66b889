/** A text with what plugins of ours add, and the table for it. */
import { declaration as align } from '../../../plugins/ep_align/shared.ts'
import { declaration as colour } from '../../../plugins/ep_font_color/shared.ts'
import { declaration as size } from '../../../plugins/ep_font_size/shared.ts'
import { declaration as script } from '../../../plugins/ep_subscript_and_superscript/shared.ts'
import { composeFormats } from '../../../server/plugins/formats.ts'
import type { Content, Insert } from '../../../shared/text/delta.ts'

export const pluginFormats = composeFormats(
  [align, colour, size, script].flatMap(({ formats }) => formats ?? []),
)

export const MIRA = 'a.mmmmmmmmmmmmmmmm'
export const KARL = 'a.kkkkkkkkkkkkkkkk'
export const PEOPLE = [
  { author: KARL, name: 'Karl', colour: '3' },
  { author: MIRA, name: 'Mira & <co>', colour: '8' },
]

const line = (text: string, attributes?: Insert['attributes']): Insert[] => [
  ...(text === '' ? [] : [{ insert: text, attributes: { author: MIRA } }]),
  attributes === undefined ? { insert: '\n' } : { insert: '\n', attributes },
]

export const rich: Content = [
  ...line('A title', { header: 1 }),
  { insert: 'red', attributes: { color: 'red', author: KARL } },
  { insert: ' marked', attributes: { background: 'yellow', author: KARL } },
  { insert: ' large', attributes: { size: 24 } },
  { insert: ' H' },
  { insert: '2', attributes: { script: 'sub' } },
  { insert: 'O m' },
  { insert: '2', attributes: { script: 'super', bold: true, italic: true, underline: true, strike: true } },
  ...line(''),
  ...line('centred', { align: 'center' }),
  ...line('right', { align: 'right' }),
  ...line('justified', { align: 'justify' }),
  ...line('שלום עולם and English', { direction: 'rtl', align: 'right' }),
  ...line('中文，日本語 😀'),
  ...line('Second', { header: 2 }),
  ...line('tab\there'),
]
