/** Both settings are each person's; the administrator says what people begin with. */
import { plugin } from '../../shared/plugin.ts'

export const declaration = plugin({
  name: 'ep_autoformat',
  settings: {
    dashes: {
      scope: 'user',
      type: 'switch',
      default: true,
      label: 'settings.dashes',
      help: 'settings.dashesHelp',
    },
    quotes: {
      scope: 'user',
      type: 'switch',
      default: true,
      label: 'settings.quotes',
      help: 'settings.quotesHelp',
    },
  },
})
