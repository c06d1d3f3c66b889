import type { JSX } from 'preact'
import { hexOfColour } from '../../../../shared/board/colours.ts'
import { newShapeId } from '../../../../shared/board/ids.ts'
import { orderKeys } from '../../../../shared/board/model/order.ts'
import { createShape } from '../../../../shared/board/model/write.ts'
import { t } from '../../../i18n.ts'
import { Dialog } from '../../../ui/dialog.tsx'
import { say, sayTitle } from '../../words.ts'
import type { DialogProps } from '../dialogs.tsx'
import { TEMPLATES, shapesOfTemplate, templateSize } from '../templates.ts'
import type { Template, TemplateShape } from '../templates.ts'
import { boardTheme } from '../theme.ts'
import type { BoardUi } from '../ui.ts'
import '../../../styles/board-dialogs.css'

/** Page units to the right of what is on the board already. */
const BESIDE = 120

/** Puts a template on the board: beside what is there, else in the middle of what is seen; and shows it. */
export function useTemplate({ editor }: Pick<BoardUi, 'editor'>, template: Template): void {
  const { scene, camera } = editor
  const size = templateSize(template)
  const content = scene.content()
  const seen = camera.seen.peek()
  const x = content
    ? content.right + BESIDE - size.left
    : (seen.left + seen.right - size.right - size.left) / 2
  const y = content ? content.top - size.top : (seen.top + seen.bottom - size.bottom - size.top) / 2
  const top = scene.tree().children.get(null)?.at(-1)?.order ?? null
  const count = template.shapes.length
  const shapes = shapesOfTemplate(template, {
    x,
    y,
    ids: Array.from({ length: count }, () => newShapeId()),
    orders: orderKeys(count, top, null, Math.random),
    say,
  })
  editor.change((board) => shapes.forEach((shape) => createShape(board, shape)))
  camera.fit(
    { left: x + size.left, top: y + size.top, right: x + size.right, bottom: y + size.bottom },
    { margin: 80, most: 1, glide: true },
  )
}

/** Boards to begin with. */
export function TemplatesDialog({ ui, onClose }: DialogProps): JSX.Element {
  return (
    <Dialog title={sayTitle('board.templates')} closeLabel={t('common.close')} class="wide" onClose={onClose}>
      <div class="templates">
        {TEMPLATES.map((template) => (
          <button
            type="button"
            key={template.id}
            class="template"
            onClick={() => {
              onClose()
              useTemplate(ui, template)
            }}
          >
            <Picture template={template} />
            <strong>{say(template.name)}</strong>
            <small>{say(template.hint)}</small>
          </button>
        ))}
      </div>
    </Dialog>
  )
}

function Picture({ template }: { template: Template }): JSX.Element {
  const { left, top, right, bottom } = templateSize(template)
  return (
    <svg
      viewBox={`${left - 20} ${top - 20} ${right - left + 40} ${bottom - top + 40}`}
      preserveAspectRatio="xMidYMid meet"
      aria-hidden="true"
    >
      {template.shapes.map((shape, index) => (
        <Part key={String(index)} shape={shape} all={template.shapes} />
      ))}
    </svg>
  )
}

function Part({ shape, all }: { shape: TemplateShape; all: readonly TemplateShape[] }): JSX.Element {
  const theme = boardTheme.value
  const [x, y, width, height] = shape.at
  const colour = (place: string | number | null | undefined): string => hexOfColour(place ?? 1, theme)
  const { style = {} } = shape
  if (shape.kind === 'line') {
    const [from, to] = [all[shape.from ?? 0]?.at, all[shape.to ?? 0]?.at]
    if (!from || !to) return <></>
    return (
      <line
        x1={from[0] + from[2] / 2}
        y1={from[1] + from[3] / 2}
        x2={to[0] + to[2] / 2}
        y2={to[1] + to[3] / 2}
        stroke={colour(style.color)}
        stroke-width={6}
      />
    )
  }
  if (shape.kind === 'text')
    return <rect x={x} y={y + 6} width={width * 0.45} height={22} rx={6} fill={colour(0)} opacity={0.55} />
  const solid = shape.kind === 'note' || style.fill === 'solid'
  const common = {
    fill: solid ? colour(style.paper) : 'var(--color-page)',
    stroke: colour(shape.kind === 'note' ? style.paper : style.color),
    'stroke-width': 6,
  }
  return style.form === 'ellipse' ? (
    <ellipse cx={x + width / 2} cy={y + height / 2} rx={width / 2} ry={height / 2} {...common} />
  ) : (
    <rect x={x} y={y} width={width} height={height} rx={shape.kind === 'geo' ? 14 : 6} {...common} />
  )
}
