import { useComputed, useSignal } from '@preact/signals'
import type { JSX } from 'preact'
import { useRef } from 'preact/hooks'
import { Menu } from '../../ui/menu.tsx'
import { boxOf } from '../../ui/popover.tsx'
import { language } from '../../i18n.ts'
import { say } from '../words.ts'
import { itemsOf } from './action-items.ts'
import { ActionTool } from './action-tool.tsx'
import { fetched } from '../../ui/fetched.ts'
import { Island } from './island.tsx'
import type { BoardUi } from './ui.ts'

const Minimap = fetched<{ ui: BoardUi }>(async () => (await import('./minimap.tsx')).Minimap)

/** Undo and redo, at the lower start corner. */
export function UndoIsland({ ui }: { ui: BoardUi }): JSX.Element {
  return (
    <Island label={say('board.history')} class="board-undo">
      <ActionTool ui={ui} id="undo" />
      <ActionTool ui={ui} id="redo" />
    </Island>
  )
}

/** The overview and the zoom, at the lower end corner. */
export function Corner({ ui }: { ui: BoardUi }): JSX.Element {
  return (
    <div class="board-corner">
      {ui.minimap.value && <Minimap ui={ui} />}
      <Island label={say('board.zoom')} class="board-zoom">
        <ActionTool ui={ui} id="zoom-out" class="from-wide" />
        <ZoomLevel ui={ui} />
        <ActionTool ui={ui} id="zoom-in" class="from-wide" />
        <span class="separator from-wide" />
        <ActionTool ui={ui} id="zoom-fit" />
        <ActionTool ui={ui} id="minimap" class="from-wide" />
      </Island>
    </div>
  )
}

const LEVELS: readonly (readonly string[])[] = [
  ['zoom-in', 'zoom-out', 'zoom-100', 'zoom-fit', 'zoom-selection'],
  ['minimap', 'ground'],
]

function ZoomLevel({ ui }: { ui: BoardUi }): JSX.Element {
  const open = useSignal(false)
  const place = useRef<HTMLButtonElement>(null)
  const level = useComputed(() => {
    const { zoom } = ui.editor.camera.place.value
    const percent = zoom < 0.1 ? { maximumFractionDigits: 1 } : { maximumFractionDigits: 0 }
    return new Intl.NumberFormat(language(), { style: 'percent', ...percent }).format(zoom)
  })
  return (
    <>
      <button
        ref={place}
        type="button"
        class="tool level from-tablet"
        aria-label={say('board.zoomLevel', { level: level.value })}
        aria-haspopup="menu"
        aria-expanded={open.value}
        onMouseDown={(event) => event.preventDefault()}
        onClick={() => (open.value = true)}
      >
        {level}
      </button>
      {open.value && (
        <Menu
          label={say('board.zoom')}
          side="above"
          align="end"
          groups={LEVELS.map((ids) => itemsOf(ui, ids))}
          anchor={() => boxOf(place.current)}
          onClose={() => (open.value = false)}
        />
      )}
    </>
  )
}
