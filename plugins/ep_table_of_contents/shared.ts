/** The two settings are those of Etherpad's plugin, under the names they have there. */
import { plugin } from '../../shared/plugin.ts'

export const declaration = plugin({
  name: 'ep_table_of_contents',
  settings: {
    disable_by_default: {
      scope: 'user',
      type: 'switch',
      default: false,
      label: 'settings.closed',
      help: 'settings.closedHelp',
    },
    show_button: {
      scope: 'server',
      type: 'switch',
      default: false,
      public: true,
      label: 'settings.button',
      help: 'settings.buttonHelp',
    },
  },
})
