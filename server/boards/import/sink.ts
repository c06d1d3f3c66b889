/** Where importers put what they understood: a board of its own, each shape above the one before (SPEC-board B520). */
import { createHash } from 'node:crypto'
import * as Y from 'yjs'
import { BoardError } from '../../../shared/board/error.ts'
import { encodePoints } from '../../../shared/board/ink/points.ts'
import type { InkPoints } from '../../../shared/board/ink/points.ts'
import {
  MAX_COORDINATE,
  MAX_NAME,
  MAX_SHAPES,
  MAX_TEXT,
  SPLIT_INK_POINTS,
} from '../../../shared/board/limits.ts'
import { boardOf } from '../../../shared/board/model/board.ts'
import type { Board } from '../../../shared/board/model/board.ts'
import { STYLE_RULES, isStyleName } from '../../../shared/board/model/style.ts'
import type { Style } from '../../../shared/board/model/style.ts'
import { createInk, createShape } from '../../../shared/board/model/write.ts'
import type { NewInk, NewShape } from '../../../shared/board/model/write.ts'
import { AppError } from '../../errors.ts'
import { cleanPicture } from '../../pictures/clean.ts'
import type { CleanPicture } from '../../../shared/pictures/picture.ts'
import { safeLink } from '../../../shared/text/links.ts'

/** The key of a picture, and its size in pixels. */
export interface KeptPicture {
  readonly key: string
  readonly width: number
  readonly height: number
}

type Shape = Omit<NewShape, 'order'> & { readonly id: string }
type Ink = Omit<NewInk, 'order' | 'points'> & { readonly id: string }

export interface Sink {
  readonly board: Board
  /** By key, without what is not part of the picture. */
  readonly pictures: Map<string, CleanPicture>
  /** What was not understood, by its name in the file, and how often. */
  readonly missed: Map<string, number>
  add(shape: Shape): void
  /** A stroke, in as many pieces as its points need; `exponent` as for {@link encodePoints}. */
  ink(ink: Ink, points: InkPoints, exponent: number): void
  /** Keeps a picture; null for what is none that can be shown. */
  picture(bytes: Uint8Array): KeptPicture | null
  miss(what: string): void
}

const MOST_MISSED = 40

export function createSink(): Sink {
  const board = boardOf(new Y.Doc())
  const pictures = new Map<string, CleanPicture>()
  const missed = new Map<string, number>()
  let count = 0
  /** Keys as high as a board's own, without chance: the same file gives the same board. */
  const order = (): string => `V${(count++ + 36 ** 5).toString(36)}z`

  function miss(what: string): void {
    const name = what.slice(0, 40)
    if (missed.has(name) || missed.size < MOST_MISSED) missed.set(name, (missed.get(name) ?? 0) + 1)
  }

  /** Runs what makes a shape; what cannot be one is missed, not fatal. */
  function put(id: string, kind: string, make: () => void): void {
    if (board.shapes.has(id)) return
    if (board.shapes.size >= MAX_SHAPES) return miss('too-many')
    try {
      make()
    } catch (error) {
      if (!(error instanceof BoardError)) throw error
      miss(kind)
    }
  }

  return {
    board,
    pictures,
    missed,
    miss,
    add(shape) {
      const { text, name, link, style, ...rest } = shape
      const whole = {
        ...rest,
        ...(text ? { text: cut(text) } : {}),
        ...(name === undefined ? {} : { name: plainName(name) }),
        ...(link === undefined || link === null ? {} : { link: safeLink(link) }),
        ...(style ? { style: rightStyle(style) } : {}),
        order: order(),
      }
      put(shape.id, shape.kind, () => createShape(board, whole))
    },
    ink(ink, points, exponent) {
      const { style, ...rest } = ink
      const all = points.xy.length >> 1
      for (let from = 0, piece = 0; from < all; from += SPLIT_INK_POINTS - 1, piece++) {
        if (from > 0 && from === all - 1) break
        const to = Math.min(all, from + SPLIT_INK_POINTS)
        const id = piece === 0 ? ink.id : importedId('', `${ink.id}-${piece}`)
        put(id, 'ink', () => {
          const xy = points.xy.slice(2 * from, 2 * to)
          if (xy.some((value) => !(Math.abs(value) <= MAX_COORDINATE))) throw new BoardError('range')
          const encoded = encodePoints({ xy, pressure: points.pressure?.slice(from, to) ?? null }, exponent)
          createInk(board, { ...rest, id, points: encoded, order: order(), style: rightStyle(style ?? {}) })
        })
      }
    },
    picture(bytes) {
      try {
        const clean = cleanPicture(bytes)
        const key = createHash('sha256').update(clean.bytes).digest('base64url')
        pictures.set(key, clean)
        return { key, width: clean.width, height: clean.height }
      } catch (error) {
        if (error instanceof AppError) return null
        throw error
      }
    },
  }
}

/** Properties that can be; others are left to their defaults. */
export function rightStyle(style: Partial<Style>): Partial<Style> {
  return Object.fromEntries(
    Object.entries(style).filter(([name, value]) => isStyleName(name) && STYLE_RULES[name](value)),
  )
}

function cut(text: NonNullable<NewShape['text']>): NonNullable<NewShape['text']> {
  let room = MAX_TEXT
  return text.flatMap((run) => {
    if (typeof run.insert !== 'string' || room <= 0) return []
    const insert = run.insert.replace(CONTROL, '').slice(0, room)
    room -= insert.length
    return insert === '' ? [] : [{ ...run, insert }]
  })
}

// oxlint-disable-next-line no-control-regex -- control characters are what it looks for
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g
// oxlint-disable-next-line no-control-regex -- control characters are what it looks for
const NAME_CONTROL = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g

function plainName(name: string): string {
  return name.replace(NAME_CONTROL, ' ').trim().slice(0, MAX_NAME)
}

const PLAIN_ID = /^[0-9A-Za-z_-]{1,30}$/

/** An id of a file as one of ours, the same each time: itself where it can be, else a part of its hash. */
export function importedId(prefix: string, id: string): string {
  if (PLAIN_ID.test(id) && prefix.length + id.length <= 32) return prefix + id
  return prefix + createHash('sha256').update(id).digest('base64url').slice(0, 20)
}
