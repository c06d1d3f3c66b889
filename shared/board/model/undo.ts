/**
 * Undo for one person (SPEC-board B25, B26): takes back what this page did, gesture by gesture, and removes nothing of
 * anybody else. Reads Yjs' items (13.6), which its public interface does not show; a test pins what is used.
 */
import * as Y from 'yjs'
import type { Board } from './board.ts'

/** Steps that can be taken back. */
const MOST_STEPS = 200

export interface BoardUndoOptions {
  /** Origin of this page's own transactions. */
  readonly origin: unknown
  /** Whose a client id is: a shape that comes back keeps the author who made it. */
  readonly authorOf?: (client: number) => string | undefined
}

/** What an undo or redo did. */
export interface Undone {
  /** Something changed. */
  readonly changed: boolean
  /** Shapes that were to go and stayed, because others have worked on them since. */
  readonly kept: readonly string[]
}

export interface BoardUndo {
  undo(): Undone
  redo(): Undone
  canUndo(): boolean
  canRedo(): boolean
  /** All changes until {@link BoardUndo.end} are one step; outside of this, each transaction is. */
  begin(): void
  end(): void
  /** Ends the step under way as if it had never been: what it did is taken back and cannot be done again (B201). */
  abandon(): void
  /** What was done last; {@link BoardUndo.backTo} takes back all since, as if it had never been. */
  mark(): unknown
  /** False when the mark is forgotten: undo went past it, or too much has been done since. */
  backTo(mark: unknown): boolean
  /** Transactions of this origin are this person's, too, such as those of a field that is written in. Answers how to stop. */
  track(origin: unknown): () => void
  clear(): void
  destroy(): void
}

export function createBoardUndo(board: Board, { origin, authorOf }: BoardUndoOptions): BoardUndo {
  const { doc, shapes } = board
  /** The stack as it was when the undo under way began. */
  let stack: readonly StackItem[] = []
  let running: { readonly stack: readonly StackItem[] } | null = null
  let kept = new Set<string>()
  let gesture = false
  /** What lay on top when the gesture began. */
  let below: StackItem | undefined

  const manager = new Y.UndoManager([shapes, board.settings], {
    trackedOrigins: new Set([origin]),
    captureTimeout: Number.MAX_SAFE_INTEGER,
    deleteFilter: (item: Y.Item) => {
      const step = running && stack[running.stack.length]
      const made = step && shapeItem(item, shapes)
      if (!made || made.deleted || !wasMadeIn(made, step) || !hasForeign(made, doc.clientID)) return true
      if (typeof made.parentSub === 'string') kept.add(made.parentSub)
      return false
    },
  })
  manager.on('stack-item-added', () => {
    if (!gesture) manager.stopCapturing()
    if (manager.undoStack.length > MOST_STEPS) manager.undoStack.shift()
  })

  function run(which: 'undo' | 'redo'): Undone {
    gesture = false
    manager.stopCapturing()
    running = { stack: which === 'undo' ? manager.undoStack : manager.redoStack }
    stack = [...running.stack]
    kept = new Set()
    const back = new Map<string, number>()
    const listener = (event: Y.YMapEvent<Y.Map<unknown>>): void => {
      for (const [id, { action }] of event.changes.keys) {
        const item = event.target._map.get(id)
        if (action === 'add' && item?.left) back.set(id, firstMaker(item))
      }
    }
    shapes.observe(listener)
    try {
      const changed = manager[which]() !== null
      if (authorOf) nameAuthors(board, back, authorOf)
      return { changed, kept: [...kept] }
    } finally {
      shapes.unobserve(listener)
      running = null
      stack = []
    }
  }

  /** Takes the last step back for good, unless it is the one given. */
  function dropAbove(step: StackItem | undefined): void {
    manager.stopCapturing()
    const { undoStack } = manager
    if (undoStack.length === 0 || undoStack.at(-1) === step) return
    // Without those before it: where nothing of it is left to take back, the step before it must stay.
    const before = undoStack.splice(0, undoStack.length - 1)
    if (run('undo').changed) manager.redoStack.pop()
    undoStack.splice(0, undoStack.length, ...before)
  }

  return {
    undo: () => run('undo'),
    redo: () => run('redo'),
    canUndo: () => manager.canUndo(),
    canRedo: () => manager.canRedo(),
    begin() {
      manager.stopCapturing()
      gesture = true
      below = manager.undoStack.at(-1)
    },
    end() {
      manager.stopCapturing()
      gesture = false
    },
    abandon() {
      if (gesture) dropAbove(below)
      gesture = false
    },
    mark: () => manager.undoStack.at(-1) ?? null,
    backTo(mark) {
      const { undoStack } = manager
      if (mark !== null && !undoStack.some((step) => step === mark)) return false
      gesture = false
      while (undoStack.length > 0 && undoStack.at(-1) !== mark) dropAbove(undoStack.at(-2))
      return true
    },
    track(other) {
      manager.addTrackedOrigin(other)
      return () => manager.removeTrackedOrigin(other)
    },
    clear: () => manager.clear(),
    destroy: () => manager.destroy(),
  }
}

type StackItem = Y.UndoManager['undoStack'][number]

/** The item that holds the shape an item belongs to. */
function shapeItem(item: Y.Item, shapes: Board['shapes']): Y.Item | null {
  let at: Y.Item | null = item
  while (at && at.parent !== (shapes as unknown))
    at = at.parent instanceof Y.AbstractType ? at.parent._item : null
  return at
}

/** Whether a step made a shape: as it is, or as it was before it went and came back as another item to the right. */
function wasMadeIn(made: Y.Item, { insertions }: StackItem): boolean {
  for (let at: Y.Item | null = made; at; at = at.left) if (Y.isDeleted(insertions, at.id)) return true
  return false
}

/** Whether anything in it was written under another client id. */
function hasForeign(item: Y.Item, own: number): boolean {
  if (item.id.client !== own) return true
  const { content } = item
  if (!(content instanceof Y.ContentType)) return false
  for (const entry of content.type._map.values()) if (!entry.deleted && hasForeign(entry, own)) return true
  for (let at = content.type._start; at; at = at.right) if (!at.deleted && hasForeign(at, own)) return true
  return false
}

/** The client id under which a shape that came back was first made. */
function firstMaker(item: Y.Item): number {
  let first = item
  while (first.left) first = first.left
  return first.id.client
}

/** Its own origin: naming an author is no step to take back. */
const NAMING = 'board-author'

function nameAuthors(
  board: Board,
  back: ReadonlyMap<string, number>,
  authorOf: (client: number) => string | undefined,
): void {
  const own = authorOf(board.doc.clientID)
  const names = new Map<Y.Map<unknown>, string>()
  for (const [id, client] of back) {
    const map = board.shapes.get(id)
    const author = authorOf(client)
    if (map instanceof Y.Map && author !== undefined && author !== own && !map.has('m.author'))
      names.set(map, author)
  }
  if (names.size === 0) return
  board.doc.transact(() => {
    for (const [map, author] of names) map.set('m.author', author)
  }, NAMING)
}
