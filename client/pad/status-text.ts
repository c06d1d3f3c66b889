/** The one sentence that says how safe the text is. Pure. */
import type { StoreState } from '../../shared/protocol.ts'
import type { Key } from '../i18n.ts'
import type { Status } from '../net/types.ts'
import type { IconName } from '../ui/icons.ts'

export interface StatusText {
  key: Key
  count: number
  icon: IconName
  tone: 'quiet' | 'warning' | 'danger'
}

/** The status in words. What is at risk comes before what is merely so: a reader's offline is still "Offline". */
export function statusText(status: Status, mayWrite: boolean): StatusText {
  const { state, unsaved, kept } = status
  const say = (key: Key, icon: IconName, tone: StatusText['tone'] = 'quiet'): StatusText => ({
    key,
    icon,
    tone,
    count: unsaved,
  })
  if (state === 'refused') return say('status.refused', 'warning', 'danger')
  if (state === 'loading') return say('status.loading', 'saving')
  if (state === 'offline') {
    if (unsaved === 0) return say('status.offline', 'offline', 'warning')
    return kept
      ? say('status.offlineKept', 'offline', 'warning')
      : say('status.offlineLoose', 'offline', 'danger')
  }
  if (status.store !== 'ok') return say('status.store', 'database', 'danger')
  if (!mayWrite) return say('status.readonly', 'eye')
  return state === 'saving' ? say('status.saving', 'saving') : say('status.saved', 'saved')
}

/** Which banner the page shows above the text. */
export type Banner = 'none' | 'offline' | 'offlineLoose' | Exclude<StoreState, 'ok'>

/** The banner for a status. A connection that only just broke shows none yet; the caller waits a moment. */
export function bannerFor(status: Status): Banner {
  if (status.state === 'offline') return status.unsaved > 0 && !status.kept ? 'offlineLoose' : 'offline'
  if (status.state === 'refused' || status.state === 'loading' || status.store === 'ok') return 'none'
  return status.store
}

/** Must the browser ask before the tab closes? Only when something would be lost. */
export function mustWarn(status: Status): boolean {
  return status.unsaved > 0 && !status.kept
}
