/** @jest-environment jsdom */
/** Whole work areas of plugins: what they add, how they load, what happens when they fail or go. */
import { afterEach, expect, test } from '@jest/globals'
import { computed } from '@preact/signals'
import { render } from 'preact'
import { actionMap, labelOf, pageActions } from '../../../client/pad/actions.ts'
import { SurfacePlace } from '../../../client/pad/surface-place.tsx'
import { startPlugins } from '../../../client/plugins/host.ts'
import type { PluginHost } from '../../../client/plugins/host.ts'
import { isTaken } from '../../../client/plugins/keys.ts'
import { ownChoices } from '../../../client/plugins/values.ts'
import type { ClientContext, SurfaceContent, SurfaceHandle, SurfacePart } from '../../../shared/plugin.ts'
import { booted, bundledSources } from '../../support/page-plugins.ts'
import { testModel } from '../../support/pad-model.ts'

HTMLElement.prototype.showPopover = () => undefined
HTMLElement.prototype.hidePopover = () => undefined

const ends: (() => void)[] = []
afterEach(() => {
  for (const end of ends.splice(0)) end()
  document.body.replaceChildren()
})

async function page(surfaces: readonly SurfacePart[], client: (context: ClientContext) => void = () => {}) {
  const { model, padSettings } = testModel()
  const logged: string[] = []
  const ofPlugins = computed(() => model.parts.actions.parts.value.map(({ value }) => value))
  const actions = actionMap(pageActions(model), ofPlugins)
  const declaration = { name: 'ep_a' }
  const host: PluginHost = startPlugins([booted('ep_a')], {
    model,
    sources: bundledSources([
      {
        declaration,
        english: { wall: 'Wall' },
        client(context) {
          for (const one of surfaces) context.surface(one)
          client(context)
        },
      },
    ]),
    choices: ownChoices(null),
    padSettings,
    hasAction: (id) => actions.has(id),
    hasKeys: (keys) => isTaken(keys, actions.values()),
    log: (kind, message) => logged.push(`${kind} ${message}`),
  })
  await host.settled
  const place = document.createElement('div')
  document.body.append(place)
  render(<SurfacePlace model={model} />, place)
  ends.push(() => {
    render(null, place)
    host.stop()
  })
  return { model, host, actions, logged, place }
}

/** Renders and promises have had their turn. */
const turn = () => new Promise((resolve) => setTimeout(resolve, 0))
const wall = (content: SurfacePart['content'], more: Partial<SurfacePart> = {}): SurfacePart => ({
  id: 'wall',
  title: 'wall',
  icon: 'file',
  content,
  ...more,
})

test('it has an action under its id, in the menu of a phone, with its words and its key', async () => {
  const { actions, model } = await page([wall(() => ({ view: () => null }), { keys: 'Mod-Alt-w' })])
  const action = actions.get('wall')
  expect(action && labelOf(action)).toBe('Wall')
  expect(action?.place).toEqual(['menu'])
  expect(action?.keys).toBe('Mod-Alt-w')
  action?.run()
  expect(model.surfaces.open.value?.value.header).toBe(true)
  action?.run()
  expect(model.surfaces.wanted.value).toBeNull()
})

test('it is fetched once, when it is opened first; what is in it ends when it is closed', async () => {
  let fetched = 0
  const said: string[] = []
  const { model, place } = await page([
    wall(async () => {
      fetched += 1
      return {
        mount(element: HTMLElement, surface: SurfaceHandle) {
          said.push(`begins ${surface.mode.value}`)
          element.textContent = 'painted'
          return () => said.push('ends')
        },
      }
    }),
  ])
  expect(fetched).toBe(0)
  for (const round of [1, 2]) {
    model.surfaces.show('wall')
    await turn()
    expect(place.textContent).toContain('painted')
    expect(place.querySelector('section')?.getAttribute('aria-label')).toBe('Wall')
    model.surfaces.close('wall')
    await turn()
    expect(said).toHaveLength(2 * round)
  }
  expect(said).toEqual(['begins beside', 'ends', 'begins beside', 'ends'])
  expect(fetched).toBe(1)
})

test('one that cannot be fetched says so, and is fetched again when somebody asks', async () => {
  let tries = 0
  const { model, place, logged } = await page([
    wall(() => {
      tries += 1
      if (tries === 1) throw new Error('no network')
      return { view: () => <p>here</p> }
    }),
  ])
  model.surfaces.show('wall')
  await turn()
  expect(place.querySelector('[role=status]')?.textContent).toContain('Your text is safe')
  expect(logged).toEqual([expect.stringContaining('no network')])
  place.querySelector<HTMLElement>('.surface-word button')?.click()
  await turn()
  expect(place.textContent).toContain('here')
})

test('content that is none is refused as a failure to load', async () => {
  const { model, place, logged } = await page([wall(() => ({ paint: 1 }) as unknown as SurfaceContent)])
  model.surfaces.show('wall')
  await turn()
  expect(place.querySelector('.surface-word button')).not.toBeNull()
  expect(logged[0]).toContain('neither a view')
})

test.each([
  ['mounted', () => ({ mount: () => fail() })],
  ['drawn', () => ({ view: () => fail() })],
] satisfies [string, SurfacePart['content']][])(
  'a plugin that throws while its surface is %s is switched off, and the surface closes',
  async (_what, content) => {
    const { model, host, place } = await page([wall(content)])
    model.surfaces.show('wall')
    await turn()
    await turn()
    expect(host.running.value).toEqual([])
    expect(model.surfaces.wanted.value).toBeNull()
    expect(place.querySelector('section')).toBeNull()
  },
)

function fail(): never {
  throw new Error('on purpose')
}

test('an id that is taken or can be none is refused and told', async () => {
  const content = () => ({ view: () => null })
  const { model, logged } = await page([
    wall(content),
    wall(content),
    wall(content, { id: 'settings' }),
    wall(content, { id: '../x' }),
  ])
  expect(model.parts.surfaces.parts.value).toHaveLength(1)
  expect(logged).toHaveLength(3)
})

test('a plugin opens and closes its own surface only', async () => {
  let context: ClientContext | undefined
  const { model } = await page([wall(() => ({ view: () => null }))], (given) => (context = given))
  context?.showSurface('figures')
  expect(model.surfaces.wanted.value).toBeNull()
  context?.showSurface('wall', { mode: 'full', quiet: true })
  expect(model.surfaces.covers.value).toBe(true)
  expect(model.surfaces.isQuiet()).toBe(true)
  context?.showSurface(null)
  expect(model.surfaces.open.value).toBeNull()
})

test('the divider says where it is, and moves', async () => {
  const { model, place } = await page([wall(() => ({ view: () => null }))])
  model.surfaces.show('wall')
  await turn()
  const divider = place.querySelector('[role=separator]')
  expect(divider?.getAttribute('aria-valuenow')).toBe('50')
  divider?.dispatchEvent(new KeyboardEvent('keydown', { key: 'End', bubbles: true }))
  await turn()
  expect(divider?.getAttribute('aria-valuenow')).toBe('80')
  divider?.dispatchEvent(new MouseEvent('dblclick', { bubbles: true }))
  await turn()
  expect(divider?.getAttribute('aria-valuenow')).toBe('50')
})
