import { useComputed, useSignal } from '@preact/signals'
import type { JSX } from 'preact'
import { useRef } from 'preact/hooks'
import { hexOfColour } from '../../../shared/board/colours.ts'
import { ToolButton } from '../../ui/button.tsx'
import { Menu } from '../../ui/menu.tsx'
import type { MenuItem } from '../../ui/menu.tsx'
import { boxOf } from '../../ui/popover.tsx'
import type { ToolId } from '../types.ts'
import { say } from '../words.ts'
import type { BoardKey } from '../words.ts'
import { itemOf, itemsOf, keysOf } from './action-items.ts'
import { boardIcon } from './icons.ts'
import { Island } from './island.tsx'
import { isDark } from './theme.ts'
import type { BoardUi } from './ui.ts'

/** A tool's button, and from which width of the board on it has one of its own; below, it stands in the menu of more. */
interface ToolPlace {
  readonly tool: ToolId | 'templates'
  readonly label: BoardKey
  readonly icon: string
  readonly from: 'any' | 'tablet' | 'desk' | 'wide' | 'menu'
  readonly draws: boolean
}

const GROUPS: readonly (readonly ToolPlace[])[] = [
  [
    { tool: 'select', label: 'board.tool.select', icon: 'select', from: 'any', draws: false },
    { tool: 'hand', label: 'board.tool.hand', icon: 'hand', from: 'wide', draws: false },
  ],
  [
    { tool: 'pen', label: 'board.tool.pen', icon: 'pen', from: 'any', draws: true },
    { tool: 'highlighter', label: 'board.tool.highlighter', icon: 'highlighter', from: 'wide', draws: true },
    { tool: 'eraser', label: 'board.tool.eraser', icon: 'eraser', from: 'any', draws: true },
  ],
  [
    { tool: 'shape', label: 'board.tool.shape', icon: 'shape', from: 'any', draws: true },
    { tool: 'arrow', label: 'board.tool.arrow', icon: 'arrow', from: 'tablet', draws: true },
    { tool: 'connector', label: 'board.tool.connector', icon: 'connector', from: 'desk', draws: true },
    { tool: 'text', label: 'board.tool.text', icon: 'text', from: 'any', draws: true },
    { tool: 'note', label: 'board.tool.note', icon: 'note', from: 'any', draws: true },
    { tool: 'image', label: 'board.tool.image', icon: 'image', from: 'tablet', draws: true },
    { tool: 'frame', label: 'board.tool.frame', icon: 'frame', from: 'desk', draws: true },
  ],
  [
    { tool: 'laser', label: 'board.tool.laser', icon: 'laser', from: 'desk', draws: true },
    { tool: 'templates', label: 'board.templates', icon: 'template', from: 'desk', draws: true },
    { tool: 'lasso', label: 'board.tool.lasso', icon: 'lasso', from: 'menu', draws: false },
    { tool: 'line', label: 'board.tool.line', icon: 'line', from: 'menu', draws: true },
  ],
]

/** Actions that only the menu of more has. */
const MENU: readonly (readonly string[])[] = [
  ['keep-tool', 'ground', 'search', 'present', 'meeting'],
  ['clear-person', 'unlock-all'],
  ['palette', 'help'],
]

/** Inks whose colour their tool shows. */
const PENS: ReadonlySet<string> = new Set(['pen', 'highlighter'])

/** The tools, at the lower edge. Those that draw are there only for who may. */
export function Tools({ ui }: { ui: BoardUi }): JSX.Element {
  const may = ui.editor.mayDraw.value
  const groups = GROUPS.map((group) =>
    group.filter(({ draws, from }) => from !== 'menu' && (may || !draws)),
  ).filter((group) => group.length > 0)
  return (
    <Island label={say('board.tools')} class="board-tools">
      {groups.map((group, index) => (
        <>
          {index > 0 && (
            <span class={`separator ${group.every(({ from }) => from === 'desk') ? 'from-desk' : ''}`} />
          )}
          {group.map((place) => (
            <Tool key={place.tool} ui={ui} place={place} />
          ))}
        </>
      ))}
      <MoreTools ui={ui} />
    </Island>
  )
}

function Tool({ ui, place }: { ui: BoardUi; place: ToolPlace }): JSX.Element {
  const { editor } = ui
  const { tool } = place
  const pressed = useComputed(() => (tool === 'templates' ? undefined : editor.tool.value === tool))
  const action = actionOf(ui, tool)
  return (
    <span class={`tool-place from-${place.from}`} data-tool={tool}>
      <ToolButton
        label={say(place.label)}
        icon={boardIcon(place.icon)}
        keys={keysOf(action)}
        pressed={pressed.value}
        action={action?.id}
        onClick={() => {
          if (tool === 'templates') ui.dialog.value = 'templates'
          else take(ui, tool)
        }}
      />
      {PENS.has(tool) && <PenColour ui={ui} tool={tool as ToolId} />}
    </span>
  )
}

/** Taking the tool that is taken opens what it draws with, where that is no island. */
function take(ui: BoardUi, tool: ToolId): void {
  const again = ui.editor.tool.peek() === tool
  const action = actionOf(ui, tool)
  if (action) action.run()
  else ui.editor.setTool(tool)
  ui.sheet.value = again && !ui.sheet.peek() && tool !== 'select' && tool !== 'hand'
  ui.focusBoard()
}

function actionOf(ui: BoardUi, tool: string): ReturnType<ReturnType<typeof ui.actions.peek>['get']> {
  const all = ui.actions.value
  return all.get(tool)
}

/** The line under a pen in the colour it draws with. */
function PenColour({ ui, tool }: { ui: BoardUi; tool: ToolId }): JSX.Element {
  const first = tool === 'highlighter' ? 8 : 0
  const colour = useComputed(() =>
    hexOfColour(ui.editor.nextStyle.value[tool]?.color ?? first, isDark.value ? 'dark' : 'light'),
  )
  return <span class="pen-colour" style={{ '--pen': colour.value }} />
}

function MoreTools({ ui }: { ui: BoardUi }): JSX.Element {
  const open = useSignal(false)
  const place = useRef<HTMLSpanElement>(null)
  return (
    <span ref={place} class="tool-place">
      <ToolButton
        label={say('board.moreTools')}
        icon="more"
        expanded={open.value}
        action="moreTools"
        onClick={() => (open.value = true)}
      />
      {open.value && (
        <Menu
          label={say('board.moreTools')}
          side="above"
          align="end"
          groups={moreItems(ui, place.current)}
          anchor={() => boxOf(place.current)}
          onClose={() => (open.value = false)}
        />
      )}
    </span>
  )
}

/** The tools that have no room in the bar now, and the rest of the menu. */
function moreItems(ui: BoardUi, inside: Element | null): MenuItem[][] {
  const bar = inside?.closest('.board-tools')
  const may = ui.editor.mayDraw.peek()
  const hidden = GROUPS.flat().filter(({ tool, from, draws }) => {
    if (draws && !may) return false
    if (from === 'menu') return true
    const button = bar?.querySelector(`[data-tool="${tool}"]`)
    return button instanceof HTMLElement && button.offsetParent === null
  })
  const tools = hidden.map((place): MenuItem => {
    const action = actionOf(ui, place.tool)
    if (action) return { ...itemOf(action), label: say(place.label), icon: boardIcon(place.icon) }
    return {
      id: place.tool,
      label: say(place.label),
      icon: boardIcon(place.icon),
      run: () => (ui.dialog.value = 'templates'),
    }
  })
  return [tools, ...MENU.map((ids) => itemsOf(ui, ids))]
}
