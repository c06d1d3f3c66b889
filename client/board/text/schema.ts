/** The formats of words on a board: the core's, and colours of letters. */
import { createSchema } from '../../editor/schema.ts'
import { coreFormats, extendFormats, valueFormat } from '../../../shared/text/formats.ts'

/** As `shared/board/draw/text.ts` paints it. */
const HEX = /^#[0-9a-f]{6}$/

const color = {
  ...valueFormat('color', (value) => typeof value === 'string' && value.length <= 64),
  draw: (value: unknown) =>
    typeof value === 'string' && HEX.test(value) ? { style: { color: value } } : null,
}

export const boardSchema = createSchema(extendFormats(coreFormats, { inline: [color] }))
