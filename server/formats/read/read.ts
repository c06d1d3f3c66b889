/** What kind of file it is, by what is in it, and what it holds (SPEC-formats F60). Pure. */
import { decoded, plainLines } from './text.ts'
import { docxNodes } from './docx.ts'
import { epubNodes } from './epub.ts'
import { htmlNodes } from './html.ts'
import { jsonReading } from './json.ts'
import { markdownNodes } from './markdown.ts'
import { odtNodes } from './odt.ts'
import { convertedKindOf } from './old.ts'
import { pictureTray } from './pictures.ts'
import type { PictureTray } from './pictures.ts'
import { Refusal } from './refusal.ts'
import { NOTHING_LEFT } from './types.ts'
import type { FileReading, Reading } from './types.ts'
import { isZip, openZip } from './zip.ts'
import type { Archive } from './zip.ts'

/** Bytes of files that are text; documents are limited by what they unpack to. */
const MOST_TEXT_BYTES = 10_000_000
const MOST_JSON_BYTES = 25_000_000

/**
 * Reads a file.
 * @param name as the person has it; only its end counts, and only among kinds of text
 * @param wantsPast also how the text came to be, where the file says it
 * @param showsPictures whether anybody shows the pictures of a file; they are left out otherwise
 * @throws Refusal
 */
export function readFile(
  bytes: Buffer,
  name: string,
  unknownAsText: boolean,
  wantsPast = false,
  showsPictures = true,
): FileReading {
  const tray = pictureTray(showsPictures)
  return { ...read(bytes, name, { unknownAsText, wantsPast, tray }), pictures: tray.all }
}

interface Wishes {
  unknownAsText: boolean
  wantsPast: boolean
  tray: PictureTray
}

function read(bytes: Buffer, name: string, { unknownAsText, wantsPast, tray }: Wishes): Reading {
  const ending = /\.([a-z0-9]{1,10})$/i.exec(name)?.[1]?.toLowerCase() ?? ''
  if (bytes.length === 0) throw new Refusal('empty')
  if (isZip(bytes)) return archived(openZip(bytes), tray)
  if (convertedKindOf(bytes) !== null) throw new Refusal('converter')
  if (/^(?:docx|odt|epub|doc|rtf|pdf)$/.test(ending)) throw new Refusal('damaged', 'not what its name says')
  if (bytes.length > (/^(?:json|etherpad)$/.test(ending) ? MOST_JSON_BYTES : MOST_TEXT_BYTES))
    throw new Refusal('tooLarge')
  const text = decoded(bytes).replace(/^\ufeff/, '')
  if (ending === 'json' || ending === 'etherpad') return jsonReading(text, tray, wantsPast)
  if (/^x?html?$/.test(ending) || /^\s*<(?:!doctype html|html[\s>])/i.test(text))
    return { kind: 'html', ...htmlNodes(text, tray) }
  if (/^(?:md|markdown|mkd)$/.test(ending)) return { kind: 'md', ...markdownNodes(plainLines(text), tray) }
  if (ending !== 'txt' && ending !== 'text' && !unknownAsText) throw new Refusal('unknown')
  return {
    kind: 'txt',
    left: NOTHING_LEFT,
    content: textContent(plainLines(text)),
    people: [],
    chat: [],
    past: [],
  }
}

function textContent(text: string): { insert: string }[] {
  return text === '' ? [] : [{ insert: text.endsWith('\n') ? text : `${text}\n` }]
}

function archived(archive: Archive, tray: PictureTray): Reading {
  if (archive.names.has('[Content_Types].xml')) return { kind: 'docx', ...docxNodes(archive, tray) }
  const kind = archive.part('mimetype')?.toString('latin1').trim() ?? ''
  if (kind === 'application/epub+zip' || archive.names.has('META-INF/container.xml'))
    return { kind: 'epub', ...epubNodes(archive, tray) }
  if (kind.startsWith('application/vnd.oasis.opendocument.text') || archive.names.has('content.xml'))
    return { kind: 'odt', ...odtNodes(archive, tray) }
  throw new Refusal('unknown', 'an archive of something else')
}
