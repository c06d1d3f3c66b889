import { signal } from '@preact/signals'
import type { JSX } from 'preact'
import { useLayoutEffect, useRef } from 'preact/hooks'
import { announce } from './announce.ts'
import { Button } from './button.tsx'
import { Icon } from './icon.tsx'
import type { IconShape } from './icons.ts'

interface Toast {
  id: number
  text: string
  icon: IconShape
  action?: ToastAction
}

/** What can be done about a toast; an offer `stays` until it is taken back, at most a minute. */
interface ToastAction {
  label: string
  run: () => void
  stays?: true
}

const shown = signal<readonly Toast[]>([])
const AT_MOST = 3
const STAYS = 6000
const OFFERED = 60_000
let last = 0

/** Says what was just done, for six seconds; the answer takes it away. A toast never carries the only way to something. */
export function toast(text: string, icon: IconShape = 'done', action?: ToastAction): () => void {
  const id = (last += 1)
  shown.value = [...shown.value, { id, text, icon, action }].slice(-AT_MOST)
  announce(text)
  const end = (): void => dismiss(id)
  setTimeout(end, action?.stays ? OFFERED : STAYS)
  return end
}

function dismiss(id: number): void {
  shown.value = shown.value.filter((item) => item.id !== id)
}

/** Where toasts appear; one a page. They stand in the top layer, so that a dialog does not hide them. */
export function Toasts(): JSX.Element {
  const box = useRef<HTMLDivElement>(null)
  const newest = shown.value.at(-1)?.id
  useLayoutEffect(() => {
    if (newest === undefined) return
    box.current?.hidePopover()
    box.current?.showPopover()
  }, [newest])
  return (
    <div ref={box} class="toasts" popover="manual">
      {shown.value.map(({ id, text, icon, action }) => (
        <div class="toast" key={id}>
          <Icon name={icon} />
          <span>{text}</span>
          {action && (
            <Button
              size="small"
              onClick={() => {
                dismiss(id)
                action.run()
              }}
            >
              {action.label}
            </Button>
          )}
        </div>
      ))}
    </div>
  )
}
