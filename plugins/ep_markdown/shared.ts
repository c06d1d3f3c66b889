/** Both settings are each person's; the administrator says what people begin with. */
import { plugin } from '../../shared/plugin.ts'

export const declaration = plugin({
  name: 'ep_markdown',
  settings: {
    shortcuts: {
      scope: 'user',
      type: 'switch',
      default: true,
      label: 'settings.shortcuts',
      help: 'settings.shortcutsHelp',
    },
    showMarkdown: {
      scope: 'user',
      type: 'switch',
      default: false,
      label: 'settings.show',
      help: 'settings.showHelp',
    },
  },
})
