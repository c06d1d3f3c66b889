/** Printing is the browser's; the style for paper is Inkpad's own. */
import { plugin } from '../../shared/plugin.ts'

export const declaration = plugin({
  name: 'ep_print',
  settings: {
    hideButton: {
      scope: 'server',
      type: 'switch',
      default: false,
      public: true,
      label: 'settings.hideButton',
      help: 'settings.hideButtonHelp',
    },
  },
})
