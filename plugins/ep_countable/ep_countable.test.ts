/** @jest-environment jsdom */
import { afterEach, expect, jest, test } from '@jest/globals'
import { render } from 'preact'
import { Fragment } from 'prosemirror-model'
import { createSchema } from '../../client/editor/schema.ts'
import { docOf } from '../../client/editor/content.ts'
import { newTableId } from '../../shared/text/table/model.ts'
import { pluginEditor } from '../../tests/support/plugin-editor.ts'
import type { PluginEditor } from '../../tests/support/plugin-editor.ts'
import { seeded } from '../../tests/support/seeded.ts'
import { client } from './client.tsx'
import { Counter } from './count.ts'
import english from './locales/en.json' with { type: 'json' }
import { declaration } from './shared.ts'

let page: PluginEditor | undefined
const place = document.createElement('div')
document.body.append(place)
// jsdom has no top layer.
HTMLElement.prototype.showPopover = () => undefined

afterEach(() => {
  expect(page?.logged ?? []).toEqual([])
  render(null, place)
  page?.close()
  page = undefined
  jest.useRealTimers()
})

test.each([
  ['', 0, 0, 0],
  ['one two', 2, 7, 6],
  ["it's well-made, isn't it?", 4, 25, 22],
  ['Größe über alles', 3, 16, 14],
  ['Ein „wohl-überlegter“ Satz – für 3,50 €…', 5, 40, 34],
  ['Привет, мир. Γειά σου', 4, 21, 18],
  ['e\u0301 wohl-überlegt', 2, 15, 14],
  ['👩‍👩‍👧‍👦 é', 1, 3, 2],
  ['   ', 0, 3, 0],
])('%j has %d words, %d characters, %d without spaces', (text, words, characters, withoutSpaces) => {
  expect(new Counter('en').text(text)).toMatchObject({ words, characters, withoutSpaces })
})

test('words without spaces between them are counted by the language', () => {
  expect(new Counter('ja').text('私は学生です').words).toBeGreaterThan(2)
  expect(new Counter('th').text('ฉันรักภาษาไทย').words).toBeGreaterThan(2)
})

const LINES = [{ insert: 'one two\nthree\n\n' }]

test('a line is counted once, however often the text is', () => {
  const doc = docOf(createSchema(), LINES)
  const counter = new Counter('en')
  const counting = jest.spyOn(counter, 'text')
  const sum = { words: 3, characters: 12, withoutSpaces: 11, lines: 3, paragraphs: 2 }
  expect(counter.document(doc)).toEqual(sum)
  expect(counter.document(doc)).toEqual(sum)
  expect(counting).toHaveBeenCalledTimes(3)
})

test('a change costs its own lines, in a text of any length; the sums stay right', () => {
  const random = seeded(7)
  const schema = createSchema()
  const lineOf = (words: number) => schema.nodes['line']?.create(null, schema.text('w '.repeat(words) || ' '))
  let doc = docOf(schema, [{ insert: 'one two\n'.repeat(2000) }])
  const counter = new Counter('en')
  counter.document(doc)
  const asked = jest.spyOn(counter, 'line')
  for (let round = 0; round < 60; round += 1) {
    const from = random.int(doc.childCount)
    const to = Math.min(doc.childCount, from + random.int(3))
    const added = Array.from({ length: random.int(3) }, () => lineOf(random.int(9)) ?? doc.child(0))
    const lines = [...doc.children]
    lines.splice(from, to - from, ...added)
    doc = doc.copy(Fragment.from(lines))
    const sum = counter.document(doc)
    expect({ round, sum }).toEqual({ round, sum: new Counter('en').document(doc) })
  }
  expect(asked.mock.calls.length).toBeLessThan(60 * 5)
})

test('counting stops after each line that is new', () => {
  const counter = new Counter('en')
  expect([...counter.steps(docOf(createSchema(), LINES))]).toHaveLength(3)
  const doc = docOf(createSchema(), LINES)
  const begun = counter.steps(doc)
  begun.next()
  expect([...counter.steps(doc)]).toHaveLength(2)
  expect([...counter.steps(doc)]).toHaveLength(0)
})

test('of lines that are partly selected only the selected part counts', () => {
  const doc = docOf(createSchema(), [{ insert: 'one two\nthree four\n\nfive\n' }])
  const counter = new Counter('en')
  expect(counter.selection(doc, [{ from: 5, to: 15 }])).toMatchObject({ words: 2, characters: 8, lines: 2 })
  expect(counter.selection(doc, [{ from: 1, to: doc.content.size - 1 }])).toEqual(counter.document(doc))
  expect(counter.selection(doc, [{ from: 10, to: 24 }])).toMatchObject({ words: 2, lines: 3, paragraphs: 1 })
})

test('cells of a table are counted each by itself, and the table is one line', () => {
  const schema = createSchema()
  const line = (text: string) => schema.node('line', null, text === '' ? [] : [schema.text(text)])
  const row = (...cells: string[]) =>
    schema.node(
      'row',
      null,
      cells.map((text) => schema.node('cell', null, text.split('|').map(line))),
    )
  const table = schema.node('table', { embed: '{"table":{}}', id: newTableId() }, [
    row('one', 'two three'),
    row('', 'four|five'),
  ])
  const doc = schema.node('doc', null, [line('before'), table, line('after')])
  const counter = new Counter('en')
  expect(counter.document(doc)).toEqual({
    words: 7,
    characters: 31,
    withoutSpaces: 30,
    lines: 3,
    paragraphs: 3,
  })
  expect(counter.selection(doc, [{ from: 1, to: doc.content.size - 1 }])).toEqual(counter.document(doc))
  const at: Record<string, number> = {}
  doc.descendants((node, pos) => void (node.isText && (at[node.text ?? ''] = pos)))
  const range = (text: string) => ({ from: at[text] ?? 0, to: (at[text] ?? 0) + text.length })
  expect(counter.selection(doc, [range('two three')])).toMatchObject({ words: 2, lines: 1 })
  const cells = [range('one'), range('five')]
  expect(counter.selection(doc, cells)).toMatchObject({ words: 2, characters: 7, lines: 1, paragraphs: 1 })
})

test('from an hour on the reading time is said in hours', async () => {
  page = await pluginEditor({ declaration, client, english }, [{ insert: `${'w '.repeat(3350)}\n` }], {
    wordsPerMinute: 50,
  })
  render(page.model.parts.feet.parts.value[0]?.value() ?? null, place)
  expect(place.textContent).toContain('1 h 7 min to read')
})

async function foot(): Promise<() => string> {
  page = await pluginEditor({ declaration, client, english }, [{ insert: 'one two three\n' }])
  return () => {
    const [part] = page?.model.parts.feet.parts.value ?? []
    render(part?.value() ?? null, place)
    return [...place.querySelectorAll('span')].map((span) => span.textContent).join(', ')
  }
}

test('the foot says what is in the text, and of the selection while there is one', async () => {
  jest.useFakeTimers({ doNotFake: ['queueMicrotask', 'nextTick'] })
  const words = await foot()
  expect(words()).toBe('3 words, 13 characters, 1 min to read')
  page?.select(1, 8)
  expect(words()).toBe('3 words, 13 characters, 1 min to read')
  jest.advanceTimersByTime(300)
  expect(words()).toBe('2 words selected, 7 characters, 1 min to read')
  page?.select(1)
  jest.advanceTimersByTime(300)
  expect(words()).toBe('3 words, 13 characters, 1 min to read')
})

test('somebody who never rests sees counts all the same', async () => {
  jest.useFakeTimers({ doNotFake: ['queueMicrotask', 'nextTick'] })
  const words = await foot()
  const { view } = page?.editor ?? {}
  for (let key = 0; key < 6; key += 1) {
    view?.dispatch(view.state.tr.insertText(' x', 1))
    jest.advanceTimersByTime(100)
  }
  expect(words()).not.toContain('3 words')
})

test('much to count is counted a little at a time', async () => {
  jest.useFakeTimers({ doNotFake: ['queueMicrotask', 'nextTick'] })
  const now = jest.spyOn(performance, 'now').mockImplementation(
    (
      (time: number) => () =>
        (time += 5)
    )(0),
  )
  page = await pluginEditor({ declaration, client, english }, [{ insert: 'one two\n'.repeat(50) }])
  const [part] = page.model.parts.feet.parts.value
  render(part?.value() ?? null, place)
  expect(place.textContent).toBe('0 words0 characters')
  const turns = jest.getTimerCount()
  jest.runOnlyPendingTimers()
  render(part?.value() ?? null, place)
  expect([turns, place.textContent]).toEqual([1, '0 words0 characters'])
  jest.runAllTimers()
  now.mockRestore()
  await Promise.resolve()
  render(part?.value() ?? null, place)
  expect(place.textContent).toBe('100 words350 characters1 min to read')
})

test('pressed, the foot tells everything that is counted', async () => {
  const words = await foot()
  words()
  place.querySelector('button')?.click()
  await new Promise((done) => setTimeout(done))
  words()
  const cells = [...place.querySelectorAll('[role=dialog] tr')].map((row) =>
    [...row.children].map(({ textContent }) => textContent),
  )
  expect(cells).toEqual([
    ['Words', '3'],
    ['Characters', '13'],
    ['Without spaces', '11'],
    ['Paragraphs', '1'],
    ['Lines', '1'],
    ['Reading time', '1 min'],
  ])
})
