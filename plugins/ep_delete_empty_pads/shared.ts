/** How long an empty pad is kept. */
import { plugin } from '../../shared/plugin.ts'

export const declaration = plugin({
  name: 'ep_delete_empty_pads',
  settings: {
    afterMinutes: {
      scope: 'server',
      type: 'number',
      default: 60,
      min: 0,
      max: 525_600,
      label: 'settings.afterMinutes',
      help: 'settings.afterMinutesHelp',
    },
  },
})
