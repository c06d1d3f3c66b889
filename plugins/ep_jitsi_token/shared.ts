/** The settings; README.md says what they do. */
import { plugin } from '../../shared/plugin.ts'

const server = 'server' as const

export const declaration = plugin({
  name: 'ep_jitsi_token',
  settings: {
    app_id: {
      scope: server,
      type: 'text',
      default: '',
      longest: 200,
      variable: 'JWT_APP_ID',
      label: 'settings.appId',
      help: 'settings.appIdHelp',
    },
    app_secret: {
      scope: server,
      type: 'secret',
      default: '',
      variable: 'JWT_APP_SECRET',
      label: 'settings.secret',
      help: 'settings.secretHelp',
    },
    hours: {
      scope: server,
      type: 'number',
      default: 24,
      min: 1,
      max: 2160,
      label: 'settings.hours',
      help: 'settings.hoursHelp',
    },
  },
})

export type JitsiFields = NonNullable<(typeof declaration)['settings']>
