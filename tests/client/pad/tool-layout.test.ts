/** Where tools stand: our order, the administrator's, and plugins' among them. */
import { describe, expect, test } from '@jest/globals'
import type { Action } from '../../../client/pad/actions.ts'
import { barLayout, headerTools, styleIds } from '../../../client/pad/tool-layout.ts'

const action = (id: string, more: Partial<Action> = {}): Action => ({
  id,
  label: () => id,
  icon: 'bold',
  group: 'text',
  writes: true,
  place: ['bar'],
  run: () => undefined,
  ...more,
})
const idsOf = (actions: Action[], order: string[][] | null = null) =>
  barLayout(actions, order).groups.map((group) => group.map(({ id }) => id))

describe('the bar', () => {
  test("a plugin's tool joins the section it names, else stands before the last one", () => {
    const groups = idsOf([
      action('fontColor', { section: 'text' }),
      action('alignLeft', { section: 'align' }),
      action('alignRight', { section: 'align' }),
      action('alone'),
      action('inMenu', { place: ['menu'] }),
    ])
    expect(groups[2]?.at(-1)).toBe('fontColor')
    expect(groups.slice(-3)).toEqual([['alignLeft', 'alignRight'], ['alone'], ['clearauthorship']])
    expect(groups.flat()).not.toContain('inMenu')
  })

  test("the administrator's order counts, plugins' ids included; what it does not name is in the menu", () => {
    const actions = [action('fontColor', { section: 'text', priority: 4 }), action('alignLeft')]
    const order = [['redo', 'undo'], ['fontColor', 'nobody', 'bold', 'bold'], ['none'], ['headings']]
    expect(idsOf(actions, order)).toEqual([['redo', 'undo'], ['fontColor', 'bold'], ['style']])
    const layout = barLayout(actions, order)
    expect(layout.groups[1]?.[0]).toEqual({ id: 'fontColor', priority: 4 })
    expect(layout.rest).toContain('italic')
    expect(layout.rest).toContain('alignLeft')
    expect(layout.rest).not.toContain('undo')
    expect(layout.phone).toEqual(['redo', 'undo', 'fontColor', 'bold'])
  })
})

test("an administrator's order may name tools as Etherpad and its plugins do", () => {
  const { groups } = barLayout([], [['hyperlink', 'headings', 'link']])
  expect(groups.flat().map(({ id }) => id)).toEqual(['link', 'style'])
})

test("a plugin's headings stand after plain text, other styles at the end", () => {
  const style = (id: string, section?: string): Action =>
    action(id, { place: ['style'], ...(section === undefined ? {} : { section }) })
  expect(styleIds([style('heading4', 'headings'), style('poem'), style('heading5', 'headings')])).toEqual([
    'text',
    'heading4',
    'heading5',
    'blockquote',
    'codeblock',
    'poem',
  ])
})

test("the header's end has our order or the administrator's", () => {
  expect(headerTools(null, ['showusers', 'embed'])).toEqual(['showusers', 'embed'])
  expect(headerTools([['settings', 'embed'], ['embed']], ['showusers'])).toEqual(['settings', 'embed'])
})
