/** Plugins: what is found, and what is said about what is wrong. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { readKnownNames } from '../../../server/plugins/find.ts'
import {
  namedPlugins,
  namesOfOurs,
  saidOfBlocks,
  saidOfNames,
  wantedPlugins,
} from '../../../server/plugins/wanted.ts'
import { pluginFolder } from '../../support/plugin-folder.ts'
import type { TestPlugin } from '../../support/plugin-folder.ts'

const here = (plugins: Record<string, TestPlugin>) => {
  const folder = pluginFolder(plugins)
  const found = folder.found()
  folder.remove()
  return { found, warnings: folder.warnings }
}

test('Plugins: a folder with plugin.json and a shared half is a plugin, with our version', () => {
  const folder = pluginFolder({
    ep_b: { server: '', locales: { en: {}, de: {} }, facts: { languages: undefined } },
    ep_a: { facts: { standard: false, needs: ['ep_b'], block: 'ep_old' } },
  })
  writeFileSync(join(folder.folder, 'ep_c'), 'no folder')
  const found = folder.found('4.5.6')
  expect(found.map(({ facts }) => facts)).toEqual([
    {
      name: 'ep_a',
      title: 'ep_a',
      about: 'A test.',
      api: 1,
      version: '4.5.6',
      standard: false,
      needs: ['ep_b'],
      languages: ['en'],
    },
    expect.objectContaining({ name: 'ep_b', standard: true, needs: [], languages: ['en', 'de'] }),
  ])
  expect(found.map(({ block, server }) => [block, server !== null])).toEqual([
    ['ep_old', false],
    ['ep_b', true],
  ])
  folder.remove()
})

test.each([
  [{ title: 5 }, 'title is 5; allowed is a text of 1 to 80 characters'],
  [{ title: ' ' }, 'title is " "; allowed is a text of 1 to 80 characters'],
  [{ about: undefined }, 'about is missing; allowed is a text of 1 to 400 characters'],
  [{ api: 2 }, 'api is 2; allowed is 1: the plugin is made for another Inkpad'],
  [{ standard: 'yes' }, 'standard is "yes"; allowed is true or false'],
  [{ needs: 'ep_a' }, 'needs is "ep_a"; allowed is a list of names of plugins'],
  [{ needs: ['x'] }, 'needs is ["x"]; allowed is a list of names of plugins'],
  [{ languages: ['../x'] }, 'languages is ["../x"]; allowed is a list of codes of languages'],
  [{ name: 'ep_other' }, 'name is "ep_other"; allowed is "ep_wrong"'],
])('Plugins: wrong facts %j are told in one line, and the others are found', (facts, sentence) => {
  const { found, warnings } = here({ ep_wrong: { facts }, ep_right: {} })
  expect(found.map(({ facts: { name } }) => name)).toEqual(['ep_right'])
  expect(warnings).toEqual([`plugins/ep_wrong/plugin.json: ${sentence}`])
})

test('Plugins: on are the standard ones and those that are named, without those that were switched off', () => {
  const { found } = here({
    ep_a: {},
    ep_b: { facts: { standard: false } },
    ep_c: {},
    ep_d: { facts: { standard: false } },
  })
  const decided = new Map([
    ['ep_c', false],
    ['ep_d', true],
  ])
  const names = wantedPlugins(found, new Set(['ep_b']), decided).map((one) => one.found.facts.name)
  expect(names).toEqual(['ep_a', 'ep_b', 'ep_d'])
})

test('Plugins: what one needs is loaded before it; without it, it waits and says why', () => {
  const { found } = here({
    ep_a: { facts: { needs: ['ep_z'] } },
    ep_b: { facts: { needs: ['ep_gone'] } },
    ep_c: { facts: { needs: ['ep_off'] } },
    ep_d: { facts: { needs: ['ep_c'] } },
    ep_e: { facts: { needs: ['ep_f'] } },
    ep_f: { facts: { needs: ['ep_e'] } },
    ep_off: { facts: { standard: false } },
    ep_z: {},
  })
  const wanted = wantedPlugins(found, new Set(), new Map())
  expect(wanted.map((one) => [one.found.facts.name, one.missing])).toEqual([
    ['ep_z', null],
    ['ep_a', null],
    ['ep_b', 'It needs ep_gone, which is not here.'],
    ['ep_c', 'It needs ep_off, which is switched off.'],
    ['ep_d', 'It needs ep_c, which cannot be on.'],
    ['ep_f', 'It and ep_e need each other.'],
    ['ep_e', 'It needs ep_f, which cannot be on.'],
  ])
})

test('Plugins: names that are asked for and not here are told plainly, each in its kind', () => {
  const { found } = here({ ep_titles2: { facts: { standard: false } } })
  const known = { toCome: ['ep_draw'], builtIn: ['ep_cursortrace'], instead: { ep_titles: 'ep_titles2' } }
  const named = namedPlugins(['ep_titles', 'ep_draw'], {
    ETHERPAD_PLUGINS: ' ep_foo  ep_cursortrace,ep_draw ',
  })
  expect(named).toEqual(['ep_titles', 'ep_draw', 'ep_foo', 'ep_cursortrace'])
  expect(namesOfOurs(named, known)[0]).toBe('ep_titles2')
  expect(saidOfNames(named, found, known)).toEqual({
    notes: [
      'plugins that come with a later version of Inkpad: ep_draw',
      'what these plugins do is part of Inkpad itself: ep_cursortrace',
      'ep_titles is asked for; here ep_titles2 does the same',
    ],
    warnings: ['plugins that do not exist here: ep_foo. Install them first, or take their names away'],
  })
  expect(saidOfNames(['ep_titles'], [], known)).toEqual({
    notes: [],
    warnings: ['plugins that do not exist here: ep_titles. Install them first, or take their names away'],
  })
  expect(
    saidOfBlocks(
      { ep_titles2: { x: 1 }, ep_draw: { host: 'x' }, ep_unset: {}, ep_oidc: { a: { b: null } } },
      found,
    ),
  ).toEqual(['settings of plugins that are not here have no effect: ep_draw'])
})

test('Plugins: the names we know of are names, and none of a plugin that is here', () => {
  const folder = join(import.meta.dirname, '../../../plugins')
  const known = readKnownNames(folder)
  const names = [...known.toCome, ...known.builtIn, ...Object.keys(known.instead)]
  expect(known.builtIn).toContain('ep_hash_auth')
  expect(new Set(names).size).toBe(names.length)
})
