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
