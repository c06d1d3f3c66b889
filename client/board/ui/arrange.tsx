import { useComputed, useSignal } from '@preact/signals'
import type { JSX } from 'preact'
import { useRef } from 'preact/hooks'
import { t } from '../../i18n.ts'
import { ToolButton } from '../../ui/button.tsx'
import { Menu } from '../../ui/menu.tsx'
import { boxOf } from '../../ui/popover.tsx'
import { say } from '../words.ts'
import { itemsOf } from './action-items.ts'
import { ActionTool } from './action-tool.tsx'
import { menuGroups } from './context-menu.tsx'
import { boardIcon } from './icons.ts'
import { Group } from './stroke-parts.tsx'
import type { BoardUi } from './ui.ts'

/** Order, alignment, groups and locks of what is selected. */
export function ArrangePart({ ui }: { ui: BoardUi }): JSX.Element {
  const grouped = useComputed(() => ui.actions.value.get('ungroup')?.enabled() === true)
  const locked = useComputed(() => ui.actions.value.get('unlock')?.enabled() === true)
  return (
    <Group name={say('board.arrange')}>
      <div class="row">
        <ActionTool ui={ui} id="front" />
        <ActionTool ui={ui} id="back" />
        <Aligning ui={ui} />
        <ActionTool ui={ui} id={grouped.value ? 'ungroup' : 'group'} />
        <ActionTool ui={ui} id={locked.value ? 'unlock' : 'lock'} />
        <Rest ui={ui} />
      </div>
    </Group>
  )
}

const ALIGNING: readonly (readonly string[])[] = [
  ['align-left', 'align-center', 'align-right'],
  ['align-top', 'align-middle', 'align-bottom'],
  ['distribute-across', 'distribute-down'],
  ['flip-across', 'flip-down'],
]

function Aligning({ ui }: { ui: BoardUi }): JSX.Element {
  const open = useSignal(false)
  const place = useRef<HTMLSpanElement>(null)
  return (
    <span ref={place}>
      <ToolButton
        label={say('board.aligning')}
        icon={boardIcon('align-board')}
        expanded={open.value}
        onClick={() => (open.value = true)}
      />
      {open.value && (
        <Menu
          label={say('board.aligning')}
          groups={ALIGNING.map((ids) => itemsOf(ui, ids))}
          anchor={() => boxOf(place.current)}
          onClose={() => (open.value = false)}
        />
      )}
    </span>
  )
}

function Rest({ ui }: { ui: BoardUi }): JSX.Element {
  const open = useSignal(false)
  const place = useRef<HTMLSpanElement>(null)
  return (
    <span ref={place}>
      <ToolButton
        label={t('common.more')}
        icon="more"
        expanded={open.value}
        onClick={() => (open.value = true)}
      />
      {open.value && (
        <Menu
          label={t('common.more')}
          groups={menuGroups(ui)}
          anchor={() => boxOf(place.current)}
          onClose={() => (open.value = false)}
        />
      )}
    </span>
  )
}
