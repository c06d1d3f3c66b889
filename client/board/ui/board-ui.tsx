import { useComputed } from '@preact/signals'
import type { JSX } from 'preact'
import { Button, ToolButton } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { say } from '../words.ts'
import { BoardDialogs } from './dialogs.tsx'
import { ContextMenu } from './context-menu.tsx'
import { Corner, UndoIsland } from './corner.tsx'
import { boardIcon } from './icons.ts'
import { Presenting, SessionIsland } from './meeting.tsx'
import { Outline } from './outline.tsx'
import { Properties } from './properties.tsx'
import { Search } from './search.tsx'
import { framesOf, showSlide } from './slides.ts'
import { PicturesUnderWay } from '../pictures/progress.tsx'
import { Tools } from './tools.tsx'
import type { BoardUi } from './ui.ts'

/** All that stands over the board. */
export function BoardControls({ ui, menus }: { ui: BoardUi; menus: boolean }): JSX.Element {
  const presenting = ui.slide.value !== null
  return (
    <>
      <Outline ui={ui} />
      {menus && !presenting && (
        <>
          <Properties ui={ui} />
          <Empty ui={ui} />
          <UndoIsland ui={ui} />
          <Tools ui={ui} />
          <Corner ui={ui} />
          <SessionIsland ui={ui} />
        </>
      )}
      <Presenting ui={ui} />
      <PicturesUnderWay bringer={ui.bringer} />
      {presenting && <SlideIsland ui={ui} />}
      <Search ui={ui} />
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
