/** Links are a format of the core's (`link` on the words); this plugin makes them by itself and opens them. */
import { plugin } from '../../shared/plugin.ts'

export const declaration = plugin({
  name: 'ep_embedded_hyperlinks2',
  settings: {
    autoLink: {
      scope: 'user',
      type: 'switch',
      default: true,
      label: 'settings.autoLink',
      help: 'settings.autoLinkHelp',
    },
  },
})
