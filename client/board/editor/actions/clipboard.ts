/** Cut, copy and paste. With keys the browser's own events do it (`clipboard/system.ts`), because pages may not always ask. */
import { clipOf } from '../../clipboard/clip.ts'
import { pasteNotes, takeIn } from '../../clipboard/paste.ts'
import { signal } from '@preact/signals'
import type { Style } from '../../../../shared/board/model/style.ts'
import { usedStyle } from '../styles.ts'
import type { BoardAction } from '../../types.ts'
import type { Facts } from './actions.ts'

/** Actions whose keys are left to the browser. */
export const BY_BROWSER: ReadonlySet<string> = new Set(['cut', 'copy', 'paste'])

export function clipboardActions({ editor, canChange, leaves }: Facts): BoardAction[] {
  /** The style that was copied last on this page. */
  const style = signal<Partial<Style> | null>(null)
  const edit = { group: 'edit', writes: true } as const
  const copy = (): boolean => {
    const clip = clipOf(editor.scene, editor.selection.value)
    if (!clip || !editor.hooks.clipboard) return false
    editor.hooks.clipboard.write(clip)
    editor.say('board.say.copied', { n: editor.selection.value.size })
    return true
  }
  return [
    {
      ...edit,
      id: 'cut',
      label: 'board.edit.cut',
      icon: 'cut',
      keys: ['Mod-x'],
      enabled: () => canChange(),
      run: () => {
        if (copy()) editor.actions.get('delete')?.run()
      },
    },
    {
      ...edit,
      id: 'copy',
      label: 'board.edit.copy',
      icon: 'copy',
      keys: ['Mod-c'],
      writes: false,
      enabled: () => editor.selection.value.size > 0,
      run: () => void copy(),
    },
    {
      ...edit,
      id: 'paste',
      label: 'board.edit.paste',
      icon: 'paste',
      keys: ['Mod-v'],
      enabled: () => editor.mayDraw.value,
      run: () => {
        const at = editor.spot()
        void editor.hooks.clipboard?.read().then((brought) => takeIn(editor, brought, at))
      },
    },
    {
      ...edit,
      id: 'copy-style',
      label: 'board.edit.copyStyle',
      icon: 'copy',
      keys: ['Mod-Alt-c'],
      writes: false,
      enabled: () => leaves.value.length > 0,
      run: () => {
        const [first] = leaves.value
        if (first) style.value = usedStyle(first.kind, first.style)
      },
    },
    {
      ...edit,
      id: 'paste-style',
      label: 'board.edit.pasteStyle',
      icon: 'paste',
      keys: ['Mod-Alt-v'],
      enabled: () => canChange() && style.value !== null,
      run: () => {
        // A form stays the form it is, and letters as large.
        const { form: _form, size: _size, brush: _brush, closed: _closed, ...look } = style.value ?? {}
        editor.setStyle(look)
      },
    },
    {
      ...edit,
      id: 'paste-notes',
      label: 'board.edit.pasteNotes',
      icon: 'note',
      keys: ['Shift-n'],
      enabled: () => editor.mayDraw.value,
      run: () => {
        const at = editor.spot()
        void editor.hooks.clipboard?.read().then(({ text }) => pasteNotes(editor, text, at))
      },
    },
  ]
}
