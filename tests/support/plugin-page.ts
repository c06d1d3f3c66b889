/**
 * A server over the built client with a third party's plugin, as npm would have brought it. The plugin is plain
 * JavaScript: it finds its libraries through the page's import map.
 */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { pluginFolder } from './plugin-folder.ts'
import { startWeb } from './web.ts'
import type { Web } from './web.ts'

const NAME = 'ep_glow'

/** Members of the declaration, as the server's and the page's module hold them. */
const SHARED = `
  settings: {
    loud: { scope: 'user', label: 'loud', help: 'loud.help', type: 'switch', default: false },
    depth: { scope: 'pad', label: 'depth', type: 'number', default: 3, min: 1, max: 9 },
    shape: { scope: 'user', label: 'shape', type: 'choice', default: 'round', of: ['round', 'square'] },
  },
  messages: { wave: (payload) => String(payload) },
  formats: {
    inline: [{ name: 'glow', many: false, flag: true, inclusive: true, validate: (value) => value === true,
      draw: () => ({ tag: 'mark', class: 'glow' }) }],
  },`

const CLIENT = `
import { h } from 'preact'
import { signal } from '@preact/signals'
import { Plugin } from 'prosemirror-state'
import { Doc } from 'yjs'

export function client(ctx) {
  if (!(ctx.doc instanceof Doc)) throw new Error('not the page\\'s own Yjs')
  const length = signal(0)
  ctx.prosemirror(new Plugin({
    view: (view) => {
      length.value = view.state.doc.textContent.length
      return { update: ({ state }) => (length.value = state.doc.textContent.length) }
    },
  }))
  const toggle = ctx.formats.toggleInline('glow')
  ctx.action({ id: 'glow', label: 'glow', icon: 'M4 4l12 12', keys: 'Mod-Alt-g', group: 'text', section: 'text',
    priority: 4, place: ['bar', 'bubble'], writes: true,
    active: (state) => ctx.formats.selected(state).inline('glow') === true,
    run: () => ctx.run(toggle) })
  ctx.action({ id: 'glowPick', label: 'pick', icon: 'M4 16 16 4', group: 'text', section: 'text', priority: 4,
    place: ['bar'], writes: true,
    pick: (close) => h('div', { class: 'choices' },
      ['on', 'off'].map((one) => h(ctx.ui.Button, { onClick: () => {
        ctx.run(ctx.formats.setInline('glow', one === 'on' ? true : null))
        close()
      } }, one))) })
  ctx.panel({ id: 'glows', title: 'panel', icon: 'bold', side: 'start', view: () => h('p', null, ctx.t('panel.body')) })
  ctx.foot(() => h('span', { class: 'length' }, ctx.t('length', { n: length.value }) + (ctx.settings().loud ? '!' : '')
    + ' ' + ctx.settings().depth))
  ctx.receive('wave', (from, payload) => ctx.toast(from.name + ' ' + payload))
  ctx.action({ id: 'wave', label: 'wave', icon: 'bold', group: 'page', place: ['menu'], writes: false,
    keys: 'Mod-Alt-w', run: () => ctx.send('wave', 'waves') })
  ctx.textAttributes(() => ({ 'data-glowing': '' }))
  ctx.surface({ id: 'field', title: 'field', icon: 'M3 3h14v14H3z', keys: 'Mod-Alt-f', content: async () => {
    const { draw } = await import('./field.js')
    return { mount: (element, surface) => draw(element, surface, ctx) }
  } })
  ctx.surface({ id: 'lens', title: 'lens', icon: 'M3 3h14v14H3z', place: ['menu'], mode: 'side', content: () => ({
    view: (surface) => h('button', { onClick: () => surface.close() }, 'put away, ' + surface.mode.value) }) })
}
`
/** A module of the plugin that only the surface asks for: an element of its own, without Preact. */
const FIELD = `
import { effect } from '@preact/signals'

export function draw(element, surface, ctx) {
  const notes = element.ownerDocument.createElement('textarea')
  notes.setAttribute('aria-label', 'Notes')
  element.append(notes)
  const stop = effect(() => { notes.dataset.mode = surface.mode.value })
  return () => {
    stop()
    ctx.toast('the field was left with ' + notes.value)
  }
}
`
const WORDS = {
  title: 'Glow',
  glow: 'Glow',
  pick: 'Choose the glow',
  panel: 'Glows',
  'panel.body': 'All that glows',
  length: '{[plural(n) one: 1 character, other: {{n}} characters]}',
  wave: 'Wave',
  field: 'Field',
  lens: 'Lens',
  loud: 'Loud',
  'loud.help': 'With an exclamation mark',
  depth: 'Depth',
  shape: 'Shape',
  'shape.square': 'Angular',
}

/** A plugin of a third party: the parts of its package. */
export interface PagePlugin {
  name: string
  title: string
  /** Members of the declaration, as text. */
  shared: string
  /** Body of `server(ctx)`; no server half without it. */
  server?: string
  /** Files of the package by path; without `client.js` it has no half for pages. */
  files: Readonly<Record<string, string>>
}

const GLOW: PagePlugin = {
  name: NAME,
  title: 'Glow',
  shared: SHARED,
  files: {
    'client.js': CLIENT,
    'field.js': FIELD,
    'style.css': '@layer plugins { .glow { background: gold } }',
    'locales/en.json': JSON.stringify(WORDS),
    'locales/de.json': JSON.stringify({ glow: 'Leuchten', title: 'Leuchten', length: '{{n}} Zeichen' }),
  },
}

export interface PluginServer {
  web: Web
  url: string
  /** The plugin's name. */
  name: string
  close(): Promise<void>
}

/** Starts it. The client must be built. */
export async function startPluginServer(
  plugin: PagePlugin = GLOW,
  settings: Record<string, unknown> = {},
): Promise<PluginServer> {
  const { name } = plugin
  const folder = mkdtempSync(path.join(tmpdir(), 'inkpad-page-'))
  symlinkSync(path.resolve('dist/client'), path.join(folder, 'client'))
  const home = path.join(folder, 'package')
  mkdirSync(path.join(home, 'locales'), { recursive: true })
  const parts = {
    ...plugin.files,
    'shared.js': `export const declaration = { name: '${name}', ${plugin.shared} }`,
  }
  for (const [file, text] of Object.entries(parts)) writeFileSync(path.join(home, file), text)
  const languages = Object.keys(parts).flatMap((file) => /^locales\/(\w+)\.json$/.exec(file)?.[1] ?? [])
  const plugins = pluginFolder({
    [name]: {
      facts: { title: plugin.title, languages },
      shared: plugin.shared,
      ...(plugin.server === undefined ? {} : { server: plugin.server }),
    },
  })
  const has = (file: string): string | null => (file in parts ? file : null)
  const files = {
    shared: 'shared.js',
    client: has('client.js'),
    style: has('style.css'),
    locales: languages.length > 0 ? 'locales' : null,
    server: null,
  }
  const at = (file: string | null): string | null =>
    file === null ? null : `plugin-files/${name}/1.2.3/${file}`
  const addresses = {
    shared: `plugin-files/${name}/1.2.3/${files.shared}`,
    client: at(files.client),
    style: at(files.style),
    locales: at(files.locales),
  }
  const bundled = plugins.found().map((found) => ({ ...found, files: addresses }))
  const nothing = (): never => {
    throw new Error('nothing is installed here')
  }
  const packages = {
    folder,
    find: () => [],
    install: nothing,
    update: nothing,
    remove: nothing,
    search: nothing,
    lookup: () => ({ home, files }),
  }
  const web = await startWeb(
    { defaultPadText: '', ...settings },
    { folder, built: false, plugins: { bundled, packages } },
  )
  return {
    web,
    url: `http://127.0.0.1:${web.port}/`,
    name,
    async close() {
      await web.close()
      plugins.remove()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
