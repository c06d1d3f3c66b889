/** Files of pads, those among them that others' programs make of ours (SPEC-formats F9, F48). */
import { AppError } from '../errors.ts'
import type { ConverterTarget, Converter } from './converter.ts'
import type { Exporter, Wanted } from './exporter.ts'
import type { Watch } from './stage.ts'
import { writerOf } from './formats.ts'

/** Said of every type there is no writer for; other languages have it in their catalogues. */
const NO_FORMAT =
  'Files of this kind are not made here. There are docx, odt, pdf, epub, html, md (Markdown), txt, json (everything) and etherpad.'

/** Said of types that only a converter makes. */
const NO_CONVERTER =
  'Old Word files and RTF need LibreOffice on the server, which is not there. Please take docx: Word and others open it.'
const CONVERTED: ReadonlyMap<string, { to: ConverterTarget; mime: string }> = new Map([
  ['doc', { to: 'doc', mime: 'application/msword' }],
  ['rtf', { to: 'rtf', mime: 'application/rtf' }],
])

export interface MadeFile {
  file: Uint8Array
  /** The `Content-Type`. */
  mime: string
  /** The end of its name. */
  ending: string
}

interface Makers {
  exporter: Pick<Exporter, 'make'>
  converter: Pick<Converter, 'writes' | 'write'>
}

/** A file of any type. @throws AppError `notFound`, `busy`, `noFormat`; StoreDown */
export async function makeFile(
  { exporter, converter }: Makers,
  wanted: Wanted,
  watch: Watch = {},
): Promise<MadeFile> {
  const throughDocx = async (to: ConverterTarget): Promise<Uint8Array> => {
    const docx = await exporter.make({ ...wanted, type: 'docx' }, watch)
    watch.signal?.throwIfAborted()
    watch.stage?.({ name: 'converting' })
    return converter.write(docx, to)
  }
  const old = CONVERTED.get(wanted.type)
  if (old) {
    if (!converter.writes.has(old.to)) throw new AppError('noFormat', NO_CONVERTER)
    return { file: await throughDocx(old.to), mime: old.mime, ending: old.to }
  }
  const writer = writerOf(wanted.type)
  if (writer === null) throw new AppError('noFormat', NO_FORMAT)
  const { mime, ending } = writer
  try {
    return { file: await exporter.make(wanted, watch), mime, ending }
  } catch (error) {
    // What makes pages does not run on every system; LibreOffice makes plainer ones.
    if (
      !(
        error instanceof AppError &&
        error.code === 'noFormat' &&
        ending === 'pdf' &&
        converter.writes.has('pdf')
      )
    )
      throw error
    return { file: await throughDocx('pdf'), mime, ending }
  }
}
