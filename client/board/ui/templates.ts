/** Templates: a few shapes as plain data, placed where the person looks (SPEC-board B310). Pure but for the words. */
import { boxOf } from '../../../shared/board/geometry/box.ts'
import type { Style } from '../../../shared/board/model/style.ts'
import type { NewShape } from '../../../shared/board/model/write.ts'
import type { BoardKey } from '../words.ts'

/** A shape of a template; lengths are page units from the template's upper left corner. */
export interface TemplateShape {
  readonly kind: 'frame' | 'geo' | 'note' | 'text' | 'line'
  readonly at: readonly [x: number, y: number, width: number, height: number]
  readonly words?: BoardKey
  /** Words are a heading's: larger and bold. */
  readonly heading?: true
  readonly style?: Partial<Style>
  /** Lines from one shape to another, by their places in the list. */
  readonly from?: number
  readonly to?: number
}

export interface Template {
  readonly id: string
  readonly name: BoardKey
  readonly hint: BoardKey
  readonly shapes: readonly TemplateShape[]
}

const NOTE = 150
const GAP = 20

function column(x: number, width: number, words: BoardKey, paper: number): TemplateShape[] {
  const left = x + (width - 2 * NOTE - GAP) / 2
  return [
    { kind: 'frame', at: [x, 0, width, 640], words },
    ...[0, 1, 2, 3].map((index): TemplateShape => ({
      kind: 'note',
      at: [left + (index % 2) * (NOTE + GAP), 40 + Math.floor(index / 2) * (NOTE + GAP), NOTE, NOTE],
      style: { paper, fill: 'solid' },
    })),
  ]
}

const CARD: Partial<Style> = {
  paper: 17,
  fill: 'solid',
  corner: 10,
  color: 1,
  width: 1.5,
  align: 'left',
  valign: 'top',
  size: 18,
}

function cardColumn(x: number, words: BoardKey, cards: number): TemplateShape[] {
  return [
    { kind: 'frame', at: [x, 0, 300, 680], words },
    ...Array.from({ length: cards }, (_one, index): TemplateShape => ({
      kind: 'note',
      at: [x + 20, 30 + index * 120, 260, 100],
      style: { paper: [12, 14, 13][index] ?? 12, fill: 'solid', size: 18 },
    })),
  ]
}

function quarter(x: number, y: number, words: BoardKey, paper: number): TemplateShape[] {
  return [
    {
      kind: 'geo',
      at: [x, y, 460, 340],
      style: { ...CARD, paper, corner: 12, color: 1 },
    },
    { kind: 'text', at: [x + 24, y + 20, 400, 34], words, heading: true, style: { size: 24 } },
  ]
}

const BRANCHES: readonly (readonly [x: number, y: number, color: number])[] = [
  [-420, -170, 2],
  [-420, 110, 3],
  [340, -170, 4],
  [340, 110, 6],
  [-40, -300, 7],
  [-40, 260, 5],
]

export const TEMPLATES: readonly Template[] = [
  {
    id: 'retro',
    name: 'board.template.retro',
    hint: 'board.template.retroHint',
    shapes: [
      ...column(0, 400, 'board.template.retroGood', 13),
      ...column(440, 400, 'board.template.retroBad', 15),
      ...column(880, 400, 'board.template.retroNext', 14),
    ],
  },
  {
    id: 'kanban',
    name: 'board.template.kanban',
    hint: 'board.template.kanbanHint',
    shapes: [
      ...cardColumn(0, 'board.template.kanbanTodo', 3),
      ...cardColumn(330, 'board.template.kanbanDoing', 2),
      ...cardColumn(660, 'board.template.kanbanDone', 1),
    ],
  },
  {
    id: 'swot',
    name: 'board.template.swot',
    hint: 'board.template.swotHint',
    shapes: [
      ...quarter(0, 0, 'board.template.swotStrengths', 13),
      ...quarter(480, 0, 'board.template.swotWeaknesses', 15),
      ...quarter(0, 360, 'board.template.swotOpportunities', 14),
      ...quarter(480, 360, 'board.template.swotThreats', 12),
    ],
  },
  {
    id: 'mindmap',
    name: 'board.template.mindmap',
    hint: 'board.template.mindmapHint',
    shapes: [
      {
        kind: 'geo',
        at: [400, 290, 240, 110],
        words: 'board.template.mindmapTopic',
        heading: true,
        style: { form: 'ellipse', color: 6, fill: 'soft', align: 'center', valign: 'middle', size: 24 },
      },
      ...BRANCHES.flatMap(([x, y, color], index): TemplateShape[] => [
        {
          kind: 'geo',
          at: [520 + x - 40, 310 + y, 160, 70],
          words: 'board.template.mindmapIdea',
          style: { color, fill: 'soft', corner: 16, align: 'center', valign: 'middle', width: 2 },
        },
        {
          kind: 'line',
          at: [0, 0, 0, 0],
          from: 0,
          to: 1 + index * 2,
          style: { color, width: 2.5, route: 'curve' },
        },
      ]),
    ],
  },
  {
    id: 'lesson',
    name: 'board.template.lesson',
    hint: 'board.template.lessonHint',
    shapes: [
      { kind: 'frame', at: [0, 0, 960, 540], words: 'board.template.lessonGoal' },
      {
        kind: 'text',
        at: [40, 36, 640, 44],
        words: 'board.template.lessonGoal',
        heading: true,
        style: { size: 32 },
      },
      { kind: 'frame', at: [1000, 0, 960, 540], words: 'board.template.lessonTogether' },
      {
        kind: 'text',
        at: [1040, 36, 640, 44],
        words: 'board.template.lessonTogether',
        heading: true,
        style: { size: 32 },
      },
      { kind: 'frame', at: [0, 600, 960, 540], words: 'board.template.lessonTask' },
      {
        kind: 'text',
        at: [40, 636, 640, 44],
        words: 'board.template.lessonTask',
        heading: true,
        style: { size: 32 },
      },
      { kind: 'frame', at: [1000, 600, 960, 540], words: 'board.template.lessonEnd' },
      {
        kind: 'text',
        at: [1040, 636, 640, 44],
        words: 'board.template.lessonEnd',
        heading: true,
        style: { size: 32 },
      },
    ],
  },
]

/** Of all its shapes that have a place. */
export function templateSize({ shapes }: Template): {
  left: number
  top: number
  right: number
  bottom: number
} {
  const placed = shapes.filter(({ kind }) => kind !== 'line')
  return {
    left: Math.min(...placed.map(({ at }) => at[0])),
    top: Math.min(...placed.map(({ at }) => at[1])),
    right: Math.max(...placed.map(({ at }) => at[0] + at[2])),
    bottom: Math.max(...placed.map(({ at }) => at[1] + at[3])),
  }
}

interface Making {
  /** Page place of the template's origin. */
  readonly x: number
  readonly y: number
  /** One id and one order key a shape. */
  readonly ids: readonly string[]
  readonly orders: readonly string[]
  readonly say: (key: BoardKey) => string
}

/** The shapes as they are made: a frame holds what lies in it. */
export function shapesOfTemplate({ shapes }: Template, { x, y, ids, orders, say }: Making): NewShape[] {
  let frame: { id: string; at: TemplateShape['at'] } | null = null
  return shapes.map((shape, index): NewShape => {
    const id = ids[index] ?? ''
    const order = orders[index] ?? ''
    const [left, top, width, height] = shape.at
    const style = shape.style ?? {}
    if (shape.kind === 'line') {
      const end = (to: number | undefined) => ({ shape: ids[to ?? 0] ?? '', x: 0.5, y: 0.5, exact: false })
      return {
        kind: 'line',
        id,
        order,
        style,
        path: [...middleOf(shapes[shape.from ?? 0], x, y), ...middleOf(shapes[shape.to ?? 0], x, y)],
        from: end(shape.from),
        to: end(shape.to),
      }
    }
    const box = boxOf(x + left, y + top, width, height)
    const words = shape.words ? say(shape.words) : ''
    if (shape.kind === 'frame') {
      frame = { id, at: shape.at }
      return { kind: 'frame', id, order, box, style, name: words }
    }
    const parent = frame && left >= frame.at[0] && left < frame.at[0] + frame.at[2] ? frame.id : null
    return {
      kind: shape.kind,
      id,
      order,
      box,
      style,
      parent,
      text: words === '' ? [] : [{ insert: words, ...(shape.heading ? { attributes: { bold: true } } : {}) }],
    }
  })
}

function middleOf(shape: TemplateShape | undefined, x: number, y: number): [number, number] {
  const [left, top, width, height] = shape?.at ?? [0, 0, 0, 0]
  return [x + left + width / 2, y + top + height / 2]
}
