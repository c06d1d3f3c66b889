/**
 * SVG as shapes (SPEC-board B524): forms, lines, strokes, texts and raster pictures. What has anything shapes of ours cannot
 * show is drawn by a rasteriser and becomes one picture. WBO's boards of version 2 are SVG in tenths of a pixel.
 */
import { Resvg } from '@resvg/resvg-js'
import { bytesOfBase64 } from '../../../shared/board/base64.ts'
import { boxOf, mapBox } from '../../../shared/board/geometry/box.ts'
import { compose, IDENTITY, scaling, translation } from '../../../shared/board/geometry/matrix.ts'
import type { Matrix } from '../../../shared/board/geometry/matrix.ts'
import { ImportFault } from './fault.ts'
import { NotUnderstood } from './not-understood.ts'
import { importedId } from './sink.ts'
import type { Sink } from './sink.ts'
import { lengthOf, lookOf, PLAIN_LOOK, transformOf } from './svg-look.ts'
import { readNumbers, readPathData } from './svg-path.ts'
import { putPath, putPolyline } from './svg-lines.ts'
import { paintStyle, stretchOf } from './svg-shapes.ts'
import type { Walk } from './svg-shapes.ts'
import { checkUses, partsOf } from './svg-parts.ts'
import { rulesOf } from './svg-rules.ts'
import { putText } from './svg-text.ts'
import { parseSvg, safeSvg } from './svg-tree.ts'
import type { SvgNode } from './svg-tree.ts'
import { WBO_PREFIX } from './wbo-json.ts'

const WBO = 'whitebophir-svg-v2'
const SVG_PREFIX = 's-'
/** Numbers of one path, and expanded `use` elements of a file. */
const MOST_NUMBERS = 400_000
const MOST_USES = 2000
/** Pixels of a picture that is drawn of a file, and the largest size of one on the board. */
const MOST_PIXELS = 4_000_000
const MOST_SIZE = 20_000

/** Whether it is one of WBO's. @throws ImportFault */
export function readSvg(text: string, sink: () => Sink): { sink: Sink; wbo: boolean } {
  const root = parseSvg(text)
  const wbo = root.attributes['data-wbo-format'] === WBO
  checkUses(root, partsOf(root))
  const made = sink()
  try {
    readTree(root, made, wbo)
    return { sink: made, wbo }
  } catch (error) {
    if (!(error instanceof NotUnderstood) || wbo) throw error
    const other = sink()
    other.miss(error.what)
    rasterise(root, other)
    return { sink: other, wbo: false }
  }
}

function readTree(root: SvgNode, sink: Sink, wbo: boolean): void {
  const parts = partsOf(root)
  let count = 0
  let uses = 0
  const prefix = wbo ? WBO_PREFIX : SVG_PREFIX
  const seen = new Set<string>()
  const id = ({ attributes }: SvgNode): string => {
    count++
    const own = attributes['id']
    const made = importedId(
      prefix,
      own === undefined || seen.has(own) ? `${own ?? ''}.${count}.${sink.board.shapes.size}` : own,
    )
    if (own !== undefined) seen.add(own)
    return made
  }

  const children = (node: SvgNode, walk: Walk): void => {
    for (const child of node.children) if (typeof child !== 'string') visit(child, walk)
  }

  function visit(node: SvgNode, around: Walk): void {
    const { name, attributes } = node
    if (IGNORED.has(name)) return
    const walk: Walk = {
      ...around,
      look: lookOf(node, around.look, around.rules),
      map: compose(around.map, transformOf(attributes['transform'])),
    }
    if (walk.look.hidden) return
    switch (name) {
      case 'g':
        return children(node, walk)
      case 'a':
        return children(node, { ...walk, link: attributes['href'] ?? around.link })
      case 'use': {
        const target = parts.get((attributes['href'] ?? '').replace(/^#/, ''))
        if (!target || attributes['href']?.startsWith('#') !== true || ++uses > MOST_USES)
          throw new NotUnderstood('use')
        if (target.name === 'symbol' || target.name === 'svg') throw new NotUnderstood('symbol')
        const move = translation(length(node, 'x'), length(node, 'y'))
        return visit(target, { ...walk, map: compose(walk.map, move) })
      }
      default:
        return element(node, walk)
    }
  }

  const rules = rulesOf(root)
  const look = lookOf(root, PLAIN_LOOK, rules)
  const map = wbo ? scaling(0.1, 0.1) : naturalOf(root).map
  children(root, { sink, map, look, rules, link: null, ink: wbo, id })
}

const IGNORED = new Set([
  'defs',
  'style',
  'title',
  'desc',
  'metadata',
  'marker',
  'clipPath',
  'symbol',
  'linearGradient',
  'radialGradient',
  'namedview',
])

function length({ attributes }: SvgNode, name: string, otherwise = 0): number {
  const value = attributes[name]
  if (value === undefined) return otherwise
  const read = lengthOf(value, 16)
  if (read === null) throw new NotUnderstood('length')
  return read
}

function element(node: SvgNode, walk: Walk): void {
  const { look, map, sink, link } = walk
  switch (node.name) {
    case 'path': {
      const path = readPathData(node.attributes['d'] ?? '', MOST_NUMBERS)
      if (path === null) throw new NotUnderstood('path')
      return putPath(node, path, walk)
    }
    case 'line':
      return putPolyline(
        node,
        [length(node, 'x1'), length(node, 'y1'), length(node, 'x2'), length(node, 'y2')],
        false,
        walk,
      )
    case 'polyline':
    case 'polygon': {
      const points = readNumbers(node.attributes['points'] ?? '')
      if (points === null || points.length % 2 === 1) throw new NotUnderstood('points')
      return putPolyline(node, points, node.name === 'polygon', walk)
    }
    case 'rect':
    case 'circle':
    case 'ellipse':
      return putForm(node, walk)
    case 'text':
      return putText(node, walk)
    case 'image': {
      const [, base64] =
        /^data:image\/(?:png|jpeg|gif|webp);base64,([A-Za-z0-9+/=\s]+)$/.exec(
          node.attributes['href'] ?? '',
        ) ?? []
      const bytes = base64 === undefined ? null : bytesOfBase64(base64.replace(/\s/g, ''))
      const facts = bytes && sink.picture(bytes)
      if (!facts) return sink.miss('image')
      const given = { w: length(node, 'width', facts.width), h: length(node, 'height', facts.height) }
      const fit =
        node.attributes['preserveAspectRatio'] === 'none'
          ? null
          : Math.min(given.w / facts.width, given.h / facts.height)
      const [w, h] = fit === null ? [given.w, given.h] : [facts.width * fit, facts.height * fit]
      const [x, y] = [length(node, 'x') + (given.w - w) / 2, length(node, 'y') + (given.h - h) / 2]
      if (isSlanted(map)) throw new NotUnderstood('transform')
      return sink.add({
        id: walk.id(node),
        kind: 'image',
        box: mapBox(boxOf(x, y, w, h), map),
        asset: facts.key,
        style: { opacity: look.opacity },
        link,
      })
    }
    default:
      throw new NotUnderstood(node.name)
  }
}

function putForm(node: SvgNode, walk: Walk): void {
  const { look, map, sink, link } = walk
  const round = node.name !== 'rect'
  const rx = round
    ? length(node, node.name === 'circle' ? 'r' : 'rx')
    : length(node, 'rx', length(node, 'ry'))
  const ry = node.name === 'circle' ? rx : round ? length(node, 'ry') : rx
  const [x, y] = round
    ? [length(node, 'cx') - rx, length(node, 'cy') - ry]
    : [length(node, 'x'), length(node, 'y')]
  const [w, h] = round ? [rx * 2, ry * 2] : [length(node, 'width'), length(node, 'height')]
  if (w <= 0 || h <= 0 || (look.fill === null && look.stroke === null)) return
  if (isSlanted(map)) throw new NotUnderstood('transform')
  const stretch = stretchOf(map)
  sink.add({
    id: walk.id(node),
    kind: 'geo',
    box: mapBox(boxOf(x, y, w, h), map),
    style: {
      ...paintStyle(look, stretch),
      form: round ? 'ellipse' : 'rect',
      corner: round ? 0 : Math.min(rx, w / 2, h / 2) * stretch,
    },
    link,
  })
}

/** Whether right angles do not stay right. */
function isSlanted([a, b, c, d]: Matrix): boolean {
  const most = Math.max(Math.abs(a), Math.abs(b), Math.abs(c), Math.abs(d), 1e-9)
  return Math.abs(a * c + b * d) > most * most * 1e-4
}

/** The size of a file in pixels, and the map from its view to that. */
function naturalOf(root: SvgNode): { width: number; height: number; map: Matrix } {
  const view = readNumbers(root.attributes['viewBox'] ?? '') ?? []
  const [left = 0, top = 0, w = 0, h = 0] = view
  const isView = view.length === 4 && w > 0 && h > 0
  const width = lengthOf(root.attributes['width'], 16) ?? (isView ? w : 300)
  const height = lengthOf(root.attributes['height'], 16) ?? (isView ? h : 150)
  if (!isView) return { width, height, map: IDENTITY }
  const fit = Math.min(width / w, height / h)
  const map = compose(
    translation((width - w * fit) / 2, (height - h * fit) / 2),
    compose(scaling(fit, fit), translation(-left, -top)),
  )
  return { width, height, map }
}

/** The whole file as one picture. */
function rasterise(root: SvgNode, sink: Sink): void {
  const natural = naturalOf(root)
  const width = Math.min(MOST_SIZE, Math.max(1, natural.width))
  const height = Math.min(MOST_SIZE, Math.max(1, natural.height))
  const scale = Math.min(2, Math.sqrt(MOST_PIXELS / (width * height)))
  let bytes: Uint8Array
  try {
    const text = safeSvg(root)
    const drawn = new Resvg(text, {
      fitTo: { mode: 'width', value: Math.max(1, Math.round(width * scale)) },
      font: { loadSystemFonts: text.includes('<text') },
      logLevel: 'off',
    }).render()
    bytes = drawn.asPng()
  } catch {
    throw new ImportFault('unreadable')
  }
  const kept = sink.picture(bytes)
  if (!kept) throw new ImportFault('large')
  const id = importedId(SVG_PREFIX, kept.key)
  sink.add({ id, kind: 'image', box: boxOf(0, 0, width, height), asset: kept.key })
}
