/** Puts a board into an element: scene, view, editor, the others, and the islands over it. Used by its page and inside pads. */
import { effect, signal } from '@preact/signals'
import type { ReadonlySignal } from '@preact/signals'
import { h, render } from 'preact'
import { boardOf } from '../../shared/board/model/board.ts'
import type { Shape } from '../../shared/board/model/shape.ts'
import type { Person } from '../../shared/protocol.ts'
import type { Session } from '../net/types.ts'
import type { PadPerson } from '../pad/others.ts'
import type { MenuItem } from '../ui/menu.tsx'
import { createCamera } from './camera.ts'
import { createEditor } from './editor.ts'
import { attachInput } from './input/attach.ts'
import { marksChanged, paintMarks } from './editor/paint-marks.ts'
import { connectFiles } from './files/connect.ts'
import { createBoardPictures } from './pictures/pictures.ts'
import { createScene } from './scene.ts'
import { createTogether } from './together/together.ts'
import { watchWriting } from './text/writing.ts'
import type { Editor, View } from './types.ts'
import { itemsOf } from './ui/action-items.ts'
import { islandActions } from './ui/board-actions.ts'
import { BoardControls } from './ui/board-ui.tsx'
import { goToTarget, readFragment } from './ui/deep-link.ts'
import { keepKeysAhead } from './ui/keys-ahead.ts'
import { watchIslandKeys } from './ui/keys.ts'
import { nameNotes } from './ui/note-authors.ts'
import { tellBoard } from './ui/tell.ts'
import { boardTheme, isDark } from './ui/theme.ts'
import { openStates } from './ui/ui.ts'
import type { BoardUi } from './ui/ui.ts'
import { toast } from '../ui/toasts.tsx'
import { createView } from './view.ts'
import { say, sayAny } from './words.ts'

/** What a board is mounted with. */
export interface BoardWishes {
  readonly session: Session
  readonly mayDraw: ReadonlySignal<boolean>
  readonly me: ReadonlySignal<Person>
  readonly others: ReadonlySignal<readonly PadPerson[]>
  /** The islands are there. */
  readonly menus: boolean
  /** The fragment of the page's address: where to look first. */
  readonly hash: string
  /** Address of the board's own page. */
  readonly address: string
}

export interface MountedBoard {
  readonly editor: Editor
  readonly view: View
  /** Lines for the page's menu of more. */
  menu(): readonly (readonly MenuItem[])[]
  focus(): void
  /** Goes to a fragment's place; false when it leads nowhere. */
  goTo(hash: string): boolean
  destroy(): void
}

const MENU: readonly (readonly string[])[] = [
  ['meeting', 'gather', 'present'],
  ['files', 'search', 'copy-view'],
  ['ground', 'templates', 'clear-person'],
  ['palette', 'help'],
]

/** Fills `host`, which has a size. The session stays the caller's. */
export function mountBoard(host: HTMLElement, wishes: BoardWishes): MountedBoard {
  const { session, mayDraw } = wishes
  const root = document.createElement('div')
  root.className = 'board'
  root.dataset['board'] = ''
  const ground = document.createElement('div')
  ground.className = 'board-ground'
  const islands = document.createElement('div')
  islands.className = 'board-islands'
  islands.dataset['board'] = ''
  root.append(ground, islands)
  host.append(root)

  const scene = createScene(boardOf(session.doc))
  const camera = createCamera()
  const editor = createEditor({ scene, camera, mayDraw, authorOf: (client) => session.authorOf(client) })
  const pictures = createBoardPictures(session, wishes.address)
  const view = createView({ host: ground, scene, camera, theme: boardTheme, images: pictures.shelf })
  const together = createTogether({ session, editor, view, say: sayShort, dark: isDark })
  const { element } = view
  element.id = 'board'
  element.setAttribute('role', 'application')

  const ui: BoardUi = {
    ...openStates(),
    editor,
    view,
    session,
    together,
    bringer: pictures.connect(editor, sayShort),
    me: wishes.me,
    others: wishes.others,
    actions: signal(editor.actions),
    root,
    focusBoard: () => element.focus({ preventScroll: true }),
    addressOf: (fragment) => `${wishes.address}#${fragment}`,
  }
  for (const action of islandActions(ui)) editor.actions.set(action.id, action)
  editor.hooks.askLink = () => (ui.dialog.value = 'link')
  editor.hooks.menu = (at) => whenUp(() => (ui.menuAt.value = at))

  const offs = [
    attachInput(element, editor),
    keepKeysAhead(ui),
    watchIslandKeys(ui),
    tellBoard(ui),
    effect(() => element.setAttribute('aria-label', say('board.name'))),
    effect(() => element.setAttribute('aria-roledescription', say('board.role'))),
    effect(() => element.setAttribute('aria-description', say('board.hint'))),
    effect(() => {
      const { value: writing } = editor.writing
      void editor.scene.version.value
      view.preview(withoutWords(editor.preview.value, scene.shapes, writing))
    }),
    nameNotes(ui),
    showMarks(ui),
    watchWriting(ui),
    connectFiles(ui),
    () => together.destroy(),
    () => pictures.destroy(),
  ]
  render(h(BoardControls, { ui, menus: wishes.menus }), islands)
  const ended = lookFirst(wishes, editor)
  return {
    editor,
    view,
    menu: () => MENU.map((ids) => itemsOf(ui, ids)),
    focus: () => ui.focusBoard(),
    goTo: (hash) => go(editor, hash, true),
    destroy() {
      ended()
      render(null, islands)
      for (const off of offs) off()
      editor.destroy()
      view.destroy()
      scene.destroy()
      root.remove()
    },
  }
}

/** Once the button or finger is up: the browser closes what opens before, as pressed beside. */
function whenUp(run: () => void): void {
  const up = (): void => {
    window.removeEventListener('pointerup', up, true)
    window.removeEventListener('pointercancel', up, true)
    setTimeout(run)
  }
  window.addEventListener('pointerup', up, true)
  window.addEventListener('pointercancel', up, true)
}

/** Selection, handles and guides, in the colours of the page. */
function showMarks({ editor, view }: BoardUi): () => void {
  const overlay = view.overlay(paintMarks(editor, () => MARKS[boardTheme.peek()]))
  const stop = effect(() => {
    void boardTheme.value
    marksChanged(editor)
    overlay.repaint()
  })
  return () => {
    stop()
    overlay()
  }
}

/** Accent and page as in the style sheet's tokens. */
const MARKS = {
  light: { accent: '#0b6e5f', ground: '#ffffff', guide: '#c2257a' },
  dark: { accent: '#4cc2a8', ground: '#16181d', guide: '#ff7ab8' },
} as const

function sayShort(key: string, values?: Readonly<Record<string, string>>): void {
  toast(sayAny(key, values), 'info')
}

/** The words of the shape that is written in stand in a field over the board. */
function withoutWords(
  preview: ReadonlyMap<string, Shape | null>,
  shapes: ReadonlyMap<string, Shape>,
  writing: string | null,
): ReadonlyMap<string, Shape | null> {
  const shape = writing === null ? undefined : (preview.get(writing) ?? shapes.get(writing))
  if (writing === null || !shape || !('text' in shape)) return preview
  return new Map([...preview, [writing, { ...shape, text: [] }]])
}

function go(editor: Editor, hash: string, glide: boolean): boolean {
  const target = readFragment(hash)
  return target !== null && goToTarget(editor, target, glide)
}

/** Once there is something to see: where the address leads, else all of it; both only until the person moves the view. */
function lookFirst({ session, hash }: BoardWishes, editor: Editor): () => void {
  let ended = false
  const { camera, scene } = editor
  const begun = camera.place.peek()
  const look = async (): Promise<void> => {
    await session.ready
    if (ended || camera.place.peek() !== begun) return
    if (go(editor, hash, false)) return
    const content = scene.content()
    const { width } = camera.size.peek()
    if (content) camera.fit(content, { margin: Math.min(64, width / 16), most: 1 })
  }
  void look()
  return () => {
    ended = true
  }
}
