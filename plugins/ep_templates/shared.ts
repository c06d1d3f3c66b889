/** Settings of templates. */
import { plugin } from '../../shared/plugin.ts'

export const declaration = plugin({
  name: 'ep_templates',
  settings: {
    folder: {
      scope: 'server',
      type: 'text',
      default: '',
      label: 'settings.folder',
      help: 'settings.folderHelp',
    },
    builtIn: {
      scope: 'server',
      type: 'switch',
      default: true,
      public: true,
      label: 'settings.builtIn',
    },
    offer: {
      scope: 'server',
      type: 'switch',
      default: true,
      public: true,
      label: 'settings.offer',
      help: 'settings.offerHelp',
    },
  },
})
