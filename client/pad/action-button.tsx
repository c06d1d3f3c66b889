import { useComputed } from '@preact/signals'
import type { JSX } from 'preact'
import { useRef } from 'preact/hooks'
import { ToolButton } from '../ui/button.tsx'
import type { MenuItem } from '../ui/menu.tsx'
import { actionState, labelOf } from './actions.ts'
import type { Action, Actions } from './actions.ts'
import { keyNames } from './key-names.ts'
import type { PadModel } from './model.ts'

interface ActionButtonProps {
  action: Action
  model: PadModel
  class?: string
}

/** A button for an action. It repaints only when its own state changes. */
export function ActionButton({ action, model, class: kind }: ActionButtonProps): JSX.Element {
  const pressed = useComputed(() => actionState(action, model).pressed)
  const disabled = useComputed(() => actionState(action, model).disabled)
  const expanded = useComputed(() => (action.pick ? model.picking.value?.id === action.id : undefined))
  // The press that closes what is open, as any press beside it does, must not open it again.
  const closes = useRef(false)
  return (
    <ToolButton
      label={labelOf(action)}
      icon={action.icon}
      keys={action.keys && keyNames(action.keys)}
      pressed={pressed.value}
      expanded={expanded.value}
      disabled={disabled.value}
      action={action.id}
      class={kind}
      onPress={() => (closes.current = expanded.peek() === true)}
      onClick={({ currentTarget }) => {
        if (closes.current) model.picking.value = null
        else action.run(currentTarget instanceof Element ? currentTarget : undefined)
        closes.current = false
      }}
    />
  )
}

/** Actions as lines of a menu, in the order of `ids`; ids without an action are left out. */
export function menuItems(ids: readonly string[], actions: Actions, model: PadModel): MenuItem[] {
  const items: MenuItem[] = []
  for (const id of ids) {
    const action = actions.get(id)
    if (!action || (action.writes && !model.mayWrite.value)) continue
    const { pressed, disabled } = actionState(action, model)
    items.push({
      id,
      label: labelOf(action),
      icon: action.icon,
      keys: action.keys && keyNames(action.keys),
      checked: pressed,
      disabled,
      run: () => action.run(),
    })
  }
  return items
}
