/** A board as PDF (SPEC-board B513): frames are pages, lines are vectors, text is text, links lead on. */
import PdfDocument from 'pdfkit'
import type { Command, ImageCommand, PathCommand, TextCommand } from '../../../shared/board/draw/commands.ts'
import { measureText } from '../../../shared/board/draw/measure.ts'
import type { Bounds } from '../../../shared/board/geometry/bounds.ts'
import { boxBounds } from '../../../shared/board/geometry/box.ts'
import { shapeBounds } from '../../../shared/board/geometry/shape-bounds.ts'
import { safeLink } from '../../../shared/text/links.ts'
import type { Fonts, Subset } from './fonts.ts'
import type { Pictures } from './job.ts'
import { IDENTITY } from '../../../shared/board/geometry/matrix.ts'
import { isDrawn, outlineText } from './outline-text.ts'
import { looseText } from './loose-text.ts'
import type { LooseText } from './loose-text.ts'
import { paintOperators, pathOperators } from './pdf-paths.ts'
import type { BoardScene } from './scene.ts'
import { TooMuch } from './too-much.ts'
import { rasterPicture } from './raster-picture.ts'

/** Points a page unit, and the most points of a page's side. */
const POINTS = 0.75
const MOST_SIDE = 14_400
const MOST_BYTES = 200_000_000
const MOST_PAGES = 500
const TOLERANCE = 0.1

type Doc = PDFKit.PDFDocument

interface Page {
  readonly bounds: Bounds
  readonly name: string
  readonly only: string | undefined
}

/** The frames, each a page; without any (or with `whole`) everything on one. */
function pagesOf(scene: BoardScene, whole: boolean): Page[] {
  if (whole || scene.frames.length === 0) return [{ bounds: scene.bounds, name: '', only: undefined }]
  return scene.frames.slice(0, MOST_PAGES).map((frame) => ({
    bounds: boxBounds(frame.box),
    name: frame.name,
    only: frame.id,
  }))
}

export async function pdfFile(
  scene: BoardScene,
  pictures: Pictures,
  fonts: Fonts,
  { title, time, whole }: { title: string; time: number; whole: boolean },
): Promise<Uint8Array> {
  const date = new Date(time)
  const doc = new PdfDocument({
    autoFirstPage: false,
    margin: 0,
    compress: true,
    pdfVersion: '1.7',
    displayTitle: true,
    info: { Title: title, Producer: 'Inkpad', Creator: 'Inkpad', CreationDate: date, ModDate: date },
  })
  const file = collected(doc)
  const pages = pagesOf(scene, whole)
  const loose = looseText(looseOf(scene, pages, fonts))
  const pen = createPen(doc, scene, pictures, fonts, loose)
  for (const page of pages) {
    const width = Math.max(1, page.bounds.right - page.bounds.left)
    const height = Math.max(1, page.bounds.bottom - page.bounds.top)
    const scale = Math.min(POINTS, MOST_SIDE / width, MOST_SIDE / height)
    doc.addPage({ size: [width * scale, height * scale], margin: 0 })
    if (page.name !== '') doc.outline.addItem(page.name)
    if (scene.ground !== null) doc.rect(0, 0, width * scale, height * scale).fill(scene.ground)
    doc.scale(scale).translate(-page.bounds.left, -page.bounds.top)
    for (const command of scene.draw(TOLERANCE, page.only)) pen.draw(command)
    pen.endPage()
  }
  doc.end()
  return file
}

function* looseOf(scene: BoardScene, pages: readonly Page[], fonts: Fonts): Generator<TextCommand> {
  for (const { only } of pages)
    for (const command of scene.draw(1, only))
      if (command.op === 'text')
        for (const { text, subset } of fonts.pieces(command.text, command.face))
          if (subset === null && text.trim() !== '' && !isDrawn(fonts, text))
            yield { ...command, text, width: measureText(text, command.face) }
}

function collected(doc: Doc): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = []
    let length = 0
    doc.on('data', (part: Buffer) => {
      length += part.length
      if (length > MOST_BYTES) reject(new TooMuch())
      else parts.push(part)
    })
    doc.on('end', () => resolve(Buffer.concat(parts)))
    doc.on('error', reject)
  })
}

interface Pen {
  draw(command: Command): void
  endPage(): void
}

/** Letters stand as wide as they were measured: nothing moves them together. */
const PLAIN = { kern: false, liga: false, clig: false, calt: false, rlig: false }

function createPen(
  doc: Doc,
  scene: BoardScene,
  pictures: Pictures,
  fonts: Fonts,
  loose: LooseText | null,
): Pen {
  const states = new Map<string, { name: string; ref: PDFKit.PDFKitReference }>()
  const named = new Map<Subset, string>()
  const images = new Map<string, Buffer | null>()
  const open: boolean[] = []

  /** Opacity and mixing of what follows. */
  function state(opacity: number, blend: PathCommand['blend']): string {
    const share = Math.min(1, Math.max(0, Number.isNaN(opacity) ? 1 : opacity))
    const key = `${share} ${blend}`
    let known = states.get(key)
    if (!known) {
      const mode = blend === 'multiply' ? 'Multiply' : blend === 'screen' ? 'Screen' : 'Normal'
      const ref = doc.ref({ Type: 'ExtGState', BM: mode, ca: share, CA: share })
      ref.end('')
      known = { name: `Mix${states.size + 1}`, ref }
      states.set(key, known)
    }
    doc.page.ext_gstates[known.name] = known.ref
    return `/${known.name} gs`
  }

  function fontName(subset: Subset): string {
    let name = named.get(subset)
    if (name === undefined) {
      name = `face${named.size + 1}`
      doc.registerFont(name, fonts.bytes(subset, 'woff'))
      named.set(subset, name)
    }
    return name
  }

  function drawText(command: TextCommand): void {
    const { face, y, matrix, color, opacity } = command
    doc.save()
    doc.transform(...matrix)
    doc.addContent(state(opacity, 'normal'))
    let { x } = command
    for (const { text, subset } of fonts.pieces(command.text, face)) {
      const width = measureText(text, face)
      if (subset) {
        doc.font(fontName(subset), face.size).fillColor(color)
        doc.text(text, x, y, { lineBreak: false, baseline: 'alphabetic', features: PLAIN } as never)
      } else if (isDrawn(fonts, text)) {
        for (const drawn of outlineText([{ ...command, text, x, width, matrix: IDENTITY }], fonts))
          if (drawn.op === 'path') doc.addContent(`q\n${paintOperators(drawn)}\nQ`)
      } else drawLoose({ ...command, text, x, width })
      x += width
    }
    for (const [wanted, rise] of [
      [command.underline, -0.12],
      [command.strike, 0.3],
    ] as const)
      if (wanted)
        doc.rect(command.x, y - (rise + 0.03) * face.size, x - command.x, 0.06 * face.size).fill(color)
    doc.restore()
  }

  function drawLoose(command: TextCommand): void {
    const strip = loose?.strip(command)
    if (!loose || !strip) return
    const top = command.y - strip.base
    doc.save()
    doc.rect(command.x, top, strip.width, strip.height).clip()
    doc.image(loose.png, command.x, top - strip.top, { width: loose.width, height: loose.height })
    doc.restore()
  }

  function drawImage({ asset, matrix, opacity }: ImageCommand): void {
    let image = images.get(asset)
    if (image === undefined) {
      const picture = pictures.get(asset)
      image = picture ? rasterPicture(picture) : null
      images.set(asset, image)
    }
    doc.save()
    doc.transform(...matrix)
    doc.addContent(state(opacity, 'normal'))
    if (image) doc.image(image, 0, 0, { width: 1, height: 1 })
    else doc.rect(0, 0, 1, 1).fill('#dfe2e8')
    doc.restore()
  }

  function link(id: string, address: string): void {
    const shape = scene.shapes.get(id)
    if (!shape) return
    const { left, top, right, bottom } = shapeBounds(shape, (other) => scene.shapes.get(other))
    doc.link(left, top, right - left, bottom - top, address)
  }

  return {
    draw(command) {
      switch (command.op) {
        case 'path':
          doc.addContent(`q\n${state(command.opacity, command.blend)}\n${paintOperators(command)}\nQ`)
          break
        case 'text':
          drawText(command)
          break
        case 'image':
          drawImage(command)
          break
        case 'begin': {
          const address = safeLink(command.link)
          if (address !== null) link(command.id, address)
          open.push(command.clip !== null)
          if (command.clip) {
            doc.save()
            doc.addContent(`${pathOperators(command.clip)}\nW n`)
          }
          break
        }
        case 'end':
          if (open.pop() === true) doc.restore()
          break
      }
    },
    endPage() {
      while (open.length > 0) if (open.pop() === true) doc.restore()
    },
  }
}
