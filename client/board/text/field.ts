/**
 * The field over a shape's words: ProseMirror on the shape's text through the pad's own binding, as large and as turned as
 * the words on the board (SPEC-board B320 to B323). Its edits are steps of the board's undo.
 */
import { effect, signal } from '@preact/signals'
import { h, render } from 'preact'
import { keydownHandler } from 'prosemirror-keymap'
import { EditorState, Plugin, Selection } from 'prosemirror-state'
import type { Command } from 'prosemirror-state'
import { EditorView } from 'prosemirror-view'
import { textOfShape } from '../../../shared/board/model/write.ts'
import { Binding, bindingPlugin, documentOf, isFromText } from '../../editor/binding/binding.ts'
import { createStepMaker } from '../../editor/edit-kind.ts'
import { freshSelection, readSelection } from '../../editor/fresh-selection.ts'
import { keyBindings } from '../../editor/keys.ts'
import { listNumbers } from '../../editor/numbers.ts'
import { clipboard } from '../../editor/paste/paste.ts'
import { taskBoxes } from '../../editor/tasks.ts'
import { toast } from '../../ui/toasts.tsx'
import { turnWheel } from '../input/wheel.ts'
import type { BoardUi } from '../ui/ui.ts'
import { say } from '../words.ts'
import { FieldBar } from './bar.tsx'
import { dress, lay } from './dress.ts'
import { keepRoom } from './grow.ts'
import { onlyWords } from './only-words.ts'
import { isWritable, wordsPlace } from './place.ts'
import { boardSchema } from './schema.ts'
import '../../styles/board-words.css'

export interface Field {
  destroy(): void
}

/** Ms the text holds on to a composition's DOM. */
const COMPOSITION_REST = 60
/** Ms without typing after which undo takes back what comes as a step of its own. */
const PAUSE = 1500
/** Pixels of the screen kept free below the words. */
const ROOM = 24

/** Opens it and gives it the keyboard; null for a shape without a place for words. */
export function openField(ui: BoardUi, id: string): Field | null {
  const { editor } = ui
  const { scene, camera, undo } = editor
  const text = textOfShape(scene.board, id)
  const first = scene.shapes.get(id)
  if (!text || !first || !isWritable(first)) return null

  const origin = { board: 'words' }
  const untrack = undo.track(origin)
  const place = document.createElement('div')
  place.className = 'board-field'
  place.dataset['kind'] = first.kind
  const bar = document.createElement('div')
  ui.root.append(place, bar)

  const beginsStep = createStepMaker()
  let typedAt = -PAUSE
  const end = (): void => editor.write(null)
  const step = (which: 'undo' | 'redo'): boolean => {
    undo.end()
    const { changed } = undo[which]()
    undo.begin()
    return changed
  }
  const keys: Record<string, Command> = {
    ...keyBindings({ undo: () => step('undo'), redo: () => step('redo'), leave: () => (end(), true) }),
    'Mod-Enter': () => (end(), true),
  }
  const tab = keys['Tab']
  keys['Tab'] = (state, dispatch, view) => {
    const inList = state.selection.$from.parent.attrs['list'] !== null
    if (inList && tab?.(state, dispatch, view) === true) return true
    queueMicrotask(() => {
      if (scene.shapes.get(id)?.kind === 'note') editor.actions.get('select-next')?.run()
      else end()
    })
    return true
  }
  const state = signal(
    EditorState.create({
      doc: documentOf(boardSchema, text),
      plugins: [
        freshSelection(),
        bindingPlugin(),
        onlyWords(isFromText, () => toast(say('board.words.tooMuch'), 'warning')),
        new Plugin({ props: { handleKeyDown: keydownHandler(keys) } }),
        clipboard(boardSchema, { onTooLarge: () => toast(say('board.words.tooMuch'), 'warning') }),
        taskBoxes(),
        listNumbers(),
      ],
    }),
  )
  const view = new EditorView(place, {
    state: state.peek(),
    dispatchTransaction(transaction) {
      if (transaction.docChanged && !isFromText(transaction)) {
        const now = performance.now()
        if (beginsStep(transaction) || now - typedAt > PAUSE) undo.begin()
        typedAt = now
      }
      // What is typed elsewhere, or in another format, is a step of its own.
      else if (!transaction.docChanged) typedAt = -PAUSE
      binding.dispatch(transaction)
    },
    attributes: {
      class: 'board-words',
      role: 'textbox',
      'aria-multiline': 'true',
      'aria-label': say('board.wordsField'),
      spellcheck: 'true',
    },
    handleDOMEvents: {
      compositionend: () => {
        setTimeout(() => {
          if (!view.isDestroyed && !view.composing) binding.release()
        }, COMPOSITION_REST)
        return false
      },
    },
  })
  const binding: Binding = new Binding(
    text,
    {
      get state() {
        return view.state
      },
      update(next) {
        if (view.isDestroyed) return
        view.updateState(next)
        state.value = next
      },
      composing: () => view.composing,
      settle: () => readSelection(view),
      onError: (error) => reportError(error),
    },
    { origin },
  )
  const growing = keepRoom(editor, id, text, origin)

  const offs = [
    effect(() => {
      void scene.version.value
      const shape = editor.preview.value.get(id) ?? scene.shapes.get(id)
      // Somebody removed it, or it is not to be changed any more.
      if (!shape || !isWritable(shape) || !editor.mayDraw.value) queueMicrotask(end)
      else {
        dress(place, shape)
        lay(
          place,
          wordsPlace(shape, (other) => scene.shapes.get(other)),
          camera.place.value,
        )
      }
    }),
    listen(document, 'pointerdown', (event) => {
      const { target } = event
      if (target instanceof Element && target.closest('.board-field, .island, .floating, dialog')) return
      end()
    }),
    listen(place, 'wheel', (event) => {
      if (!(event instanceof WheelEvent)) return
      event.preventDefault()
      const box = ui.view.element.getBoundingClientRect()
      turnWheel(camera, event, { x: event.clientX - box.left, y: event.clientY - box.top })
    }),
    listen(place, 'keydown', (event) => event.stopPropagation()),
  ]
  const seen = keepInSight(place, ui)
  undo.begin()
  render(h(FieldBar, { ui, view, state, place }), bar)
  view.dispatch(view.state.tr.setSelection(Selection.atEnd(view.state.doc)))
  view.focus()
  return {
    destroy() {
      for (const off of offs) off()
      growing()
      seen()
      undo.end()
      untrack()
      const hadFocus = place.contains(document.activeElement) || document.activeElement === document.body
      binding.destroy()
      view.destroy()
      render(null, bar)
      bar.remove()
      place.remove()
      if (hadFocus) ui.focusBoard()
    },
  }
}

/** A phone's keyboard must not lie over the words. */
function keepInSight(place: HTMLElement, { editor, root }: BoardUi): () => void {
  const look = (): void => {
    const view = window.visualViewport
    const words = place.getBoundingClientRect()
    const bottom = Math.min(
      root.getBoundingClientRect().bottom,
      view ? view.offsetTop + view.height : Infinity,
    )
    const over = words.bottom + ROOM - bottom
    if (over > 0) editor.camera.pan(0, Math.min(over, Math.max(0, words.top - ROOM)))
  }
  const frame = requestAnimationFrame(look)
  window.visualViewport?.addEventListener('resize', look)
  return () => {
    cancelAnimationFrame(frame)
    window.visualViewport?.removeEventListener('resize', look)
  }
}

function listen(target: EventTarget, type: string, run: (event: Event) => void): () => void {
  target.addEventListener(type, run, { capture: target === document, passive: false })
  return () => target.removeEventListener(type, run, { capture: target === document })
}
