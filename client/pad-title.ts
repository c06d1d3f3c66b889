/** How a pad is called on screen. */
import { isStandIn } from '../shared/ids.ts'
import { t } from './i18n.ts'

/** The name as people write it: spaces for `_`, without a group's prefix; readers' ids have no name to show. */
export function padTitle(name: string): string {
  if (isStandIn(name)) return t('pad.shared')
  return name.slice(name.startsWith('g.') ? name.indexOf('$') + 1 : 0).replaceAll('_', ' ')
}
