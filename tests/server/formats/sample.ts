/** A text with every format of the core, and what is hard about each. */
import type { Content, Insert } from '../../../shared/text/delta.ts'
import { normalise } from '../../../shared/text/lines.ts'

const line = (text: string, attributes: Insert['attributes'] = {}): Insert[] => [
  ...(text === '' ? [] : [{ insert: text }]),
  { insert: '\n', attributes },
]

export const everything: Content = normalise([
  ...line('Weather & <station>', { header: 1 }),
  { insert: 'Plain, ' },
  { insert: 'bold', attributes: { bold: true, author: 'a.aaaaaaaaaaaaaaaa' } },
  { insert: ' and ' },
  { insert: 'both', attributes: { bold: true, italic: true } },
  { insert: ', ' },
  { insert: 'under', attributes: { underline: true } },
  { insert: 'struck', attributes: { strike: true } },
  { insert: ' ' },
  { insert: 'co`de', attributes: { code: true } },
  { insert: ' ' },
  { insert: 'a link', attributes: { link: 'https://example.org/a(b)?x=1&copy=2' } },
  { insert: ' ' },
  { insert: 'no link', attributes: { link: 'javascript:alert(1)' } },
  ...line('.'),
  ...line('# no heading, 1. no item'),
  ...line(''),
  ...line('one', { list: 'bullet' }),
  ...line('deeper', { list: 'ordered', indent: 1 }),
  ...line('deeper again', { list: 'ordered', indent: 1 }),
  ...line('two', { list: 'bullet' }),
  ...line('to do', { list: 'unchecked' }),
  ...line('done', { list: 'checked' }),
  ...line('fourth', { list: 'ordered', start: 4 }),
  ...line('ninth', { list: 'ordered', start: 9 }),
  ...line('said', { blockquote: true }),
  ...line('said in a list', { blockquote: true, list: 'bullet' }),
  ...line('let a = `1`', { 'code-block': 'js' }),
  ...line('', { 'code-block': 'js' }),
  ...line('```', { 'code-block': 'js' }),
  { insert: { divider: true } },
  ...line(''),
  { insert: { board: { id: 'b1', title: 'Sketch' } } },
  ...line(''),
  ...line('שלום', { direction: 'rtl' }),
  { insert: 'see ' },
  { insert: { mention: { name: 'Mira' } } },
  ...line(''),
])
