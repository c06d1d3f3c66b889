/** @jest-environment jsdom */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { computed, effect, signal } from '@preact/signals'
import { render } from 'preact'
import { useState } from 'preact/hooks'
import { actionMap, actionState, labelOf, pageActions } from '../../../client/pad/actions.ts'
import { openPanel } from '../../../client/pad/panels.ts'
import { PluginViews } from '../../../client/pad/plugin-places.tsx'
import { startPlugins } from '../../../client/plugins/host.ts'
import type { PluginHost } from '../../../client/plugins/host.ts'
import { isTaken, keySpelling } from '../../../client/plugins/keys.ts'
import type { PluginSources } from '../../../client/plugins/load.ts'
import { ownChoices } from '../../../client/plugins/values.ts'
import { Toasts } from '../../../client/ui/toasts.tsx'
import { flagFormat } from '../../../shared/text/formats.ts'
import { plugin } from '../../../shared/plugin.ts'
import type { ClientContext } from '../../../shared/plugin.ts'
import type { BootPlugin } from '../../../shared/settings.ts'
import { booted, bundledSources } from '../../support/page-plugins.ts'
import type { TestPlugin } from '../../support/page-plugins.ts'
import { testModel } from '../../support/pad-model.ts'
import type { TestModel } from '../../support/pad-model.ts'

HTMLElement.prototype.showPopover = () => undefined
HTMLElement.prototype.hidePopover = () => undefined

let hosts: PluginHost[] = []
let toasts: HTMLElement
beforeEach(() => {
  toasts = document.createElement('div')
  document.body.append(toasts)
  render(<Toasts />, toasts)
})
afterEach(() => {
  for (const host of hosts) host.stop()
  hosts = []
  render(null, toasts)
  document.body.replaceChildren()
  localStorage.clear()
})

interface Page extends TestModel {
  host: PluginHost
  actions: ReturnType<typeof actionMap>
  logged: string[]
}

function open(
  plugins: readonly TestPlugin[],
  {
    boot = plugins.map(({ declaration }) => booted(declaration.name)),
    sources,
  }: { boot?: BootPlugin[]; sources?: PluginSources } = {},
): Page {
  const page = testModel()
  const logged: string[] = []
  const { model } = page
  const ofPlugins = computed(() => model.parts.actions.parts.value.map(({ value }) => value))
  const actions = actionMap(pageActions(model), ofPlugins)
  const host = startPlugins(boot, {
    model,
    sources: sources ?? bundledSources(plugins),
    choices: ownChoices(localStorage),
    padSettings: page.padSettings,
    hasAction: (id) => actions.has(id),
    hasKeys: (keys) => isTaken(keys, actions.values()),
    log: (kind, message) => logged.push(`${kind} ${message}`),
  })
  hosts.push(host)
  return { ...page, host, actions, logged }
}

const settled = async (page: Page): Promise<Page> => {
  await page.host.settled
  return page
}

const mark = plugin({
  name: 'ep_mark',
  formats: { inline: [flagFormat('mark')] },
  settings: { loud: { scope: 'user', label: 'loud', type: 'switch', default: false } },
  messages: {
    wave: (payload: unknown): string => {
      if (typeof payload !== 'string') throw new RangeError('a text')
      return payload
    },
  },
})

/** Registers one thing of each kind, and keeps its context. */
function everything(): { plugin: TestPlugin; context: () => ClientContext; ended: () => number } {
  let got: ClientContext | undefined
  let ended = 0
  return {
    context: () => {
      if (!got) throw new Error('not started')
      return got
    },
    ended: () => ended,
    plugin: {
      declaration: mark,
      english: { title: 'Marker', 'mark.name': 'Mark', 'panel.name': 'Marks' },
      client(context) {
        got = context
        context.action({
          id: 'mark',
          label: 'mark.name',
          icon: 'm3 3 4 4',
          keys: 'Mod-Alt-m',
          group: 'text',
          place: ['bar'],
          writes: true,
          active: (state) => context.formats.selected(state).inline('mark') === true,
          run: () => void context.run(context.formats.toggleInline('mark')),
        })
        context.panel({ id: 'marks', title: 'panel.name', icon: 'bold', view: () => <p>all marks</p> })
        context.authorView({ id: 'stripes', label: 'mark.name' })
        context.suggest({ sign: '%', label: 'mark.name', find: () => [] })
        context.banner(() => <p>banner</p>)
        context.foot(() => <b>{String(context.settings()['loud'])}</b>)
        context.settingsPart(() => <p>part</p>)
        context.title(signal('A title'))
        context.titleEditor((title) => <i>{title}</i>)
        context.embedView('pin', () => ({ dom: document.createElement('span') }))
        context.textAttributes(() => ({ spellcheck: 'false', onclick: 'steal()', class: 'marked' }))
        return () => (ended += 1)
      },
    },
  }
}

/** How many things plugins added to the page, by kind. */
function counts({ model }: Page): Record<string, number> {
  const { setOrder: _order, failed: _failed, onFailed: _onFailed, ...slots } = model.parts
  return Object.fromEntries(Object.entries(slots).map(([name, slot]) => [name, slot.parts.value.length]))
}

describe('a plugin in the page', () => {
  test('adds what it registers, and leaves nothing behind when it is switched off', async () => {
    const { plugin: one, ended } = everything()
    const page = await settled(open([one]))
    expect(counts(page)).toEqual({
      actions: 2,
      panels: 1,
      surfaces: 0,
      authorViews: 1,
      suggestions: 1,
      banners: 1,
      feet: 1,
      settings: 1,
      titles: 1,
      titleEditors: 1,
      prosemirror: 0,
      embedViews: 1,
      attributes: 1,
    })
    openPanel(page.model, 'marks')
    await page.host.update([])
    expect(Object.values(counts(page)).every((count) => count === 0)).toBe(true)
    expect(page.model.panel.value).toBeNull()
    expect(ended()).toBe(1)
    expect(page.actions.has('mark')).toBe(false)
    expect(toasts.textContent).toContain('Marker is off now')
  })

  test('its words name its buttons, and its icon may be path data', async () => {
    const page = await settled(open([everything().plugin]))
    const action = page.actions.get('mark')
    expect(action && labelOf(action)).toBe('Mark')
    expect(action?.icon).toBe('M0 0m3 3 4 4')
    expect(page.actions.get('marks')?.place).toEqual(['menu'])
  })

  test('an undo works once, and nothing is taken from a plugin that is off', async () => {
    const { plugin: one, context } = everything()
    const page = await settled(open([one]))
    const off = context().banner(() => null)
    expect(counts(page)['banners']).toBe(2)
    off()
    off()
    expect(counts(page)['banners']).toBe(1)
    await page.host.update([])
    context().banner(() => null)
    expect(counts(page)['banners']).toBe(0)
  })

  test('attributes of the text are only harmless ones', async () => {
    const page = await settled(open([everything().plugin]))
    expect(page.model.parts.attributes.parts.value[0]?.value()).toEqual({
      spellcheck: 'false',
      class: 'marked',
    })
  })

  test('what it asynchronously gives back is called when it was switched off meanwhile', async () => {
    let finish: (off: () => void) => void = () => undefined
    let ended = 0
    const page = await settled(
      open([{ declaration: mark, client: () => new Promise<() => void>((resolve) => (finish = resolve)) }]),
    )
    await page.host.update([])
    finish(() => (ended += 1))
    await Promise.resolve()
    expect(ended).toBe(1)
  })
})

describe('actions and keys', () => {
  const action = (id: string, keys?: string) =>
    ({
      id,
      label: id,
      icon: 'bold',
      group: 'text',
      place: ['bar'],
      writes: true,
      ...(keys ? { keys } : {}),
    }) as const

  test('an id or a key that is taken is refused and told; the rest of the plugin works', async () => {
    const page = await settled(
      open([
        {
          declaration: { name: 'ep_a' },
          client(context) {
            context.action(action('settings'))
            context.action(action('mine', 'Ctrl-b'))
            context.action(action('help2', 'Mod-/'))
            context.action(action('free', 'Mod-Alt-j'))
            context.action(action('again', 'Alt-Mod-J'))
          },
        },
      ]),
    )
    const keys = Object.fromEntries([...page.actions.values()].map(({ id, keys: own }) => [id, own]))
    expect(keys).toMatchObject({ mine: undefined, help2: undefined, free: 'Mod-Alt-j' })
    expect(page.logged.filter((line) => line.includes('taken'))).toHaveLength(2)
    expect(page.logged.filter((line) => line.includes('already'))).toHaveLength(1)
  })

  test('one spelling for all ways to write a key', () => {
    expect(keySpelling('Mod-Shift-X', false)).toBe(keySpelling('Shift-Ctrl-x', false))
    expect(keySpelling('Mod-X', false)).toBe('Ctrl-Shift-x')
    expect(keySpelling('Mod-x', true)).toBe(keySpelling('Cmd-x', true))
    expect(keySpelling('Mod--', false)).toBe('Ctrl--')
  })

  test('an action with a picker opens and closes it; one that throws hurts nobody', async () => {
    const page = await settled(
      open([
        {
          declaration: { name: 'ep_a' },
          client(context) {
            context.action({ ...action('colour'), pick: () => <p>colours</p> })
            context.action({
              ...action('broken'),
              active: () => {
                throw new Error('active')
              },
              run: () => {
                throw new Error('run')
              },
            })
          },
        },
      ]),
    )
    page.actions.get('colour')?.run()
    expect(page.model.picking.value?.id).toBe('colour')
    page.actions.get('colour')?.run()
    expect(page.model.picking.value).toBeNull()
    const broken = page.actions.get('broken')
    expect(() => broken?.run()).not.toThrow()
    expect(broken && actionState(broken, page.model).pressed).toBe(false)
    expect(page.logged.some((line) => line.includes('run'))).toBe(true)
  })

  test("a panel's action opens and closes it; one of the plugin's own takes its place", async () => {
    const page = await settled(
      open([
        {
          declaration: { name: 'ep_a' },
          client(context) {
            context.panel({
              id: 'contents',
              title: 'contents',
              icon: 'bold',
              side: 'start',
              view: () => null,
            })
            context.action({ ...action('contents'), writes: false })
          },
        },
      ]),
    )
    const mine = page.actions.get('contents')
    expect(mine?.place).toEqual(['bar'])
    mine?.run()
    expect(page.model.startPanel.value).toBe('contents')
    mine?.run()
    expect(page.model.startPanel.value).toBeNull()
  })
})

describe('failures', () => {
  test('a plugin that throws, or is not there, is left out and named; the others run', async () => {
    const page = await settled(
      open(
        [
          {
            declaration: { name: 'ep_broken' },
            client(context) {
              context.banner(() => null)
              throw new Error('at its start')
            },
          },
          everything().plugin,
        ],
        { boot: [booted('ep_broken', { title: 'Broken thing' }), booted('ep_gone'), booted('ep_mark')] },
      ),
    )
    expect(page.host.running.value.map(({ name }) => name)).toEqual(['ep_mark'])
    expect(counts(page)['banners']).toBe(1)
    expect(toasts.textContent).toContain('Broken thing could not be loaded')
    expect(toasts.textContent).toContain('ep_gone could not be loaded')
    expect(page.logged.filter((line) => line.startsWith('error'))).toHaveLength(2)
  })

  test('one that fails while it is drawn is switched off; what stands beside it stays', async () => {
    const page = await settled(
      open([
        {
          declaration: { name: 'ep_a' },
          client: (context) =>
            void context.banner(() => {
              throw new Error('in a view')
            }),
        },
        { declaration: { name: 'ep_b' }, client: (context) => void context.banner(() => <p>fine</p>) },
      ]),
    )
    const place = document.createElement('div')
    render(<PluginViews model={page.model} slot={page.model.parts.banners} />, place)
    await new Promise((resolve) => setTimeout(resolve))
    expect(place.textContent).toBe('fine')
    expect(page.host.running.value.map(({ name }) => name)).toEqual(['ep_b'])
    render(null, place)
  })

  test('a format that cannot be one is refused with its plugin', async () => {
    const page = await settled(
      open([{ declaration: { name: 'ep_a', formats: { line: [{ name: 'text', validate: () => true }] } } }]),
    )
    expect(page.host.running.value).toEqual([])
    expect(page.host.formats.value.line.has('text')).toBe(false)
  })
})

describe('at the start', () => {
  test('plugins start together when all are loaded, or when the page waits no longer', async () => {
    let give: (module: unknown) => void = () => undefined
    const slow = new Promise<unknown>((resolve) => (give = resolve))
    const { plugin: one } = everything()
    const sources = bundledSources([one])
    const page = open([one], {
      boot: [booted('ep_slow'), booted('ep_mark')],
      sources: { ...sources, bundled: { ...sources.bundled, ep_slow: () => slow } },
    })
    await new Promise((resolve) => setTimeout(resolve))
    expect(page.host.running.value).toEqual([])
    page.host.release()
    expect(page.host.running.value.map(({ name }) => name)).toEqual(['ep_mark'])
    give({ declaration: { name: 'ep_slow' }, client: null, english: {}, style: null, languages: {} })
    await page.host.settled
    expect(page.host.running.value.map(({ name }) => name)).toEqual(['ep_slow', 'ep_mark'])
  })

  test('a style sheet stands in the page as long as its plugin runs', async () => {
    const dressed = new Set<string>()
    const page = open([], {
      boot: [booted('ep_a')],
      sources: {
        ...bundledSources([]),
        bundled: {
          ep_a: () =>
            Promise.resolve({
              declaration: { name: 'ep_a' },
              client: null,
              english: {},
              style: 'css',
              languages: {},
            }),
        },
        addStyle: (url) => {
          dressed.add(url)
          return Promise.resolve(() => dressed.delete(url))
        },
      },
    })
    await page.host.settled
    expect([...dressed]).toEqual(['css'])
    await page.host.update([])
    expect([...dressed]).toEqual([])
  })
})

describe('while the page is open', () => {
  test('formats are those of the plugins that are on, and the same object while these stay the same', async () => {
    const { plugin: one } = everything()
    const page = await settled(
      open([one, { declaration: { name: 'ep_plain' } }], { boot: [booted('ep_mark')] }),
    )
    const before = page.host.formats.value
    expect(before.inline.has('mark')).toBe(true)
    await page.host.update([booted('ep_mark', { settings: { loud: true } }), booted('ep_plain')])
    expect(page.host.formats.value).toBe(before)
    await page.host.update([booted('ep_plain')])
    expect(page.host.formats.value.inline.has('mark')).toBe(false)
    await page.host.update([booted('ep_mark'), booted('ep_plain')])
    expect(page.host.formats.value.inline.has('mark')).toBe(true)
  })

  test('other settings reach the plugin without switching it off', async () => {
    const { plugin: one, context, ended } = everything()
    const page = await settled(open([one]))
    const seen: unknown[] = []
    const stop = effect(() => void seen.push(context().settings()['loud']))
    await page.host.update([booted('ep_mark', { settings: { loud: true } })])
    context().setSetting('loud', false)
    page.padSettings.value = { options: {}, enforce: true, plugins: { ep_mark: { loud: true } } }
    expect(seen).toEqual([false, true, false, true])
    expect(ended()).toBe(0)
    stop()
  })

  test('another version is another plugin', async () => {
    const { plugin: one, ended } = everything()
    const page = await settled(open([one]))
    await page.host.update([booted('ep_mark', { version: '1.1.0' })])
    expect(ended()).toBe(1)
    expect(page.host.running.value[0]?.boot.value.version).toBe('1.1.0')
  })

  test('one that was switched off while it loaded does not start', async () => {
    let give: (module: unknown) => void = () => undefined
    const { plugin: one } = everything()
    const sources = {
      ...bundledSources([]),
      bundled: { ep_mark: () => new Promise<unknown>((resolve) => (give = resolve)) },
    }
    const page = open([one], { boot: [booted('ep_mark')], sources })
    await page.host.update([])
    give({ declaration: mark, client: one.client, english: {}, style: null, languages: {} })
    await page.host.settled
    expect(page.host.running.value).toEqual([])
    expect(counts(page)['actions']).toBe(0)
  })

  test('messages come checked, only those of the plugin, and go out under its name', async () => {
    const { plugin: one, context } = everything()
    const page = await settled(open([one]))
    const heard: unknown[] = []
    context().receive('wave', (from, payload) => heard.push([from?.name, payload]))
    const from = { author: 'a.0000000000000002', name: 'Bo', colour: '2' }
    const event = { type: 'plugin', plugin: 'ep_mark', name: 'wave', from, payload: 'hi' } as const
    page.tell(event)
    page.tell({ ...event, payload: 5 })
    page.tell({ ...event, plugin: 'ep_other' })
    page.tell({ ...event, name: 'other' })
    expect(heard).toEqual([['Bo', 'hi']])
    context().send('wave', 'yo')
    expect(page.sent).toEqual([{ type: 'plugin', plugin: 'ep_mark', name: 'wave', payload: 'yo' }])
    await page.host.update([])
    page.tell(event)
    expect(heard).toHaveLength(1)
  })

  test('plugins stand in the order of the list, however they come', async () => {
    const banner = (name: string): TestPlugin => ({
      declaration: { name },
      client: (context) => void context.banner(() => name),
    })
    const page = await settled(open([banner('ep_b'), banner('ep_a')], { boot: [booted('ep_b')] }))
    await page.host.update([booted('ep_a'), booted('ep_b')])
    expect(page.model.parts.banners.parts.value.map(({ plugin: name }) => name)).toEqual(['ep_a', 'ep_b'])
  })

  test('a view follows the signals it reads and may keep a state of its own', async () => {
    const count = signal(1)
    const page = await settled(
      open([
        {
          declaration: { name: 'ep_a' },
          client: (context) =>
            void context.foot(() => {
              const [own] = useState('own')
              return `${own} ${count.value}`
            }),
        },
      ]),
    )
    const place = document.createElement('div')
    render(<PluginViews model={page.model} slot={page.model.parts.feet} />, place)
    expect(place.textContent).toBe('own 1')
    count.value = 2
    await new Promise((resolve) => setTimeout(resolve))
    expect(place.textContent).toBe('own 2')
    render(null, place)
  })
})
