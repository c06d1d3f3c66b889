/** A web application with plugins written for a test, and people in its pads. */
import { ask, BROWSER } from './ask.ts'
import type { Answer } from './ask.ts'
import { pluginFolder } from './plugin-folder.ts'
import type { PluginFolder, TestPlugin } from './plugin-folder.ts'
import { RawClient } from './raw-client.ts'
import { startWeb } from './web.ts'
import type { Web } from './web.ts'

type Options = NonNullable<Parameters<typeof startWeb>[1]>

/** Everything a test file starts, to be ended at once. */
export interface PluginStage {
  readonly folder: PluginFolder
  /** Starts a server with the plugins; further ones with `folder` of the first share its database. */
  server(settings?: Record<string, unknown>, options?: Options): Promise<Web>
  /** A person who opens a pad; with `token` the same person again. */
  join(web: Web, pad: string, token?: string): Promise<RawClient & { token: string }>
  end(): Promise<void>
}

export function pluginStage(plugins: Record<string, TestPlugin>): PluginStage {
  const folder = pluginFolder(plugins)
  const open: { close(): Promise<void> }[] = []
  return {
    folder,
    async server(settings = {}, options = {}) {
      const web = await startWeb(settings, {
        ...options,
        plugins: { bundled: folder.found(), lookEvery: 30, ...options.plugins },
      })
      open.push(web)
      return web
    },
    async join(web, pad, token) {
      const ticket = token ?? (await ticketOf(web))
      const url = `ws://127.0.0.1:${web.port}/sync/p/${pad}`
      const client = await new RawClient(url, { hello: { ticket } }).untilSynced()
      open.push(client)
      return Object.assign(client, { token: ticket })
    },
    async end() {
      for (const each of open.splice(0).reverse()) await each.close()
      folder.remove()
    },
  }
}

async function ticketOf(web: Web): Promise<string> {
  const { text } = await ask(web.port, '/ticket', { method: 'POST' })
  return (JSON.parse(text) as { ticket: string }).ticket
}

/** What a page is told at its start. */
export function bootOf({ text }: Pick<Answer, 'text'>): Record<string, unknown> {
  const json = /id="boot">\n([\s\S]*?)\n<\/script>/.exec(text)?.[1] ?? 'null'
  return JSON.parse(json) as Record<string, unknown>
}

/** The plugins a page is told at its start. */
export async function bootPlugins(web: Web, pad: string, cookie = ''): Promise<Record<string, unknown>[]> {
  const answer = await ask(web.port, `/p/${pad}`, { headers: { ...BROWSER, cookie } })
  return bootOf(answer)['plugins'] as Record<string, unknown>[]
}
