import type { ComponentChildren, JSX } from 'preact'
import { useId, useLayoutEffect, useRef } from 'preact/hooks'
import { ToolButton } from './button.tsx'

interface DialogProps {
  title: string
  closeLabel: string
  onClose: () => void
  children: ComponentChildren
  footer?: ComponentChildren
  class?: string
}

/** A modal dialog on the browser's own `<dialog>`, which keeps the focus inside and gives it back at the end. */
export function Dialog(props: DialogProps): JSX.Element {
  const box = useRef<HTMLDialogElement>(null)
  const title = useId()
  useLayoutEffect(() => {
    const opener = document.activeElement
    const element = box.current
    if (element && !element.open) element.showModal()
    // The dialog itself, so that its name is read and no button looks chosen.
    element?.focus({ preventScroll: true })
    return () => {
      element?.close()
      if (opener instanceof HTMLElement && opener.isConnected) opener.focus({ preventScroll: true })
    }
  }, [])
  return (
    <dialog
      ref={box}
      tabIndex={-1}
      class={`dialog ${props.class ?? ''}`}
      aria-labelledby={title}
      onCancel={(event) => {
        event.preventDefault()
        props.onClose()
      }}
      onMouseDown={(event) => {
        if (event.target === box.current) props.onClose()
      }}
    >
      <div class="dialog-box">
        <header>
          <h2 id={title}>{props.title}</h2>
          <ToolButton label={props.closeLabel} icon="close" onClick={props.onClose} />
        </header>
        <div class="body">{props.children}</div>
        {props.footer && <footer>{props.footer}</footer>}
      </div>
    </dialog>
  )
}
