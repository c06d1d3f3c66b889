/** A table with more in it than the core's, as plugins make it: what is drawn, what is read, of characters and of lines. */
import { createSchema } from '../../client/editor/schema.ts'
import { coreFormats, extendFormats, valueFormat } from '../../shared/text/formats.ts'
import type { FormatAdditions } from '../../shared/text/formats.ts'

const SIDES: readonly unknown[] = ['left', 'center', 'right', 'justify']

/** Colour, height and alignment, simply. */
export const moreFormats: FormatAdditions = {
  inline: [
    {
      ...valueFormat(
        'color',
        (value) => typeof value === 'string' && /^(?:#[0-9a-f]{6}|[a-z]+)$/.test(value),
      ),
      draw: (value) => ({
        class: 'ink',
        data: { ink: String(value) },
        style: { '--ink': String(value) },
        plain: { color: String(value) },
      }),
    },
    {
      ...valueFormat('script', (value) => value === 'sub' || value === 'super'),
      draw: (value) => ({ tag: value === 'sub' ? 'sub' : 'sup' }),
      read: ({ tag, style }) => {
        if (style('vertical-align') === 'baseline') return null
        if (tag === 'sub' || style('vertical-align') === 'sub') return 'sub'
        return tag === 'sup' || style('vertical-align') === 'super' ? 'super' : undefined
      },
    },
  ],
  line: [
    {
      name: 'align',
      validate: (value) => SIDES.includes(value),
      draw: (value) => ({ class: `align-${value}`, style: { 'text-align': String(value) } }),
      read: ({ tag, attribute, style }) => {
        const side = style('text-align') || (tag === 'center' ? 'center' : attribute('align'))
        if (side === 'left' || side === 'start') return null
        return SIDES.includes(side) ? side : undefined
      },
    },
  ],
}

export const richFormats = extendFormats(coreFormats, moreFormats)
export const richSchema = createSchema(richFormats)
