/** The parts of an OpenDocument text beside its content (OASIS OpenDocument 1.3, part 3). */
import { isoTime } from '../document/said.ts'
import { escapeXml, XML } from '../document/xml.ts'
import { pictureFile, vectorFile } from '../document/pictures.ts'
import type { PictureView } from '../tree.ts'
import type { TextSource } from '../types.ts'

export const MIME = 'application/vnd.oasis.opendocument.text'

const OASIS = 'urn:oasis:names:tc:opendocument:xmlns'
export const NAMESPACES = [
  ...['office', 'style', 'text', 'table', 'meta'].map((name) => `xmlns:${name}="${OASIS}:${name}:1.0"`),
  `xmlns:fo="${OASIS}:xsl-fo-compatible:1.0"`,
  `xmlns:svg="${OASIS}:svg-compatible:1.0"`,
  `xmlns:draw="${OASIS}:drawing:1.0"`,
  'xmlns:xlink="http://www.w3.org/1999/xlink"',
  'xmlns:dc="http://purl.org/dc/elements/1.1/"',
  'office:version="1.3"',
].join(' ')

export function manifest(pictures: readonly PictureView[]): string {
  return `${XML}<manifest:manifest xmlns:manifest="${OASIS}:manifest:1.0" manifest:version="1.3">${[
    ['/', MIME],
    ['content.xml', 'text/xml'],
    ['styles.xml', 'text/xml'],
    ['meta.xml', 'text/xml'],
    ...pictures.map((one) => [`Pictures/${pictureFile(one)}`, one.mime] as const),
    ...pictures.flatMap((one) =>
      one.vector === null ? [] : [[`Pictures/${vectorFile(one)}`, 'image/svg+xml'] as const],
    ),
  ]
    .map(
      ([path, type]) =>
        `<manifest:file-entry manifest:full-path="${path}"${path === '/' ? ' manifest:version="1.3"' : ''} manifest:media-type="${type}"/>`,
    )
    .join('')}</manifest:manifest>`
}

export function metaXml({ title, lang, time, revision }: TextSource): string {
  const moment = isoTime(time)
  return `${XML}<office:document-meta ${NAMESPACES}><office:meta><meta:generator>Inkpad</meta:generator><dc:title>${escapeXml(title)}</dc:title><meta:creation-date>${moment}</meta:creation-date><dc:date>${moment}</dc:date><meta:editing-cycles>${revision}</meta:editing-cycles>${lang === '' ? '' : `<dc:language>${escapeXml(lang)}</dc:language>`}</office:meta></office:document-meta>`
}

/** Which fonts stand for which names, and what may stand in for them. */
export const FONTS = `<office:font-face-decls>${[
  ['Body', "'Carlito','Calibri','Liberation Sans'", 'swiss', 'variable'],
  ['Mono', "'Liberation Mono','Consolas','DejaVu Sans Mono'", 'modern', 'fixed'],
  ['Signs', "'Liberation Sans','Arial','Segoe UI Symbol','DejaVu Sans'", 'swiss', 'variable'],
]
  .map(
    ([name, family, generic, pitch]) =>
      `<style:font-face style:name="${name}" svg:font-family="${family}" style:font-family-generic="${generic}" style:font-pitch="${pitch}"/>`,
  )
  .join('')}</office:font-face-decls>`
