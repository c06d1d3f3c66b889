/** Colours of code. The line format is the core's `code-block`, whose value is the language. */
import { plugin } from '../../shared/plugin.ts'

export const declaration = plugin({
  name: 'ep_code',
  settings: {
    colours: {
      scope: 'user',
      type: 'switch',
      default: true,
      label: 'settings.colours',
    },
  },
})
