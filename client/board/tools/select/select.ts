/** The select tool (SPEC-board B202, B206 to B211): what the pointer is on decides what it does. */
import { isTextKind } from '../../../../shared/board/model/shape.ts'
import type { Shape } from '../../../../shared/board/model/shape.ts'
import {
  handleAt,
  paddedBox,
  handleCursor,
  isInBox,
  lineHandleAt,
  lineHandles,
} from '../../editor/handles.ts'
import { isDragged, reach } from '../../editor/inside.ts'
import type { Inside, State, Tool } from '../../editor/inside.ts'
import { isLocked, lineOf, pickOf, shownLookup, topsOf } from '../../editor/selecting.ts'
import { copySelection } from '../../editor/copies.ts'
import type { Pointer } from '../../types.ts'
import { place } from '../boxes.ts'
import { hollowAt, shapeUnder } from '../hits.ts'
import { bendLine, moveEnd } from './line-ends.ts'
import { marquee } from './marquee.ts'
import { moveSelection } from './move.ts'
import { resizeSelection } from './resize.ts'
import { rotateSelection } from './rotate.ts'

export function selectTool(editor: Inside): Tool {
  const { scene, camera, selection } = editor

  /** What handles there are, and what the pointer would do with them. */
  function onHandle(event: Pointer): { cursor: string; begin: () => State | null } | null {
    if (!editor.mayDraw.value || editor.writing.value !== null) return null
    const lookup = shownLookup(scene, editor.preview.value)
    const line = lineOf(selection.value, lookup)
    const free = [...selection.value].some((id) => !isLocked(scene, id))
    if (!free) return null
    if (line) {
      const handle = lineHandleAt(
        lineHandles(line, lookup, camera.place.value.zoom),
        camera,
        event.screen,
        reach(event),
      )
      if (!handle) return null
      const begin = (): State | null =>
        handle.kind === 'end' ? moveEnd(editor, line, handle, event) : bendLine(editor, line, handle, event)
      return { cursor: 'crosshair', begin }
    }
    const box = editor.box.value
    const handle =
      box && handleAt(paddedBox(box, camera.place.value.zoom), camera, event.screen, reach(event))
    if (!handle || !box) return null
    const begin = (): State | null =>
      handle === 'rotate' ? rotateSelection(editor, box, event) : resizeSelection(editor, box, handle, event)
    return { cursor: handleCursor(handle, box.r), begin }
  }

  return {
    cursor: 'default',
    down(event) {
      if (event.button !== 0) return event.button === 2 ? opensMenu(editor, event) : null
      const handle = onHandle(event)
      if (handle && event.clicks === 1) return handle.begin()
      const shape = shapeUnder(editor, event)
      if (shape) return pointingShape(editor, event, shape)
      const box = editor.box.value
      if (box && isInBox(box, event.page) && !event.shift) return pointingSelection(editor, event)
      return pointingGround(editor, event)
    },
    hover(event) {
      const handle = onHandle(event)
      const under = handle ? null : shapeUnder(editor, event)
      const shape = handle ? null : (under ?? hollowAt(editor, event.page))
      editor.hovered.value = shape && pickOf(scene, shape.id, editor.inside.value)
      const { value: box } = editor.box
      const moves = under !== null || (box !== null && isInBox(box, event.page))
      editor.cursor.value = handle?.cursor ?? (moves && editor.mayDraw.value ? 'move' : 'default')
    },
    leave() {
      editor.hovered.value = null
      editor.inside.value = null
    },
    cancel() {
      if (editor.writing.value !== null) {
        editor.write(null)
        return true
      }
      if (editor.inside.value !== null) {
        const group = editor.inside.value
        editor.inside.value = null
        editor.select([group])
        return true
      }
      if (selection.value.size === 0) return false
      editor.select([])
      return true
    },
  }
}

/** A right click selects what is under it, also what is locked, and opens the menu. */
function opensMenu(editor: Inside, event: Pointer): null {
  const shape = shapeUnder(editor, event, true) ?? hollowAt(editor, event.page)
  if (shape) {
    const picked = pickOf(editor.scene, shape.id, editor.inside.value)
    if (!editor.selection.value.has(picked)) editor.select([picked])
  } else editor.select([])
  editor.hooks.menu?.(event.screen)
  return null
}

/** Into groups, then into text; on the ground a new text. */
function doubleClick(editor: Inside, event: Pointer, under: Shape | null): boolean {
  const { scene } = editor
  const shape = under ?? hollowAt(editor, event.page)
  if (!shape) {
    if (!editor.mayDraw.value) return false
    place(editor, 'text', event.page)
    return true
  }
  const picked = pickOf(scene, shape.id, editor.inside.value)
  if (picked !== shape.id) {
    editor.inside.value = picked
    editor.select([pickOf(scene, shape.id, picked)])
    return true
  }
  if (shape.kind === 'frame' && editor.mayDraw.value && !isLocked(scene, shape.id)) {
    editor.select([shape.id])
    // Of the islands, which have a field for names.
    editor.actions.get('rename')?.run()
    return true
  }
  if (!isTextKind(shape.kind) || !editor.mayDraw.value || isLocked(scene, shape.id)) return false
  editor.select([shape.id])
  editor.write(shape.id)
  return true
}

function pointingShape(editor: Inside, from: Pointer, shape: Shape): State {
  const { scene, selection } = editor
  if (editor.inside.value !== null && !isPickedInside(editor, shape.id)) editor.inside.value = null
  const picked = pickOf(scene, shape.id, editor.inside.value)
  const was = selection.value.has(picked)
  editor.write(null)
  // Shown at once, but others are let go only when it is not the beginning of a drag.
  if (!was) editor.select(from.shift ? [...selection.value, picked] : [picked])
  return {
    move: (event) => (isDragged(from, event) ? dragging(editor, from, event) : undefined),
    up() {
      if (from.clicks === 2 && !from.shift && doubleClick(editor, from, shape)) return
      if (from.shift && was) editor.select([...selection.value].filter((id) => id !== picked))
      else if (!from.shift && was) editor.select([picked])
    },
    cancel() {},
  }
}

function isPickedInside(editor: Inside, id: string): boolean {
  const { parents } = editor.scene.tree()
  for (let at = parents.get(id) ?? null; at !== null; at = parents.get(at) ?? null)
    if (at === editor.inside.value) return true
  return false
}

/** In the selection's box, but on none of its shapes. */
function pointingSelection(editor: Inside, from: Pointer): State {
  return {
    move: (event) => (isDragged(from, event) ? dragging(editor, from, event) : undefined),
    up() {
      if (from.clicks !== 2 || from.shift || !doubleClick(editor, from, null)) clickGround(editor, from)
    },
    cancel() {},
  }
}

function dragging(editor: Inside, from: Pointer, event: Pointer): State | undefined {
  if (!editor.mayDraw.value) return undefined
  const tops = topsOf(editor.scene, editor.selection.value)
  if (tops.every((id) => isLocked(editor.scene, id))) return undefined
  const state = moveSelection(editor, from, from.alt ? () => copySelection(editor) : null)
  void state.move(event)
  return state
}

function pointingGround(editor: Inside, from: Pointer): State {
  editor.write(null)
  if (!from.shift) editor.select([])
  return {
    move: (event) => (isDragged(from, event) ? marquee(editor, from, event) : undefined),
    up() {
      if (from.clicks !== 2 || from.shift || !doubleClick(editor, from, null)) clickGround(editor, from)
    },
    cancel() {},
  }
}

function clickGround(editor: Inside, event: Pointer): void {
  const hollow = hollowAt(editor, event.page)
  if (!hollow) {
    editor.inside.value = null
    if (!event.shift) editor.select([])
    return
  }
  const picked = pickOf(editor.scene, hollow.id, editor.inside.value)
  if (event.shift) {
    const { value } = editor.selection
    editor.select(value.has(picked) ? [...value].filter((id) => id !== picked) : [...value, picked])
  } else editor.select([picked])
}
