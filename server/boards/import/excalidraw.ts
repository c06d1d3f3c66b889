/** `.excalidraw` files (SPEC-board B523): a list of elements in painting order, lengths in pixels, angles in radians. */
import { bytesOfBase64 } from '../../../shared/board/base64.ts'
import { boxOf } from '../../../shared/board/geometry/box.ts'
import type { Box } from '../../../shared/board/geometry/box.ts'
import { mapPoints, rotation, translation, compose } from '../../../shared/board/geometry/matrix.ts'
import { MAX_LINE_POINTS } from '../../../shared/board/limits.ts'
import { isPlainObject } from '../../../shared/board/model/keys.ts'
import type { Binding } from '../../../shared/board/model/shape.ts'
import type { NewShape } from '../../../shared/board/model/write.ts'
import { readColour } from './colours.ts'
import { HEADS, number, styleOf, textStyleOf } from './excalidraw-look.ts'
import type { Element } from './excalidraw-look.ts'
import { importedId } from './sink.ts'
import type { Sink } from './sink.ts'

export const EXCALIDRAW_PREFIX = 'x-'
const EXPONENT = 4

/** Files, and what is on the clipboard. */
const KINDS = new Set<unknown>(['excalidraw', 'excalidraw/clipboard'])

export function isExcalidraw(value: unknown): boolean {
  return isPlainObject(value) && KINDS.has(value['type']) && Array.isArray(value['elements'])
}

interface File {
  readonly sink: Sink
  readonly byId: ReadonlyMap<string, Element>
  /** Texts by the element that holds them. */
  readonly texts: ReadonlyMap<string, Element>
  readonly files: Readonly<Record<string, unknown>>
}

export function readExcalidraw(value: Element, sink: Sink): void {
  const list = Array.isArray(value['elements']) ? (value['elements'] as readonly unknown[]) : []
  const elements = list
    .filter(isPlainObject)
    .filter(({ isDeleted, id }) => isDeleted !== true && typeof id === 'string')
  const byId = new Map(elements.map((element) => [String(element['id']), element]))
  const texts = new Map<string, Element>()
  for (const element of elements)
    if (
      element['type'] === 'text' &&
      typeof element['containerId'] === 'string' &&
      byId.has(element['containerId'])
    )
      texts.set(element['containerId'], element)
  const files = isPlainObject(value['files']) ? value['files'] : {}
  const file: File = { sink, byId, texts, files }
  // What others are in comes first; painting order among siblings stays.
  for (const element of elements) if (isFrame(element)) readFrame(file, element)
  for (const element of elements) makeGroups(file, element)
  for (const element of elements) if (!isFrame(element)) readElement(file, element)
}

const isFrame = ({ type }: Element): boolean => type === 'frame' || type === 'magicframe'
const idOf = (element: Element): string => importedId(EXCALIDRAW_PREFIX, String(element['id']))

function boxOfElement({ x, y, width, height, angle }: Element): Box {
  const [w, h] = [number(width), number(height)]
  const turn = number(angle) % (2 * Math.PI)
  return boxOf(number(x) + Math.min(0, w), number(y) + Math.min(0, h), Math.abs(w), Math.abs(h), turn)
}

function readFrame({ sink }: File, element: Element): void {
  const name = typeof element['name'] === 'string' ? element['name'] : ''
  sink.add({ id: idOf(element), kind: 'frame', box: boxOfElement(element), name })
}

/** Groups an element is in, the outermost first. */
function groupsOf({ groupIds }: Element): string[] {
  const ids = Array.isArray(groupIds) ? (groupIds as readonly unknown[]) : []
  return ids.filter((id): id is string => typeof id === 'string').reverse()
}

function makeGroups({ sink, byId }: File, element: Element): void {
  let parent = frameOf(byId, element)
  for (const id of groupsOf(element).slice(0, 12)) {
    const group = importedId(`${EXCALIDRAW_PREFIX}g-`, id)
    if (!sink.board.shapes.has(group))
      sink.add({ id: group, kind: 'group', ...(parent === null ? {} : { parent }) })
    parent = group
  }
}

function frameOf(byId: ReadonlyMap<string, Element>, { frameId }: Element): string | null {
  const frame = typeof frameId === 'string' ? byId.get(frameId) : undefined
  return frame && isFrame(frame) ? idOf(frame) : null
}

function commonOf(file: File, element: Element) {
  const group = groupsOf(element).slice(0, 12).at(-1)
  const parent =
    group === undefined ? frameOf(file.byId, element) : importedId(`${EXCALIDRAW_PREFIX}g-`, group)
  return {
    id: idOf(element),
    ...(parent === null ? {} : { parent }),
    ...(typeof element['link'] === 'string' ? { link: element['link'] } : {}),
    ...(element['locked'] === true ? { locked: true } : {}),
  }
}

function readElement(file: File, element: Element): void {
  const { sink, texts } = file
  const { type } = element
  switch (type) {
    case 'rectangle':
    case 'ellipse':
    case 'diamond': {
      const box = boxOfElement(element)
      const round = element['roundness'] !== null && element['roundness'] !== undefined
      const inner = texts.get(String(element['id']))
      return sink.add({
        ...commonOf(file, element),
        kind: 'geo',
        box,
        style: {
          ...styleOf(element),
          form: type === 'rectangle' ? 'rect' : type,
          corner: type === 'rectangle' && round ? Math.min(32, Math.min(box.w, box.h) / 4) : 0,
          ...(inner ? textStyleOf(inner) : {}),
        },
        ...(inner ? { text: [coloured(inner, element)] } : {}),
      })
    }
    case 'line':
    case 'arrow':
      return readLine(file, element)
    case 'freedraw':
      return readStroke(file, element)
    case 'text':
      if (texts.get(String(element['containerId'])) === element) return
      return sink.add({
        ...commonOf(file, element),
        kind: 'text',
        box: boxOfElement(element),
        style: { ...styleOf(element), fill: 'none', ...textStyleOf(element) },
        text: [{ insert: wordsOf(element) }],
      })
    case 'image':
      return readImage(file, element)
    default:
      return sink.miss(typeof type === 'string' ? type : 'element')
  }
}

function wordsOf({ originalText, text }: Element): string {
  return typeof originalText === 'string' && originalText !== ''
    ? originalText
    : typeof text === 'string'
      ? text
      : ''
}

/** Text in a form has a colour of its own; ours take the form's where nothing is said. */
function coloured(text: Element, form: Element): NonNullable<NewShape['text']>[number] {
  const own = readColour(text['strokeColor'])?.hex
  const insert = wordsOf(text)
  return own === undefined || own === readColour(form['strokeColor'])?.hex
    ? { insert }
    : { insert, attributes: { color: own } }
}

/** From an element's own places to the page: it turns about the middle of its box. */
function placesOf(element: Element, points: readonly number[]): number[] {
  const { x, y } = element
  const box = boxOfElement(element)
  const angle = number(element['angle'])
  const move = translation(number(x), number(y))
  const { w, h } = box
  const [least, top] = [number(x) + leastOf(points, 0), number(y) + leastOf(points, 1)]
  return mapPoints(angle === 0 ? move : compose(rotation(angle, least + w / 2, top + h / 2), move), points)
}

function leastOf(points: readonly number[], from: number): number {
  let least = Number.POSITIVE_INFINITY
  for (let i = from; i < points.length; i += 2) least = Math.min(least, points[i] ?? 0)
  return least
}

function pointsOf({ points }: Element): number[] {
  const out: number[] = []
  for (const point of Array.isArray(points) ? (points as readonly unknown[]) : []) {
    if (!Array.isArray(point)) continue
    const [x, y] = point as readonly unknown[]
    if (typeof x === 'number' && typeof y === 'number' && Number.isFinite(x + y)) out.push(x, y)
  }
  return out
}

function readLine(file: File, element: Element): void {
  const { sink, texts } = file
  const points = pointsOf(element)
  const count = points.length / 2
  if (count < 2 || count > MAX_LINE_POINTS) return sink.miss(String(element['type']))
  const closed = count > 3 && points[0] === points.at(-2) && points[1] === points.at(-1)
  const path = placesOf(element, closed ? points.slice(0, -2) : points)
  const inner = texts.get(String(element['id']))
  const arrow = element['type'] === 'arrow'
  sink.add({
    ...commonOf(file, element),
    kind: 'line',
    path,
    from: closed ? null : bindingOf(file, element['startBinding']),
    to: closed ? null : bindingOf(file, element['endBinding']),
    style: {
      ...styleOf(element),
      closed,
      start: arrow ? (HEADS[String(element['startArrowhead'])] ?? 'none') : 'none',
      end: arrow ? (HEADS[String(element['endArrowhead'])] ?? 'none') : 'none',
      route:
        element['elbowed'] === true
          ? 'elbow'
          : element['roundness'] && path.length > 4
            ? 'curve'
            : 'straight',
      ...(inner ? textStyleOf(inner) : {}),
    },
    ...(inner ? { text: [{ insert: wordsOf(inner) }] } : {}),
  })
}

function bindingOf({ byId }: File, value: unknown): Binding | null {
  if (!isPlainObject(value) || typeof value['elementId'] !== 'string') return null
  const to = byId.get(value['elementId'])
  if (!to || isFrame(to)) return null
  const point = Array.isArray(value['fixedPoint']) ? (value['fixedPoint'] as readonly unknown[]) : []
  const share = (one: unknown): number => Math.min(1, Math.max(0, number(one, 0.5)))
  return { shape: idOf(to), x: share(point[0]), y: share(point[1]), exact: false }
}

function readStroke(file: File, element: Element): void {
  const points = pointsOf(element)
  if (points.length === 0) return file.sink.miss('freedraw')
  const { pressures, simulatePressure } = element
  const list = Array.isArray(pressures) ? (pressures as readonly unknown[]) : []
  const real = simulatePressure !== true && list.length > 0
  const pressure = real
    ? Uint8Array.from({ length: points.length / 2 }, (_, i) =>
        Math.round(Math.min(1, Math.max(0, number(list[i], 0.5))) * 63),
      )
    : null
  const { fill: _fill, paper: _paper, ...style } = styleOf(element)
  // Its strokes are drawn about four times as wide as they are called.
  file.sink.ink(
    { ...commonOf(file, element), style: { ...style, width: (style.width ?? 2) * (real ? 4.25 : 2) } },
    { xy: Float64Array.from(placesOf(element, points)), pressure },
    EXPONENT,
  )
}

const RASTER = /^data:image\/(?:png|jpeg|webp|gif);base64,([A-Za-z0-9+/]+={0,2})$/

function readImage(file: File, element: Element): void {
  const { sink, files } = file
  const id = String(element['fileId'])
  const found = Object.hasOwn(files, id) ? files[id] : undefined
  const address = isPlainObject(found) && typeof found['dataURL'] === 'string' ? found['dataURL'] : ''
  const [, base64] = RASTER.exec(address) ?? []
  const bytes = base64 === undefined ? null : bytesOfBase64(base64)
  const kept = bytes && sink.picture(bytes)
  if (!kept) return sink.miss('image')
  const scale = Array.isArray(element['scale']) ? (element['scale'] as readonly unknown[]) : []
  const box = boxOfElement(element)
  sink.add({
    ...commonOf(file, element),
    kind: 'image',
    box: { ...box, flipX: scale[0] === -1, flipY: scale[1] === -1 },
    asset: kept.key,
    style: { opacity: styleOf(element).opacity ?? 1 },
  })
}
