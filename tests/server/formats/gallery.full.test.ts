/** A pad with all there is as every file (issue: documents), judged by programs nobody here wrote; `WRITE_GALLERY=folder` keeps the files to be looked at. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from '@jest/globals'
import { unzipSync } from 'fflate'
import { createPress } from '../../../server/formats/pdf/press.ts'
import { NO_OPTIONS } from '../../../server/formats/types.ts'
import { pngFile } from '../../support/picture-files.ts'
import { programsIn } from '../../support/programs.ts'
import { gallerySource } from './gallery.ts'
import { bytesOf } from './sources.ts'

const LIMIT = 180_000
const kept = process.env['WRITE_GALLERY']
const folder = kept ?? mkdtempSync(join(tmpdir(), 'inkpad-gallery-'))
const run = programsIn(folder)
const press = createPress()
afterAll(async () => {
  await press.close()
  if (kept === undefined) rmSync(folder, { recursive: true, force: true })
})
const PNG = pngFile(240, 160, [], [70, 130, 90])

async function made(type: string, name = 'gallery', rtl = false): Promise<string> {
  const options = {
    ...NO_OPTIONS,
    ...(name === 'all' ? { toc: true, cover: true, authors: true, lineNumbers: true } : {}),
  }
  const written = bytesOf(type, await gallerySource(type, PNG, { rtl, options }))
  const path = join(folder, `${name}.${type}`)
  writeFileSync(path, type === 'pdf' ? await press.press(written) : written)
  return path
}

test.each(['docx', 'odt'])(
  'F19, F29: LibreOffice opens %s with the board as vectors, contents, captions and pictures at a side',
  async (type) => {
    const path = await made(type)
    const profile = `-env:UserInstallation=file://${folder}/profile`
    run(
      'soffice',
      profile,
      '--headless',
      '--convert-to',
      'pdf:writer_pdf_Export',
      '--outdir',
      join(folder, type),
      path,
    )
    const pdf = join(folder, type, 'gallery.pdf')
    const words = run('pdftotext', '-layout', pdf, '-')
    for (const said of ['The weather station', 'Figure 1: The hill', 'Monday', 'With a note'])
      expect(words).toContain(said)
    // Twice: in the contents and in the text.
    expect(words.split('Pictures at a side').length).toBe(3)
    expect(run('pdffonts', pdf)).not.toMatch(/\bno\s+(?:yes|no)\s+(?:yes|no)\s+\d/)
  },
  LIMIT,
)

test.each(['txt', 'html', 'md', 'epub', 'pdf', 'json', 'etherpad'])(
  'F19, F29: %s of a pad with all there is',
  async (type) => {
    const path = await made(type)
    if (type === 'epub')
      expect(run('java', '-jar', '/usr/share/java/epubcheck.jar', path)).toContain('No errors')
    if (type === 'pdf') {
      expect(run('qpdf', '--check', path)).toContain('No syntax or stream encoding errors')
      // The board is drawn, not a picture: only the photograph is one.
      expect(
        new Set(
          run('pdfimages', '-list', path)
            .match(/^\s+\d+\s+\d+ image\s+\d+\s+\d+/gm)
            ?.map((row) => row.trim().split(/\s+/).slice(3).join(' ')),
        ),
      ).toEqual(new Set(['240 160']))
    }
    if (type === 'md') expect(run('pandoc', '-f', 'gfm', '-t', 'json', path)).toContain('"Image"')
    if (type === 'json') JSON.parse(readFileSync(path, 'utf8'))
  },
  LIMIT,
)

test(
  'F41: all options and a pad from right to left are written, too',
  async () => {
    for (const type of ['docx', 'odt', 'pdf', 'html', 'epub']) await made(type, 'all', true)
    const parts = unzipSync(readFileSync(join(folder, 'all.docx')))
    expect(Object.keys(parts)).toEqual(
      expect.arrayContaining(['word/media/board-1.svg', 'word/media/board-1.png']),
    )
  },
  LIMIT,
)
