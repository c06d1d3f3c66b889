import { useComputed, useSignal, useSignalEffect } from '@preact/signals'
import type { JSX } from 'preact'
import { useLayoutEffect, useRef } from 'preact/hooks'
import { TextSelection } from 'prosemirror-state'
import { t } from '../i18n.ts'
import { moveRoving, tidyRoving } from '../ui/roving.ts'
import { ActionButton } from './action-button.tsx'
import type { Actions } from './actions.ts'
import type { PadModel } from './model.ts'
import { placedIn } from './tool-layout.ts'

const IDS = ['bold', 'italic', 'code', 'link']
const GAP = 8

interface BubbleProps {
  model: PadModel
  actions: Actions
  /** What scrolls; the bubble stands inside it and scrolls along. */
  scroll: () => HTMLElement | null
}

/** The few tools at a selection. It waits for the pointer to be let go, and stays out of a phone's way. */
export function Bubble({ model, actions, scroll }: BubbleProps): JSX.Element {
  const box = useRef<HTMLDivElement>(null)
  const pressing = useSignal(false)
  const selected = useComputed(() => {
    const selection = model.editorState.value?.selection
    return selection instanceof TextSelection && !selection.empty && model.mayWrite.value
      ? `${selection.from}-${selection.to}`
      : ''
  })
  useSignalEffect(() => {
    const press = (event: PointerEvent): void => {
      if (event.target instanceof Element && event.target.closest('.document')) pressing.value = true
    }
    const release = (): void => {
      pressing.value = false
    }
    window.addEventListener('pointerdown', press)
    window.addEventListener('pointerup', release)
    window.addEventListener('pointercancel', release)
    return () => {
      window.removeEventListener('pointerdown', press)
      window.removeEventListener('pointerup', release)
      window.removeEventListener('pointercancel', release)
    }
  })
  const shown =
    selected.value !== '' && !pressing.value && model.linking.value === null && model.picking.value === null

  useLayoutEffect(() => {
    const view = model.editor.peek()?.view
    const area = scroll()
    const element = box.current
    if (!shown || !view || !area || !element) return
    tidyRoving(element, 'button')
    const from = view.coordsAtPos(view.state.selection.from)
    const frame = area.getBoundingClientRect()
    const above = from.top - frame.top - element.offsetHeight - GAP
    const below = from.bottom - frame.top + GAP
    const top = above < GAP ? below : above
    const left = Math.max(GAP, Math.min(from.left - frame.left, area.clientWidth - element.offsetWidth - GAP))
    element.style.top = `${top + area.scrollTop}px`
    element.style.left = `${left}px`
  }, [shown, selected.value])

  if (!shown) return <></>
  return (
    <div
      ref={box}
      class="bubble island"
      role="toolbar"
      aria-label={t('bubble.label')}
      onKeyDown={(event) => {
        if (event.key === 'Escape') model.editor.value?.focus()
        else if (box.current) moveRoving(event, box.current, 'button', 'row')
      }}
    >
      {[...IDS, ...placedIn(actions.values(), 'bubble').map(({ id }) => id)].map((id) => {
        const action = actions.get(id)
        return action && <ActionButton key={id} action={action} model={model} />
      })}
    </div>
  )
}
