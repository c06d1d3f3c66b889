/** What is open beside the text, how it stands, and what of it a browser keeps. */
import { expect, test } from '@jest/globals'
import { signal } from '@preact/signals'
import { createSurfaces, readChoices, SHARE, surfaceOf } from '../../../client/pad/surfaces.ts'
import type { SurfaceLayers } from '../../../client/pad/surfaces.ts'
import { createParts } from '../../../client/plugins/parts.ts'
import type { SurfaceMode } from '../../../shared/plugin.ts'
import { keyTarget } from '../../../client/ui/divider.tsx'

function storageOf(entries: Record<string, string> = {}) {
  const kept = new Map(Object.entries(entries))
  return {
    kept,
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  }
}

function page(layers: Partial<SurfaceLayers> = {}) {
  const parts = createParts()
  const narrow = signal(false)
  const add = (id: string, mode: SurfaceMode = 'beside') =>
    parts.surfaces.add('ep_a', {
      id,
      title: () => id,
      icon: 'file',
      header: true,
      mode,
      content: () => Promise.resolve({ view: () => null }),
    })
  return { surfaces: createSurfaces({ parts, narrow, ...layers }), narrow, add }
}

test('one that the address asks for opens when its plugin is there, and leaves the focus alone', () => {
  const { surfaces, add } = page({ asked: 'board' })
  expect(surfaces.open.value).toBeNull()
  expect(surfaces.covers.value).toBe(false)
  const off = add('board')
  expect(surfaces.open.value?.value.id).toBe('board')
  expect(surfaces.isQuiet()).toBe(true)
  off()
  expect(surfaces.open.value).toBeNull()
  surfaces.show('board')
  expect(surfaces.isQuiet()).toBe(false)
})

test('how it stands: what the plugin says, what the person chose, what a plugin asks for once; on a phone all of it', () => {
  const storage = storageOf()
  const { surfaces, narrow, add } = page({ storage })
  add('board', 'side')
  surfaces.show('board')
  expect(surfaces.mode.value).toBe('side')
  surfaces.arrange('beside')
  expect(surfaces.mode.value).toBe('beside')
  surfaces.show('board', { mode: 'full' })
  expect(surfaces.mode.value).toBe('full')
  expect(surfaces.covers.value).toBe(true)
  surfaces.arrange('beside')
  narrow.value = true
  expect(surfaces.mode.value).toBe('full')
  narrow.value = false
  expect(surfaces.mode.value).toBe('beside')
  const again = page({ storage })
  again.add('board', 'side')
  again.surfaces.show('board')
  expect(again.surfaces.mode.value).toBe('beside')
})

test('the width is kept by surface, between its ends; what another tab kept stays', () => {
  const storage = storageOf()
  const one = page({ storage })
  const two = page({ storage })
  for (const each of [one, two]) {
    each.add('board')
    each.add('figures')
  }
  one.surfaces.show('board')
  expect(one.surfaces.share.value).toBe(SHARE.first)
  one.surfaces.setShare(95)
  expect(one.surfaces.share.value).toBe(SHARE.most)
  two.surfaces.show('figures')
  two.surfaces.setShare(30)
  const later = page({ storage })
  later.add('board')
  later.surfaces.show('board')
  expect(later.surfaces.share.value).toBe(SHARE.most)
})

test('closing another than the open one changes nothing', () => {
  const { surfaces, add } = page()
  add('board')
  surfaces.show('board')
  surfaces.close('figures')
  expect(surfaces.open.value?.value.id).toBe('board')
  surfaces.close('board')
  expect(surfaces.wanted.value).toBeNull()
})

test('what the browser keeps is checked, and never more than fifty', () => {
  expect(readChoices(null)).toEqual({})
  expect(
    readChoices({
      board: { mode: 'full', share: 33 },
      other: { mode: 'round', share: 4 },
      '../x': { share: 50 },
      n: 7,
    }),
  ).toEqual({ board: { mode: 'full', share: 33 }, other: {} })
  const storage = storageOf({ 'inkpad.surfaces': 'no JSON' })
  const { surfaces } = page({ storage })
  for (let at = 0; at < 60; at += 1) {
    surfaces.show(`s${at}`)
    surfaces.setShare(40)
  }
  const kept = JSON.parse(storage.kept.get('inkpad.surfaces') ?? '{}') as object
  expect(Object.keys(kept)).toHaveLength(50)
  expect(Object.keys(kept).at(-1)).toBe('s59')
})

test('an address names a surface by its id only', () => {
  expect(surfaceOf('?lang=de&surface=board')).toBe('board')
  expect(surfaceOf('?surface=%3Cb%3E')).toBeNull()
  expect(surfaceOf('?surface=')).toBeNull()
  expect(surfaceOf('')).toBeNull()
})

test('the divider moves with the arrow keys, from right to left the other way round', () => {
  const key = (name: string, shiftKey = false) => ({ key: name, shiftKey })
  expect(keyTarget(key('ArrowRight'), 50, false)).toBe(52)
  expect(keyTarget(key('ArrowLeft', true), 50, false)).toBe(40)
  expect(keyTarget(key('ArrowRight'), 50, true)).toBe(48)
  expect(keyTarget(key('ArrowLeft'), 50, true)).toBe(52)
  expect([keyTarget(key('Home'), 50, false), keyTarget(key('End'), 50, false)]).toEqual([0, 100])
  expect(keyTarget(key('x'), 50, false)).toBeNull()
})
