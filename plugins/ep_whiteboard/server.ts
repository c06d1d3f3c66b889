/** Lets pages frame the other WBO, where there is one. */
import type { ServerContext } from '../../shared/plugin.ts'
import type { declaration } from './shared.ts'
import { wboBase } from './wbo.ts'

type Fields = NonNullable<(typeof declaration)['settings']>

/** For addresses that are relative to the pad: those are on our own origin, which may always be framed. */
const SAME = 'https://same.invalid/'

export function server(context: ServerContext<Fields>): void {
  context.frames(() => {
    const { wboUrl, host } = context.settings()
    const bases = ['https:', 'http:'].flatMap((protocol) => {
      const base = wboBase({ wboUrl, host }, SAME.replace('https:', protocol))
      return base === null ? [] : [base.includes('//same.invalid/') ? './' : base]
    })
    return bases
  })
}
