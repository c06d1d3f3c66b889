/** How a plugin comes into the page. */
import { afterEach, expect, jest, test } from '@jest/globals'
import { LOAD_LIMIT, loadPlugin } from '../../../client/plugins/load.ts'
import type { PluginSources } from '../../../client/plugins/load.ts'
import type { BootPlugin } from '../../../shared/settings.ts'

afterEach(() => {
  jest.useRealTimers()
})

const declaration = { name: 'ep_far' }
const client = (): void => undefined
const files = {
  shared: 'plugin-files/ep_far/1.0.0/shared.js',
  client: 'plugin-files/ep_far/1.0.0/client.js',
  style: 'plugin-files/ep_far/1.0.0/style.css',
  locales: 'plugin-files/ep_far/1.0.0/locales',
}
const boot: BootPlugin = { name: 'ep_far', version: '1.0.0', settings: {}, files }

function sources(
  over: Partial<PluginSources> = {},
): PluginSources & { asked: string[]; styles: Set<string> } {
  const asked: string[] = []
  const styles = new Set<string>()
  return {
    asked,
    styles,
    bundled: {},
    root: new URL('https://host/office/'),
    importModule: (url) => {
      asked.push(url)
      return Promise.resolve(url.endsWith('shared.js') ? { declaration } : { client })
    },
    fetchJson: (url) => {
      asked.push(url)
      return url.endsWith('/fr.json') ? Promise.reject(new Error('404')) : Promise.resolve({ hello: url })
    },
    addStyle: (url) => {
      styles.add(url)
      return Promise.resolve(() => styles.delete(url))
    },
    styled: new Set(),
    ...over,
  }
}

test("a third party's plugin is fetched below our own root, its style sheet goes with it", async () => {
  const from = sources()
  const loaded = await loadPlugin(boot, from)
  expect(loaded.declaration).toBe(declaration)
  expect(loaded.client).toBe(client)
  expect(from.asked).toContain('https://host/office/plugin-files/ep_far/1.0.0/client.js')
  expect(from.asked.every((url) => url.startsWith('https://host/office/plugin-files/'))).toBe(true)
  expect(await loaded.words('de')).toEqual({
    hello: 'https://host/office/plugin-files/ep_far/1.0.0/locales/de.json',
  })
  await expect(loaded.words('fr')).rejects.toThrow('404')
  expect([...from.styles]).toHaveLength(1)
  loaded.unload()
  expect([...from.styles]).toHaveLength(0)
})

test('nothing is fetched from elsewhere', async () => {
  for (const shared of ['https://evil.example/x.js', '//evil.example/x.js', 'data:text/javascript,1']) {
    const from = sources()
    await expect(loadPlugin({ ...boot, files: { ...files, shared } }, from)).rejects.toThrow('origin')
    expect(from.asked.filter((url) => !url.startsWith('https://host/'))).toEqual([])
  }
})

test('what exports no declaration of this name, or no client half, is refused and leaves no style sheet', async () => {
  const other = sources({
    importModule: () => Promise.resolve({ declaration: { name: 'ep_other' }, client }),
  })
  await expect(loadPlugin(boot, other)).rejects.toThrow('no declaration of ep_far')
  const half = sources({ importModule: () => Promise.resolve({ declaration }) })
  await expect(loadPlugin(boot, half)).rejects.toThrow('no function client')
  expect([...other.styles, ...half.styles]).toEqual([])
})

test('what does not load within five seconds is given up', async () => {
  jest.useFakeTimers()
  const never = sources({ importModule: () => new Promise(() => undefined) })
  const failed = loadPlugin(boot, never).catch((error: unknown) => String(error))
  await jest.advanceTimersByTimeAsync(LOAD_LIMIT)
  expect(await failed).toContain('did not load within 30 s')
})

test('a bundled plugin is a chunk of the build with its languages; one that is not there is named', async () => {
  const module = {
    declaration: { name: 'ep_near' },
    client: null,
    english: { hello: 'Hello' },
    style: 'https://host/office/assets/style.css',
    languages: { de: () => Promise.resolve({ default: { hello: 'Hallo' } }) },
  }
  const from = sources({ bundled: { ep_near: () => Promise.resolve(module) } })
  const near: BootPlugin = { name: 'ep_near', version: '1.0.0', settings: {} }
  const loaded = await loadPlugin(near, from)
  expect(loaded.english).toEqual({ hello: 'Hello' })
  expect(await loaded.words('de')).toEqual({ hello: 'Hallo' })
  expect(await loaded.words('toString')).toBeNull()
  expect([...from.styles]).toEqual(['https://host/office/assets/style.css'])
  loaded.unload()
  expect([...from.styles]).toEqual([])
  await loadPlugin(near, { ...from, styled: new Set(['ep_near']) })
  expect([...from.styles]).toEqual([])
  await expect(loadPlugin({ ...near, name: 'ep_none' }, from)).rejects.toThrow('load the page again')
})
