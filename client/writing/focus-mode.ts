/** Nothing but the text: bars and panels step aside until Escape or the key (SPEC-writing W10). */
import { t } from '../i18n.ts'
import type { Bench } from '../pad/writing.ts'
import { toast } from '../ui/toasts.tsx'
import { w } from './words.ts'

const NAME = 'focus'
let leave: (() => void) | undefined

/** Goes into it, or out of it. */
export function toggleFocusMode({ model }: Bench): void {
  if (leave) {
    leave()
    return
  }
  const root = document.documentElement
  root.dataset[NAME] = ''
  const { panel, startPanel } = model
  const before = { panel: panel.peek(), start: startPanel.peek() }
  panel.value = null
  startPanel.value = null
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || event.defaultPrevented || event.target instanceof HTMLInputElement) return
    if (document.querySelector('dialog[open], [popover]:popover-open:not(.toasts):not(.tooltip)')) return
    event.preventDefault()
    event.stopPropagation()
    leave?.()
  }
  document.addEventListener('keydown', onKeyDown, true)
  leave = () => {
    leave = undefined
    delete root.dataset[NAME]
    document.removeEventListener('keydown', onKeyDown, true)
    panel.value ??= before.panel
    startPanel.value ??= before.start
  }
  model.editor.peek()?.focus()
  toast(w('focus.begun'), 'info', { label: t('common.close'), run: () => leave?.() })
}
