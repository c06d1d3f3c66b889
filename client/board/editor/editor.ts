/**
 * The editor: which tool is taken, what is selected, what a gesture shows, and the one way in which this person changes the
 * board (SPEC-board B200 and on). Without DOM; `input` feeds it.
 */
import { batch, computed, effect, signal } from '@preact/signals'
import type { ReadonlySignal } from '@preact/signals'
import { BoardError } from '../../../shared/board/error.ts'
import type { Random } from '../../../shared/board/ids.ts'
import type { Shape } from '../../../shared/board/model/shape.ts'
import { createBoardUndo } from '../../../shared/board/model/undo.ts'
import { fetchedRecogniser } from '../tools/recogniser.ts'
import type { Recognise } from '../tools/recogniser.ts'
import { makeTools } from '../tools/tools.ts'
import type {
  Camera,
  Editor,
  LiveStroke,
  NextStyle,
  Off,
  Point,
  Scene,
  ToolId,
  ToolSettings,
} from '../types.ts'
import { makeActions } from './actions/actions.ts'
import { madeBy } from './authors.ts'
import { createEdges } from './edges.ts'
import { createFeed } from './feed.ts'
import { follow, NO_MARKS, READS } from './inside.ts'
import type { Inside, Tool } from './inside.ts'
import { leavesOf, lineOf, selectionBox, shownLookup } from './selecting.ts'
import { setStyle } from './set-style.ts'
import { commonStyle, toolStyle } from './styles.ts'

/** What an editor is made from. */
export interface EditorOptions {
  readonly scene: Scene
  readonly camera: Camera
  readonly mayDraw: ReadonlySignal<boolean>
  /** Whose a Yjs client id is: for the names of authors, and for clearing what somebody drew. */
  readonly authorOf?: (client: number) => string | undefined
  readonly random?: Random
  readonly after?: (ms: number, run: () => void) => Off
  /** Instead of the one that is fetched. */
  readonly recogniser?: () => Recognise | null
}

export const FIRST_SETTINGS: ToolSettings = {
  snapShapes: true,
  snapGrid: false,
  eraserPart: false,
  steady: 0.4,
  recognise: true,
  fingers: 'auto',
}

const NONE: ReadonlySet<string> = new Set()

/** Tools that go on after they were used; the others give way to `select`. */
const STAYS: ReadonlySet<ToolId> = new Set([
  'select',
  'lasso',
  'hand',
  'pen',
  'highlighter',
  'eraser',
  'laser',
])
/** Makes an editor. It changes the board only through its scene's document, under an origin of its own. */
export function createEditor(options: EditorOptions): Editor {
  const { scene, camera, mayDraw } = options
  const { random = Math.random, after = laterBy } = options
  const origin = { board: 'own' }
  const undo = createBoardUndo(scene.board, {
    origin,
    ...(options.authorOf ? { authorOf: options.authorOf } : {}),
  })
  const listeners = new Set<Parameters<Editor['onSay']>[0]>()
  const tool = signal<ToolId>('select')
  const toolLocked = signal(false)
  const selection = signal(NONE)
  const inside = signal<string | null>(null)
  const writing = signal<string | null>(null)
  const nextStyle = signal<NextStyle>({})
  const pointerAt = signal<Point | null>(null)
  const cursor = signal('default')
  const edges = createEdges(scene)
  /** A shape that was made to be written in, and what had been done before. */
  let begun: { id: string; mark: unknown } | null = null

  const editor: Inside = {
    scene,
    camera,
    undo,
    origin,
    hooks: {},
    settings: signal(FIRST_SETTINGS),
    tool,
    toolLocked,
    selection,
    inside,
    hovered: signal<string | null>(null),
    writing,
    nextStyle,
    mayDraw,
    preview: signal<ReadonlyMap<string, Shape | null>>(new Map()),
    stroke: signal<LiveStroke | null>(null),
    pointerAt,
    marks: signal(NO_MARKS),
    cursor,
    actions: new Map(),
    shownStyle: computed(() => {
      follow(scene.version)
      const ids = selection.value
      return ids.size > 0 ? commonStyle(leavesOf(scene, ids)) : toolStyle(nextStyle.value, tool.value)
    }),
    random,
    edges,
    recogniser: options.recogniser ?? fetchedRecogniser(),
    authorOf: (id) => madeBy(scene, id, options.authorOf),
    box: computed(() => {
      follow(scene.version)
      const lookup = shownLookup(scene, editor.preview.value)
      return lineOf(selection.value, lookup) ? null : selectionBox(scene, selection.value, lookup)
    }),
    after,
    spot() {
      const { left, top, right, bottom } = camera.seen.value
      return pointerAt.value ?? { x: (left + right) / 2, y: (top + bottom) / 2 }
    },
    onSay(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    say(key, values = {}, loud = false) {
      for (const listener of listeners) listener(key, values, loud)
    },
    setTool(id) {
      if (!mayDraw.value && !READS.has(id)) return
      batch(() => {
        editor.drop()
        editor.write(null)
        if (tool.value !== id) {
          current().leave?.()
          toolLocked.value = false
          if (id !== 'select' && id !== 'lasso' && id !== 'hand') editor.select([])
        }
        tool.value = id
        cursor.value = current().cursor
        editor.hovered.value = null
      })
    },
    used(selected) {
      batch(() => {
        if (!toolLocked.value && !STAYS.has(tool.value)) editor.setTool('select')
        if (selected) editor.select(selected)
      })
    },
    select(ids) {
      const next = new Set<string>()
      for (const id of ids) if (scene.shapes.has(id)) next.add(id)
      const before = selection.value
      if (next.size === before.size && [...next].every((id) => before.has(id))) return
      selection.value = next
    },
    writeNew(id, mark) {
      editor.write(id)
      if (writing.value === id) begun = { id, mark }
    },
    write(id) {
      const before = writing.value
      if (before === id || (id !== null && !mayDraw.value)) return
      batch(() => {
        writing.value = id
        if (before !== null) dropEmptyText(editor, before, begun?.id === before ? begun.mark : undefined)
        begun = null
      })
    },
    setStyle: (style) => setStyle(editor, style),
    change(what) {
      if (!mayDraw.value) return
      try {
        scene.board.doc.transact(() => what(scene.board), origin)
      } catch (error) {
        if (!(error instanceof BoardError)) throw error
        editor.say(error.code === 'full' ? 'board.say.full' : 'board.say.cannot', {}, true)
      }
    },
    pointer(event) {
      batch(() => feed.take(event))
    },
    abandonStep() {
      if (mayDraw.peek()) undo.abandon()
      else undo.end()
    },
    drop: () => feed.drop(),
    cancel() {
      return batch(() => editor.drop() || (current().cancel?.() ?? false))
    },
    destroy() {
      editor.drop()
      for (const off of offs) off()
      undo.destroy()
    },
  }

  const tools: ReadonlyMap<ToolId, Tool> = makeTools(editor)
  const current = (): Tool => {
    const made = tools.get(tool.value)
    if (!made) throw new RangeError(`No tool ${tool.value}`)
    return made
  }
  const feed = createFeed(editor, tools, current)

  const offs: Off[] = [
    edges.off,
    scene.onChange(({ ids }) => {
      const gone = [...ids].filter((id) => !scene.shapes.has(id))
      if (gone.length === 0) return
      batch(() => {
        if (gone.some((id) => selection.value.has(id)))
          editor.select([...selection.value].filter((id) => scene.shapes.has(id)))
        if (writing.value !== null && gone.includes(writing.value)) writing.value = null
        if (inside.value !== null && gone.includes(inside.value)) inside.value = null
      })
    }),
    effect(() => {
      if (mayDraw.value) return
      if (!READS.has(tool.peek())) editor.setTool('select')
      else editor.drop()
      editor.write(null)
    }),
  ]
  const { actions, off } = makeActions(editor)
  Object.assign(editor, { actions })
  offs.push(off)
  cursor.value = current().cursor
  return editor
}

function laterBy(ms: number, run: () => void): Off {
  const timer = setTimeout(run, ms)
  return () => clearTimeout(timer)
}

/** A text without a form that was left empty is nothing anybody could find again: it goes, as if it had never been. */
function dropEmptyText(editor: Inside, id: string, mark: unknown): void {
  const shape = editor.scene.shapes.get(id)
  if (shape?.kind !== 'text' || shape.text.length > 0 || !editor.mayDraw.peek()) return
  if (mark !== undefined) editor.undo.backTo(mark)
  if (editor.scene.shapes.has(id)) editor.change((board) => board.shapes.delete(id))
}
