/** Settings under the names of Etherpad's two plugins for whiteboards; the kind of embed is the core's `board`. */
import { plugin } from '../../shared/plugin.ts'
import { readPart } from './parts.ts'

export const declaration = plugin({
  name: 'ep_whiteboard',
  exports: { board: { board: readPart } },
  settings: {
    wboUrl: {
      scope: 'server',
      type: 'text',
      default: '',
      public: true,
      label: 'settings.wboUrl',
      help: 'settings.wboUrlHelp',
    },
    host: {
      scope: 'server',
      type: 'text',
      default: '',
      public: true,
      label: 'settings.host',
      help: 'settings.hostHelp',
    },
    onByDefault: {
      scope: 'user',
      type: 'switch',
      default: false,
      label: 'settings.onByDefault',
      help: 'settings.onByDefaultHelp',
    },
    autoFullscreen: {
      scope: 'server',
      type: 'switch',
      default: false,
      public: true,
      label: 'settings.autoFullscreen',
    },
    position: {
      scope: 'server',
      type: 'choice',
      default: 'right',
      of: ['left', 'right'],
      public: true,
      label: 'settings.position',
      help: 'settings.positionHelp',
    },
    icon: {
      scope: 'server',
      type: 'text',
      default: '',
      public: true,
      label: 'settings.icon',
      help: 'settings.iconHelp',
    },
  },
})
