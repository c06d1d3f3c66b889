import { useComputed } from '@preact/signals'
import type { JSX } from 'preact'
import { Button, ToolButton } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { say } from '../words.ts'
import { BoardDialogs } from './dialogs.tsx'
import { ContextMenu } from './context-menu.tsx'
import { Corner, UndoIsland } from './corner.tsx'
import { fetched } from '../../ui/fetched.ts'
import type { Bringer } from '../pictures/bring.ts'
import { boardIcon } from './icons.ts'
import { Outline } from './outline.tsx'
import { framesOf, showSlide } from './slides.ts'
import { Tools } from './tools.tsx'
import type { BoardUi } from './ui.ts'

const Properties = fetched<{ ui: BoardUi }>(async () => (await import('./properties.tsx')).Properties)
const Search = fetched<{ ui: BoardUi }>(async () => (await import('./search.tsx')).Search)
const Presenting = fetched<{ ui: BoardUi }>(async () => (await import('./meeting.tsx')).Presenting)
const PicturesUnderWay = fetched<{ bringer: Bringer }>(
  async () => (await import('../pictures/progress.tsx')).PicturesUnderWay,
)
const SessionIsland = fetched<{ ui: BoardUi }>(async () => (await import('./meeting.tsx')).SessionIsland)

/** All that stands over the board. */
export function BoardControls({ ui, menus }: { ui: BoardUi; menus: boolean }): JSX.Element {
  const { editor, together } = ui
  const presenting = ui.slide.value !== null
  const hasProperties = useComputed(
    () => editor.mayDraw.value && (editor.selection.value.size > 0 || editor.tool.value !== 'select'),
  )
  const hasSession = useComputed(
    () => together.rounds.timer.value !== null || together.rounds.round.value !== null,
  )
  const isLed = useComputed(
    () => together.meeting.presenter.value !== null || together.follow.who.value !== null,
  )
  const isBringing = useComputed(() => ui.bringer.underWay.value.length > 0)
  return (
    <>
      <Outline ui={ui} />
      {menus && !presenting && (
        <>
          {hasProperties.value && <Properties ui={ui} />}
          <Empty ui={ui} />
          <UndoIsland ui={ui} />
          <Tools ui={ui} />
          <Corner ui={ui} />
          {hasSession.value && <SessionIsland ui={ui} />}
        </>
      )}
      {isLed.value && <Presenting ui={ui} />}
      {isBringing.value && <PicturesUnderWay bringer={ui.bringer} />}
      {presenting && <SlideIsland ui={ui} />}
      {ui.searching.value && <Search ui={ui} />}
      <ContextMenu ui={ui} />
      <BoardDialogs ui={ui} />
    </>
  )
}

/** Nothing is on the board: what one can begin with. */
function Empty({ ui }: { ui: BoardUi }): JSX.Element {
  const { editor } = ui
  const empty = useComputed(
    () =>
      editor.scene.version.value >= 0 &&
      editor.scene.shapes.size === 0 &&
      // Nothing is in the way of who is about to draw.
      (editor.tool.value === 'select' || editor.tool.value === 'hand') &&
      editor.stroke.value === null &&
      editor.writing.value === null,
  )
  if (!empty.value) return <></>
  const may = editor.mayDraw.value
  return (
    <div class="board-empty">
      <Icon name={boardIcon('board')} class="big" />
      <p>{say(may ? 'board.empty' : 'board.emptyReader')}</p>
      {may && (
        <Button icon={boardIcon('template')} onClick={() => (ui.dialog.value = 'templates')}>
          {say('board.templates')}
        </Button>
      )}
    </div>
  )
}

/** Going through the slides. */
function SlideIsland({ ui }: { ui: BoardUi }): JSX.Element {
  const frames = framesOf(ui.editor.scene)
  const at = frames.findIndex(({ id }) => id === ui.slide.value)
  const name = frames[at]?.name ?? ''
  return (
    <div class="board-slides island" role="toolbar" aria-label={say('board.present')} data-island="">
      <ToolButton
        label={say('board.slideBefore')}
        icon={boardIcon('chevron-left')}
        disabled={at <= 0}
        onClick={() => showSlide(ui, 'before')}
      />
      <span class="slide-name" role="status">
        {say('board.slide', { n: at + 1, all: frames.length })}
        {name !== '' && <strong dir="auto">{name}</strong>}
      </span>
      <ToolButton
        label={say('board.slideNext')}
        icon={boardIcon('chevron-right')}
        disabled={at >= frames.length - 1}
        onClick={() => showSlide(ui, 'next')}
      />
      <span class="separator" />
      <ToolButton label={say('board.slideEnd')} icon="close" onClick={() => showSlide(ui, 'end')} />
    </div>
  )
}
