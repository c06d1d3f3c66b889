/** What tests of files put into texts besides words: pictures and notes as plugins have them, and a table. */
import type { Content } from '../../../shared/text/delta.ts'
import { extendFormats } from '../../../shared/text/formats.ts'
import type { Formats } from '../../../shared/text/formats.ts'

/** These formats, and the rules of pictures and notes. */
export function withFigures(formats: Formats): Formats {
  return extendFormats(formats, {
    exports: {
      image: {
        picture: (value) => ({
          alt: '',
          caption: '',
          side: null,
          part: null,
          width: 40,
          height: 20,
          ...(value as { key: string }),
        }),
      },
      footnote: { note: (value) => (value as { text: string }).text },
    },
  })
}

/** Two rows of three cells with widths, headers on both sides, a colour, a side, a list; `second` heads the second column. */
export function tableOfSensors(second: string): Content {
  return [
    {
      insert: {
        table: {
          columns: [{ width: 200 }, {}, { width: 900 }],
          headerRow: true,
          headerColumn: true,
          rows: [
            {
              cells: [
                { content: [{ insert: 'Sensor' }] },
                { content: [{ insert: second }] },
                { content: [] },
              ],
            },
            {
              cells: [
                { content: [{ insert: 'Wind', attributes: { bold: true } }], background: 'yellow' },
                { content: [{ insert: 'hourly\nor more' }], align: 'right' },
                { content: [{ insert: 'one' }, { insert: '\n', attributes: { list: 'bullet' } }] },
              ],
            },
          ],
        },
      },
    },
    { insert: '\n' },
  ]
}
