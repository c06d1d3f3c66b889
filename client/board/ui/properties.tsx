import { useComputed } from '@preact/signals'
import type { JSX } from 'preact'
import { t } from '../../i18n.ts'
import { ToolButton } from '../../ui/button.tsx'
import type { Shape } from '../../../shared/board/model/shape.ts'
import { say } from '../words.ts'
import { ArrangePart } from './arrange.tsx'
import { EraserPart, FormPart, HandPart, OpacityPart } from './more-parts.tsx'
import { DashPart, EndsPart, FillPart, PaperPart, RoutePart, StrokePart, WidthPart } from './stroke-parts.tsx'
import { subjectOf } from './subject.ts'
import type { Part } from './subject.ts'
import { AlignPart, TextPart } from './text-parts.tsx'
import type { BoardUi } from './ui.ts'

type PartView = (props: { ui: BoardUi }) => JSX.Element

const VIEWS: Readonly<Record<Part, PartView>> = {
  stroke: StrokePart,
  marker: (props) => <StrokePart {...props} marker />,
  width: WidthPart,
  dash: DashPart,
  fill: FillPart,
  paper: PaperPart,
  opacity: OpacityPart,
  form: FormPart,
  route: RoutePart,
  ends: EndsPart,
  text: TextPart,
  align: AlignPart,
  arrange: ArrangePart,
  eraser: EraserPart,
  hand: HandPart,
}

/** Members of groups count for them. */
function leaves(ui: BoardUi): readonly Shape[] {
  const { scene, selection } = ui.editor
  const tree = scene.tree()
  const found: Shape[] = []
  const add = (id: string): void => {
    const shape = scene.shapes.get(id)
    if (!shape) return
    if (shape.kind !== 'group') found.push(shape)
    else for (const child of tree.children.get(id) ?? []) add(child.id)
  }
  for (const id of selection.value) add(id)
  return found
}

/**
 * What the selection looks like, or the next shape: an island where there is room, else a sheet that the tool's button
 * or the menu opens.
 */
export function Properties({ ui }: { ui: BoardUi }): JSX.Element {
  const { editor } = ui
  const subject = useComputed(() => {
    void editor.scene.version.value
    if (!editor.mayDraw.value) return null
    return subjectOf(leaves(ui), editor.selection.value.size, editor.tool.value)
  })
  const found = subject.value
  if (!found) return <></>
  const name = say(found.name, { n: found.count })
  return (
    <section
      class={`properties island${ui.sheet.value ? ' as-sheet' : ''}`}
      aria-label={name}
      data-island=""
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.defaultPrevented) return
        event.preventDefault()
        ui.sheet.value = false
        ui.focusBoard()
      }}
    >
      <header class="sheet-head">
        <h2>{name}</h2>
        <ToolButton label={t('common.close')} icon="close" onClick={() => (ui.sheet.value = false)} />
      </header>
      <div class="properties-parts">
        {found.parts.map((part) => {
          const View = VIEWS[part]
          return <View key={part} ui={ui} />
        })}
      </div>
    </section>
  )
}
