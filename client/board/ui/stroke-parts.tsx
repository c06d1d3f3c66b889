/** Properties of lines and areas. */
import { useComputed } from '@preact/signals'
import type { ComponentChildren, JSX } from 'preact'
import type { Dash, Fill, Head, Route, Style } from '../../../shared/board/model/style.ts'
import { HEADS } from '../../../shared/board/model/style.ts'
import { Icon } from '../../ui/icon.tsx'
import { say } from '../words.ts'
import type { BoardKey } from '../words.ts'
import { boardIcon } from './icons.ts'
import { Pick } from './pick.tsx'
import { INKS, MARKERS, PAPERS, Swatches } from './swatches.tsx'
import type { BoardUi } from './ui.ts'

interface PartProps {
  ui: BoardUi
}

/** One property of what the controls show; undefined where the selected shapes differ. */
export function useStyle<K extends keyof Style>(ui: BoardUi, name: K): Style[K] | undefined {
  return useComputed(() => ui.editor.shownStyle.value[name]).value
}

/** A group of controls with its name. */
export function Group({ name, children }: { name: string; children: ComponentChildren }): JSX.Element {
  return (
    <fieldset>
      <legend>{name}</legend>
      {children}
    </fieldset>
  )
}

/** A short line, as a picture of how a line looks. */
function Sample({
  d = 'M5 8h18',
  width = 2,
  dash,
}: {
  d?: string
  width?: number
  dash?: string
}): JSX.Element {
  return (
    <svg viewBox="0 0 28 16" aria-hidden="true">
      <path d={d} stroke-width={width} stroke-dasharray={dash} />
    </svg>
  )
}

export function StrokePart({ ui, marker = false }: PartProps & { marker?: boolean }): JSX.Element {
  const colour = useStyle(ui, 'color')
  return (
    <Group name={say('board.line')}>
      <Swatches
        label={say('board.lineColour')}
        colours={marker ? MARKERS : INKS}
        value={colour}
        onChange={(color) => ui.editor.setStyle({ color })}
      />
    </Group>
  )
}

/** Thin, medium, thick and very thick, for what is drawn. */
const WIDTHS: Readonly<Record<'line' | 'pen' | 'highlighter', readonly number[]>> = {
  line: [1.5, 3, 6, 10],
  pen: [2, 4, 8, 14],
  highlighter: [12, 20, 32, 48],
}
const WIDTH_NAMES: readonly BoardKey[] = [
  'board.width.thin',
  'board.width.medium',
  'board.width.thick',
  'board.width.veryThick',
]
const SAMPLE_WIDTHS = [1, 2, 4, 6]

export function WidthPart({ ui }: PartProps): JSX.Element {
  const width = useStyle(ui, 'width')
  const brush = useStyle(ui, 'brush')
  const isInk = useComputed(() => ui.editor.shownStyle.value.brush !== undefined).value
  const kind = isInk ? (brush === 'highlighter' ? 'highlighter' : 'pen') : 'line'
  const widths = WIDTHS[kind]
  return (
    <Pick
      label={say('board.width')}
      value={width === undefined ? undefined : nearest(widths, width)}
      options={widths.map((value, index) => ({
        value,
        label: say(WIDTH_NAMES[index] ?? 'board.width.medium'),
        picture: <Sample width={SAMPLE_WIDTHS[index] ?? 2} />,
      }))}
      onChange={(value) => ui.editor.setStyle({ width: value })}
    />
  )
}

function nearest(values: readonly number[], to: number): number {
  return values.reduce((best, value) => (Math.abs(value - to) < Math.abs(best - to) ? value : best))
}

export function DashPart({ ui }: PartProps): JSX.Element {
  const dash = useStyle(ui, 'dash')
  return (
    <Pick<Dash>
      label={say('board.dash')}
      value={dash}
      options={[
        { value: 'solid', label: say('board.dash.solid'), picture: <Sample /> },
        { value: 'dashed', label: say('board.dash.dashed'), picture: <Sample dash="4 4" /> },
        { value: 'dotted', label: say('board.dash.dotted'), picture: <Sample width={2.5} dash="0 4.5" /> },
      ]}
      onChange={(value) => ui.editor.setStyle({ dash: value })}
    />
  )
}

export function FillPart({ ui }: PartProps): JSX.Element {
  const fill = useStyle(ui, 'fill')
  return (
    <Group name={say('board.fill')}>
      <Pick<Fill>
        label={say('board.fill')}
        value={fill}
        options={[
          { value: 'none', label: say('board.fill.none') },
          { value: 'soft', label: say('board.fill.soft') },
          { value: 'solid', label: say('board.fill.solid') },
        ]}
        onChange={(value) => ui.editor.setStyle({ fill: value })}
      />
    </Group>
  )
}

export function PaperPart({ ui }: PartProps): JSX.Element {
  const paper = useStyle(ui, 'paper')
  return (
    <Group name={say('board.paper')}>
      <Swatches
        label={say('board.paper')}
        colours={PAPERS}
        value={paper ?? undefined}
        onChange={(value) => ui.editor.setStyle({ paper: value, fill: 'solid' })}
      />
    </Group>
  )
}

export function RoutePart({ ui }: PartProps): JSX.Element {
  const route = useStyle(ui, 'route')
  const picture = (name: string): JSX.Element => <Icon name={boardIcon(name)} class="small" />
  return (
    <Group name={say('board.route')}>
      <Pick<Route>
        label={say('board.route')}
        value={route}
        options={[
          { value: 'straight', label: say('board.route.straight'), picture: picture('route-straight') },
          { value: 'curve', label: say('board.route.curve'), picture: picture('route-curve') },
          { value: 'elbow', label: say('board.route.elbow'), picture: picture('route-elbow') },
        ]}
        onChange={(value) => ui.editor.setStyle({ route: value })}
      />
    </Group>
  )
}

const HEAD_NAMES: Readonly<Record<Head, BoardKey>> = {
  none: 'board.head.none',
  arrow: 'board.head.arrow',
  triangle: 'board.head.triangle',
  dot: 'board.head.dot',
  diamond: 'board.head.diamond',
  bar: 'board.head.bar',
}
/** What a line ends with, drawn at the end of a short line. */
const HEAD_PICTURES: Readonly<Record<Head, string>> = {
  none: 'M3 8h14',
  arrow: 'M3 8h14M12.5 3.75 17 8l-4.5 4.25',
  triangle: 'M3 8h8M11 3.75 17.5 8 11 12.25z',
  dot: 'M3 8h9M12 8a2.75 2.75 0 1 0 5.5 0a2.75 2.75 0 1 0 -5.5 0z',
  diamond: 'M3 8h7M10 8l4-3.5L18 8l-4 3.5z',
  bar: 'M3 8h14M17 3.75v8.5',
}

export function EndsPart({ ui }: PartProps): JSX.Element {
  const start = useStyle(ui, 'start')
  const end = useStyle(ui, 'end')
  const options = (turned: boolean) =>
    HEADS.map((value) => ({
      value,
      label: say(HEAD_NAMES[value]),
      picture: (
        <svg class={turned ? 'turned' : ''} viewBox="0 0 20 16" aria-hidden="true">
          <path d={HEAD_PICTURES[value]} stroke-width="1.5" />
        </svg>
      ),
    }))
  return (
    <Group name={say('board.ends')}>
      <Pick<Head>
        label={say('board.ends.start')}
        value={start}
        options={options(true)}
        onChange={(value) => ui.editor.setStyle({ start: value })}
      />
      <Pick<Head>
        label={say('board.ends.end')}
        value={end}
        options={options(false)}
        onChange={(value) => ui.editor.setStyle({ end: value })}
      />
    </Group>
  )
}
