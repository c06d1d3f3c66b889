/** Who comes with the token of a Jitsi meeting is signed in to the pad of its room. */
import type { ServerContext } from '../../shared/plugin.ts'
import type { Login } from '../../shared/plugin/login.ts'
import type { JitsiFields } from './shared.ts'
import { faultOf, personOf } from './token.ts'

export function server(context: ServerContext<JitsiFields>): void {
  let login: Login | null = null

  function start(): void {
    login?.off()
    login = null
    const { app_id: appId, app_secret: secret, hours: stay } = context.settings()
    const fault = faultOf({ appId, secret })
    if (fault !== null) {
      if (fault !== '') context.log.error(`nobody can sign in by Jitsi's token: ${fault}`)
      return
    }
    login = context.login({
      id: 'jitsi',
      label: 'Jitsi',
      token: {
        async enter(token, pad) {
          try {
            return await personOf(token, pad, { appId, secret, stay }, Date.now())
          } catch (error) {
            context.log.warn('a token is not right', { pad, error: messageOf(error) })
            return null
          }
        },
      },
    })
  }
  context.onSettings(start)
  start()
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
