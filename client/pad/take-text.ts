import { t } from '../i18n.ts'
import { toast } from '../ui/toasts.tsx'

/** Copies and says so; says what to do instead where the browser refuses. */
export async function copyText(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text)
    toast(t('share.copied'))
  } catch {
    if (copiedByEvent(text)) toast(t('share.copied'))
    else toast(t('share.copyFailed'), 'info')
  }
}

/** The older way: frames of other sites have this one only. */
function copiedByEvent(text: string): boolean {
  let copied = false
  const take = (event: ClipboardEvent): void => {
    event.clipboardData?.setData('text/plain', text)
    event.preventDefault()
    event.stopImmediatePropagation()
    copied = true
  }
  document.addEventListener('copy', take, { capture: true })
  try {
    return document.execCommand('copy') && copied
  } catch {
    return false
  } finally {
    document.removeEventListener('copy', take, { capture: true })
  }
}

/** Saves a text as a file of this device. */
export function saveText(name: string, text: string): void {
  saveFile(name, new Blob([text], { type: 'text/plain;charset=utf-8' }))
}

/** Saves a file on this device. */
export function saveFile(name: string, file: Blob): void {
  const url = URL.createObjectURL(file)
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}
