/** Pictures that the server refuses (SPEC-text I3), in a text with its undo. */
import { afterEach, expect, test } from '@jest/globals'
import { signal } from '@preact/signals'
import type { ClientContext, Off, PadPictures } from '../../shared/plugin.ts'
import type { PictureTrouble, PictureUnderWay } from '../../shared/plugin/pictures.ts'
import type { Insert } from '../../shared/text/delta.ts'
import { stableJson } from '../../shared/text/json.ts'
import { TestEditor, seededDoc } from '../../tests/support/editors.ts'
import { takeBack } from './taken-back.ts'

let ends: Off[] = []
afterEach(() => {
  for (const end of ends) end()
  ends = []
})

const image = (key: string, alt: string): Insert => ({
  insert: { image: { key: key.repeat(43), width: 4, height: 3, alt } },
})

/** The page of somebody who brings pictures into a text of this content. */
function page(...content: Insert[]) {
  const editor = new TestEditor(seededDoc(7, '\n'))
  editor.text.applyDelta(content.map((one) => ({ ...one })))
  const said: string[] = []
  const underWay = signal<ReadonlyMap<string, PictureUnderWay>>(new Map())
  const context: Pick<ClientContext, 'run' | 'toast' | 't' | 'prosemirror'> & {
    formats: Pick<ClientContext['formats'], 'embedOf'>
  } = {
    run: (command) => command(editor.state, (tr) => editor.dispatch(tr)),
    toast: (words) => said.push(words),
    t: (key, values) => [key, ...Object.values(values ?? {})].join(' '),
    formats: { embedOf: ({ attrs }) => (attrs['embed'] ? JSON.parse(String(attrs['embed'])) : null) },
    prosemirror(plugin) {
      editor.state = editor.state.reconfigure({ plugins: [...editor.state.plugins, plugin] })
      return () => undefined
    },
  }
  ends.push(takeBack(context as ClientContext, { underWay } as unknown as PadPictures), () =>
    editor.destroy(),
  )
  return {
    editor,
    said,
    way: (key: string, trouble: PictureTrouble | null): void => {
      underWay.value = new Map([[key.repeat(43), { part: 0, trouble }]])
    },
    /** The text, pictures by the first letter of their key. */
    shown: (): string =>
      editor.text
        .toDelta()
        .map(({ insert }: Insert) =>
          typeof insert === 'string' ? insert : `[${/"key":"(.)/.exec(JSON.stringify(insert))?.[1] ?? ''}]`,
        )
        .join('')
        .trimEnd(),
    bring: (key: string, at: number): void => {
      const embed = editor.state.schema.nodes['embed']?.create({ embed: stableJson(image(key, '').insert) })
      if (embed) editor.dispatch(editor.state.tr.insert(at, embed))
    },
  }
}

test('I3: a refused picture leaves the text, wherever it stands, and the person learns why, once', () => {
  const { way, said, shown, editor } = page(
    { insert: 'a' },
    image('b', 'Oak'),
    { insert: 'c' },
    image('d', ''),
    { insert: '\n' },
    image('b', 'Oak'),
  )
  way('b', null)
  expect(shown()).toBe('a[b]c[d]\n[b]')
  way('b', 'tooLarge')
  way('b', 'tooLarge')
  expect(shown()).toBe('ac[d]')
  expect(said).toEqual(['takenBack Oak trouble.tooLarge'])
  expect(editor.errors).toEqual([])
})

test('I3, R13: undo and redo bring no place of a refused picture back', () => {
  const { way, shown, bring, editor } = page({ insert: 'words' })
  editor.type(5, '!')
  bring('b', 7)
  expect(shown()).toBe('words![b]')
  way('b', 'noPicture')
  expect(shown()).toBe('words!')
  // The taking out is no step: what is undone is what the person did before.
  expect([editor.history.undo(), shown()]).toEqual([true, 'words'])
  expect([editor.history.undo(), shown()]).toEqual([false, 'words'])
  expect([editor.history.redo(), shown()]).toEqual([true, 'words!'])
  expect([editor.history.redo(), shown()]).toEqual([false, 'words!'])
  expect(editor.errors).toEqual([])
})

test('I3, R13: nor does redo when it was undone, or undo when it was deleted, before the server said no', () => {
  const undone = page({ insert: 'words' })
  undone.bring('b', 6)
  undone.editor.history.undo()
  undone.way('b', 'full')
  undone.editor.history.redo()
  expect(undone.shown()).toBe('words')

  const deleted = page({ insert: 'words' }, image('d', ''))
  deleted.bring('b', 3)
  deleted.editor.dispatch(deleted.editor.state.tr.delete(2, 8))
  expect(deleted.shown()).toBe('w')
  deleted.way('b', 'full')
  deleted.editor.history.undo()
  // Pictures that were not refused come back.
  expect(deleted.shown()).toBe('words[d]')
  expect([...undone.editor.errors, ...deleted.editor.errors]).toEqual([])
})
