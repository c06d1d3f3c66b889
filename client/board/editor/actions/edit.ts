/** Undo and redo, removing, selecting, copies, links, locks. The clipboard's own three are in `clipboard/`. */
import { signal } from '@preact/signals'
import { isTextKind } from '../../../../shared/board/model/shape.ts'
import { changeShape } from '../../../../shared/board/model/write.ts'
import type { Undone } from '../../../../shared/board/model/undo.ts'
import type { BoardAction } from '../../types.ts'
import { copySelection } from '../copies.ts'
import { shapesBy } from '../authors.ts'
import { deleteWithEnds } from '../deleting.ts'
import { follow } from '../inside.ts'
import type { Inside } from '../inside.ts'
import { boundsHold } from '../../../../shared/board/geometry/bounds.ts'
import { isLocked, onlyOf, paintedBounds, topsOf } from '../selecting.ts'
import { readingOrder } from '../reading.ts'
import { noteBeside } from '../notes.ts'
import { placeByKey, placesByKey } from '../../tools/by-key.ts'
import type { Facts } from './actions.ts'

/** Page units a copy lies beside what it is a copy of. */
const BESIDE = 20

export function editActions(facts: Facts): BoardAction[] {
  const { editor, canChange, canUndo, canRedo, hasLocked } = facts
  const { scene, selection, mayDraw } = editor
  const edit = { group: 'edit', writes: true } as const
  const free = (): string[] => topsOf(scene, selection.value).filter((id) => !isLocked(scene, id))
  const locked = (id: string): boolean => scene.shapes.get(id)?.locked === true
  const only = (): string | null => onlyOf(selection.value)
  const hasShapes = (): boolean => {
    follow(scene.version)
    return scene.shapes.size > 0
  }
  /** Where Tab has no further shape to go to, as far as it was found. */
  const ends = signal<Ends>({ first: '', last: '' })
  return [
    {
      ...edit,
      id: 'undo',
      label: 'board.edit.undo',
      icon: 'undo',
      keys: ['Mod-z'],
      enabled: () => canUndo.value,
      run: () => stepBack(editor, 'undo'),
    },
    {
      ...edit,
      id: 'redo',
      label: 'board.edit.redo',
      icon: 'redo',
      keys: ['Mod-Shift-z', 'Mod-y'],
      enabled: () => canRedo.value,
      run: () => stepBack(editor, 'redo'),
    },
    {
      ...edit,
      id: 'duplicate',
      label: 'board.edit.duplicate',
      icon: 'duplicate',
      keys: ['Mod-d'],
      enabled: () => mayDraw.value && selection.value.size > 0,
      run: () => copySelection(editor, BESIDE, BESIDE),
    },
    {
      ...edit,
      id: 'delete',
      label: 'board.edit.delete',
      icon: 'trash',
      keys: ['Delete', 'Backspace'],
      enabled: () => canChange(),
      run: () => editor.change((board) => deleteWithEnds(editor, board, free())),
    },
    {
      ...edit,
      id: 'select-all',
      label: 'board.edit.selectAll',
      icon: 'select-all',
      keys: ['Mod-a'],
      writes: false,
      enabled: hasShapes,
      run: () => selectAll(editor),
    },
    {
      ...edit,
      id: 'select-none',
      label: 'board.edit.selectNone',
      icon: 'close',
      keys: ['Escape'],
      writes: false,
      enabled: () => true,
      run: () => {
        if (!editor.cancel() && editor.tool.value !== 'select') editor.setTool('select')
      },
    },
    {
      ...edit,
      id: 'select-author',
      label: 'board.edit.selectAuthor',
      icon: 'person',
      keys: ['Shift-a'],
      writes: false,
      enabled: () => selection.value.size > 0,
      run: () => {
        const authors = new Set([...selection.value].map((id) => editor.authorOf(id)))
        editor.select(topsOf(scene, new Set(shapesBy(editor, authors))))
      },
    },
    {
      ...edit,
      id: 'select-next',
      label: 'board.edit.selectNext',
      icon: 'chevron-right',
      keys: ['Tab'],
      writes: false,
      // Behind the last one Tab leaves the board.
      enabled: () => hasShapes() && only() !== ends.value.last,
      run: () => {
        if (editor.writing.value === null || !noteBeside(editor)) ends.value = selectNext(editor, 1)
      },
    },
    {
      ...edit,
      id: 'select-previous',
      label: 'board.edit.selectPrevious',
      icon: 'chevron-left',
      keys: ['Shift-Tab'],
      writes: false,
      enabled: () => hasShapes() && only() !== ends.value.first,
      run: () => {
        ends.value = selectNext(editor, -1)
      },
    },
    {
      ...edit,
      id: 'note-beside',
      label: 'board.edit.noteBeside',
      icon: 'note',
      keys: ['Alt-n'],
      enabled: () => {
        const id = only()
        return canChange() && id !== null && scene.shapes.get(id)?.kind === 'note'
      },
      run: () => void noteBeside(editor),
    },
    {
      ...edit,
      id: 'write',
      label: 'board.edit.write',
      icon: 'edit',
      keys: ['Enter', 'F2'],
      enabled: () => {
        const id = only()
        const shape = id === null ? undefined : scene.shapes.get(id)
        if (mayDraw.value && placesByKey(editor.tool.value)) return true
        return canChange() && shape !== undefined && (isTextKind(shape.kind) || shape.kind === 'group')
      },
      run: () => {
        if (placeByKey(editor)) return
        const id = only()
        const shape = id === null ? undefined : scene.shapes.get(id)
        if (shape?.kind === 'group') {
          editor.inside.value = shape.id
          editor.select((scene.tree().children.get(shape.id) ?? []).slice(0, 1).map((child) => child.id))
        } else if (shape && isTextKind(shape.kind)) editor.write(shape.id)
      },
    },
    {
      ...edit,
      id: 'link',
      label: 'board.edit.link',
      icon: 'link',
      keys: ['Mod-Shift-k'],
      enabled: () => canChange(),
      run: () => editor.hooks.askLink?.([...selection.value]),
    },
    {
      ...edit,
      id: 'lock',
      label: 'board.edit.lock',
      icon: 'lock',
      keys: ['Mod-Shift-l'],
      enabled: () => canChange(),
      run: () =>
        editor.change((board) => {
          for (const id of selection.value) changeShape(board, id, { locked: true })
        }),
    },
    {
      ...edit,
      id: 'unlock',
      label: 'board.edit.unlock',
      icon: 'unlock',
      keys: ['Mod-Alt-l'],
      enabled: () => mayDraw.value && hasLocked.value,
      run: () =>
        editor.change((board) => {
          for (const id of selection.value) if (locked(id)) changeShape(board, id, { locked: false })
        }),
    },
    {
      ...edit,
      id: 'unlock-all',
      label: 'board.edit.unlockAll',
      icon: 'unlock',
      keys: ['Shift-u'],
      enabled: () => mayDraw.value,
      run: () => {
        const all = [...scene.shapes.keys()].filter(locked)
        editor.change((board) => {
          for (const id of all) changeShape(board, id, { locked: false })
        })
        editor.select(all)
      },
    },
    {
      ...edit,
      id: 'erase-part',
      label: 'board.edit.erasePart',
      icon: 'eraser',
      keys: ['Shift-e'],
      enabled: () => mayDraw.value,
      active: () => editor.settings.value.eraserPart,
      run: () => {
        editor.settings.value = { ...editor.settings.value, eraserPart: !editor.settings.value.eraserPart }
      },
    },
  ]
}

/** Undo or redo; says what stayed because others have worked on it (B25). */
export function stepBack(editor: Inside, which: 'undo' | 'redo'): void {
  editor.drop()
  if (!editor.mayDraw.value) return
  const { changed, kept }: Undone = editor.undo[which]()
  if (kept.length > 0) {
    editor.select(kept)
    editor.say('board.say.kept', { n: kept.length }, true)
  } else if (changed) editor.say(which === 'undo' ? 'board.say.undone' : 'board.say.redone')
}

/** What is in the group that was gone into, else all on the board; no locked ones. */
export function selectAll(editor: Inside): void {
  const { scene } = editor
  if (editor.tool.value !== 'select') editor.setTool('select')
  const siblings = scene.tree().children.get(editor.inside.value) ?? []
  editor.select(siblings.filter(({ locked }) => !locked).map(({ id }) => id))
}

/** The first and the last shape in reading order. */
interface Ends {
  readonly first: string
  readonly last: string
}

/** What is in a group or on the board, in reading order; behind a frame what is in it. */
function within(editor: Inside, parent: string | null): string[] {
  const { scene } = editor
  const siblings = scene.tree().children.get(parent) ?? []
  const order = readingOrder(
    editor,
    siblings.map(({ id }) => id),
  )
  return order.flatMap((id) => (scene.shapes.get(id)?.kind === 'frame' ? [id, ...within(editor, id)] : [id]))
}

/** The next shape in reading order: by rows from top to bottom, in them from left to right; it is brought into view. */
export function selectNext(editor: Inside, by: 1 | -1): Ends {
  const { scene, camera } = editor
  const list = within(editor, editor.inside.value)
  const ends = { first: list[0] ?? '', last: list.at(-1) ?? '' }
  const at = onlyOf(editor.selection.value)
  const from = at === null ? (by > 0 ? -1 : list.length) : list.indexOf(at)
  const next = list[from + by]
  if (next === undefined) return ends
  if (editor.tool.value !== 'select') editor.setTool('select')
  editor.select([next])
  const bounds = paintedBounds(scene, [next])
  const seen = camera.seen.value
  if (bounds && !boundsHold(seen, bounds)) {
    const { zoom } = camera.place.value
    const isLarge =
      bounds.right - bounds.left > seen.right - seen.left ||
      bounds.bottom - bounds.top > seen.bottom - seen.top
    if (isLarge) camera.fit(bounds, { glide: true })
    else
      camera.set(
        {
          x: (bounds.left + bounds.right - seen.right + seen.left) / 2,
          y: (bounds.top + bounds.bottom - seen.bottom + seen.top) / 2,
          zoom,
        },
        { glide: true },
      )
  }
  return ends
}
