import { t } from '../i18n.ts'
import { toast } from '../ui/toasts.tsx'

/** Copies and says so; says what to do instead where the browser refuses (a frame without the permission). */
export async function copyText(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text)
    toast(t('share.copied'))
  } catch {
    toast(t('share.copyFailed'), 'info')
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
