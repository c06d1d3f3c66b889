/** Who has chosen nothing gets what the administrator set, also when that changes. */
import { plugin } from '../../shared/plugin.ts'

export const declaration = plugin({
  name: 'ep_spellcheck',
  settings: {
    disabledByDefault: {
      scope: 'server',
      type: 'switch',
      default: false,
      public: true,
      label: 'settings.disabledByDefault',
    },
    spellcheck: {
      scope: 'user',
      type: 'choice',
      of: ['default', 'on', 'off'],
      default: 'default',
      label: 'settings.spellcheck',
      help: 'settings.spellcheckHelp',
    },
  },
})
