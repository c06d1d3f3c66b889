/** Pictures with captions in files that LibreOffice and pandoc wrote (SPEC-formats F81). */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from '@jest/globals'
import { sourceOf as nodesAsSource } from '../../../../server/formats/importer.ts'
import { readFile } from '../../../../server/formats/read/read.ts'
import { coreFormats, extendFormats } from '../../../../shared/text/formats.ts'
import { readHtml } from '../../../../shared/text/reader/html-reader.ts'
import { pngFile } from '../../../support/picture-files.ts'
import { programsIn } from '../../../support/programs.ts'
import { bytesOf, sourceOf } from '../sources.ts'

const LIMIT = 180_000
const PNG = pngFile(200, 100)
const KEY = 'p'.repeat(43)
const folder = mkdtempSync(join(tmpdir(), 'inkpad-figures-'))
const run = programsIn(folder)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** A picture is the side and the words that a file says of it. */
const formats = extendFormats(coreFormats, {
  exports: {
    image: {
      picture: (value) => ({
        side: null,
        part: null,
        width: 200,
        height: 100,
        alt: 'An oak',
        caption: '',
        ...(value as { key: string }),
      }),
    },
  },
  imports: {
    image: ({ tag, attribute }) =>
      tag === 'img' && attribute('data-picture') !== ''
        ? `${attribute('data-align')}: ${attribute('data-caption')}`
        : undefined,
  },
})

function picturesOf(path: string): unknown[] {
  const found = readFile(readFileSync(join(folder, path)), path, false)
  const content = 'nodes' in found ? readHtml(nodesAsSource(found.nodes), { formats }) : []
  return content.flatMap(({ insert }) => (typeof insert === 'string' ? [] : [insert['image']]))
}

test.each([
  ['docx', 'odt'],
  ['odt', 'docx'],
])(
  'F81: figures that we wrote as %s and LibreOffice as %s have their sides and captions',
  (from, to) => {
    const image = (more: object) => [{ insert: { image: { key: KEY, ...more } } }, { insert: '\n' }]
    const content = [
      ...image({ side: 'center', caption: 'In the middle' }),
      { insert: 'words between that are a line\n' },
      ...image({ side: 'right', caption: 'At the right' }),
      { insert: 'words beside it\n' },
      ...image({ side: 'left' }),
      { insert: 'the last words\n' },
    ]
    const pictures = new Map([[KEY, { mime: 'image/png', bytes: PNG }]])
    writeFileSync(join(folder, `office.${from}`), bytesOf(from, sourceOf(content, { formats, pictures })))
    const profile = `-env:UserInstallation=file://${folder}/profile`
    const filter = to === 'docx' ? 'docx:MS Word 2007 XML' : to
    run('soffice', profile, '--headless', '--convert-to', filter, '--outdir', folder, `office.${from}`)
    expect(picturesOf(`office.${to}`)).toEqual(['center: In the middle', 'right: At the right', 'left: '])
  },
  LIMIT,
)

test.each(['docx', 'odt', 'epub'])(
  'F81: a figure that pandoc wrote as %s has its caption',
  (type) => {
    writeFileSync(join(folder, 'a.png'), PNG)
    writeFileSync(join(folder, `pandoc-${type}.md`), 'words\n\n![Below it](a.png)\n\nmore\n')
    run('pandoc', `pandoc-${type}.md`, '-o', `pandoc.${type}`)
    expect(picturesOf(`pandoc.${type}`)).toEqual([expect.stringMatching(/^(?:center)?: Below it$/)])
  },
  LIMIT,
)
