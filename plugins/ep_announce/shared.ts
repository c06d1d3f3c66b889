/** An empty text is no announcement. */
import { plugin } from '../../shared/plugin.ts'

export const declaration = plugin({
  name: 'ep_announce',
  settings: {
    text: {
      scope: 'server',
      type: 'text',
      longest: 500,
      default: '',
      public: true,
      label: 'settings.text',
      help: 'settings.textHelp',
    },
    kind: {
      scope: 'server',
      type: 'choice',
      of: ['info', 'warning'],
      default: 'info',
      public: true,
      label: 'settings.kind',
    },
    from: {
      scope: 'server',
      type: 'text',
      time: true,
      default: '',
      public: true,
      label: 'settings.from',
      help: 'settings.timeHelp',
    },
    until: {
      scope: 'server',
      type: 'text',
      time: true,
      default: '',
      public: true,
      label: 'settings.until',
    },
    closable: {
      scope: 'server',
      type: 'switch',
      default: true,
      public: true,
      label: 'settings.closable',
    },
  },
})
