/** A further way of showing authors; whether names stand beside the text is each person's choice. */
import { plugin } from '../../shared/plugin.ts'

export const declaration = plugin({
  name: 'ep_author_neat',
  settings: {
    names: {
      scope: 'user',
      type: 'switch',
      default: true,
      label: 'settings.names',
      help: 'settings.namesHelp',
    },
  },
})
