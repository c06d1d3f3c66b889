import { useComputed } from '@preact/signals'
import type { JSX } from 'preact'
import { ToolButton } from '../../ui/button.tsx'
import { sayAny } from '../words.ts'
import { keysOf } from './action-items.ts'
import { boardIcon } from './icons.ts'
import type { BoardUi } from './ui.ts'

/** A button of an action of the board. */
export function ActionTool({
  ui,
  id,
  class: kind,
}: {
  ui: BoardUi
  id: string
  class?: string
}): JSX.Element {
  const action = ui.actions.value.get(id)
  const enabled = useComputed(() => ui.actions.value.get(id)?.enabled() === true)
  const active = useComputed(() => ui.actions.value.get(id)?.active?.())
  if (!action || (action.writes && !ui.editor.mayDraw.value)) return <></>
  return (
    <ToolButton
      label={sayAny(action.label)}
      icon={boardIcon(action.icon)}
      keys={keysOf(action)}
      pressed={active.value}
      disabled={!enabled.value}
      action={id}
      class={kind}
      onClick={() => action.run()}
    />
  )
}
