/** Random contents for property tests: text, emoji, known and unknown formats, embeds, open lines. */
import * as fc from 'fast-check'
import type { Attributes, Insert } from '../../shared/text/delta.ts'
import { sortedAttributes } from '../../shared/text/formats.ts'

function attributes(
  values: Record<string, fc.Arbitrary<string | number | boolean>>,
): fc.Arbitrary<Attributes> {
  return fc.record(values, { requiredKeys: [] }).map((made) => sortedAttributes(made as Attributes))
}

const inline = attributes({
  bold: fc.constant(true),
  italic: fc.constant(true),
  link: fc.constantFrom('https://example.org/', 'javascript:alert(1)'),
  author: fc.constantFrom('a.1', ''),
  'comment-1': fc.constant(true),
  'comment-2': fc.constant(true),
  glow: fc.constantFrom(1, 'much'),
})
const line = attributes({
  header: fc.constantFrom(1, 2, 9),
  list: fc.constantFrom('bullet', 'ordered', 'checked', 'odd'),
  indent: fc.integer({ min: 1, max: 8 }),
  'code-block': fc.constantFrom(true, 'js'),
  blockquote: fc.constant(true),
  mood: fc.constant('calm'),
})

function made(insert: Insert['insert'], attributes: Attributes): Insert {
  return Object.keys(attributes).length > 0 ? { insert, attributes } : { insert }
}

/** Text without newlines. */
export const anyText: fc.Arbitrary<string> = fc
  .array(fc.constantFrom('a', 'b', ' ', '<', '&', '👩‍👩‍👧', 'é', '字'), { minLength: 1, maxLength: 6 })
  .map((parts) => parts.join(''))

/** Any content a text can hold, but no leaked formats (inline keys on newlines). */
export function anyContent(maxLength = 12): fc.Arbitrary<Insert[]> {
  return fc.array(
    fc.oneof(
      { weight: 5, arbitrary: fc.tuple(anyText, inline).map(([text, attributes]) => made(text, attributes)) },
      { weight: 5, arbitrary: line.map((attributes) => made('\n', attributes)) },
      {
        weight: 1,
        arbitrary: fc
          .tuple(fc.constantFrom('divider', 'board', 'mention', 'strange'), inline)
          .map(([kind, attributes]) => made({ [kind]: { id: 'x', size: 2 } }, attributes)),
      },
    ),
    { maxLength },
  )
}
