/**
 * What the chunks, and decorations by row, use of ProseMirror's view beyond its documented interface: the tree of view
 * descriptions (its file viewdesc.ts) and the inside of sets of decorations. The version is pinned; `usable` looks at a running view and tells whether all of it is there.
 */
import type { Node } from 'prosemirror-model'
import { DecorationSet } from 'prosemirror-view'
import type { Decoration, DecorationSource, EditorView } from 'prosemirror-view'

/** How much of a description has to be drawn again. */
export const NOT_DIRTY = 0
export const CHILD_DIRTY = 1
export const CONTENT_DIRTY = 2
export const NODE_DIRTY = 3

/** A place in the page. */
export interface DomPlace {
  node: globalThis.Node
  offset: number
  atom?: number
}

/** The description of something drawn: the document, a chunk, a line, a mark, a widget. */
export interface ViewDesc {
  parent: ViewDesc | undefined
  children: ViewDesc[]
  readonly dom: globalThis.Node
  readonly contentDOM: HTMLElement | null
  /** Of a node: its own element or text, within what decorations wrap round it. */
  readonly nodeDOM?: globalThis.Node
  readonly node: Node | null
  readonly size: number
  /** Places before its first child. */
  readonly border: number
  dirty: number
  destroy(): void
  domFromPos(pos: number, side: number): DomPlace
  markDirty(from: number, to: number): void
}

/** The description of a node. */
export interface NodeViewDesc extends ViewDesc {
  node: Node
  innerDeco: DecorationSource
  updateChildren(view: EditorView, pos: number): void
  nearestDesc(dom: globalThis.Node, onlyNodes?: boolean): ViewDesc | undefined
}

/** The class of node descriptions, which ProseMirror does not export. */
export type NodeViewDescClass = new (
  parent: ViewDesc | undefined,
  node: Node,
  outerDeco: readonly Decoration[],
  innerDeco: DecorationSource,
  dom: globalThis.Node,
  contentDOM: HTMLElement | null,
  nodeDOM: globalThis.Node,
) => NodeViewDesc

/** The description of the whole document. */
export function documentView(view: EditorView): NodeViewDesc {
  return (view as unknown as { docView: NodeViewDesc }).docView
}

/** The class of a description. */
export function classOf(desc: NodeViewDesc): NodeViewDescClass {
  return desc.constructor as NodeViewDescClass
}

/** Whether the view is built as the chunks need it. */
export function usable(view: EditorView): boolean {
  const desc: unknown = documentView(view)
  const has = (owner: unknown, kind: string, ...names: string[]): boolean =>
    names.every((name) => typeof (owner as Record<string, unknown>)[name] === kind)
  return (
    has(desc, 'function', 'updateChildren', 'markDirty', 'domFromPos', 'nearestDesc', 'update', 'destroy') &&
    has(desc, 'object', 'children', 'innerDeco', 'contentDOM') &&
    has(desc, 'number', 'dirty') &&
    Array.isArray(partsOf(DecorationSet.empty).local) &&
    Array.isArray(partsOf(DecorationSet.empty).children)
  )
}

/** The inside of a set of decorations: those of the rows themselves, and per row (start, end, set) those within it. */
export interface SetParts {
  readonly local: readonly Decoration[]
  readonly children: readonly (number | DecorationSet)[]
}

/** The inside of a set. */
export function partsOf(set: DecorationSet): SetParts {
  return set as unknown as SetParts
}

/**
 * A set with this inside, both in the order of places. Unlike `DecorationSet.create` it compares nothing: that looks at
 * every decoration for every row.
 */
export function setOf(local: SetParts['local'], children: SetParts['children']): DecorationSet {
  if (local.length === 0 && children.length === 0) return DecorationSet.empty
  const Made = DecorationSet as unknown as new (
    ...parts: [SetParts['local'], SetParts['children']]
  ) => DecorationSet
  return new Made(local, children)
}

/** Whether two sets hold the same. */
export function equalSets(a: DecorationSet, b: DecorationSet): boolean {
  return a === b || (a as unknown as { eq(other: DecorationSet): boolean }).eq(b)
}

/** What kind of decoration one is, without its place; `widget` when it stands between characters. */
export interface DecorationType {
  eq(other: DecorationType): boolean
}

/** The type of a decoration. */
export function typeOf(decoration: Decoration): DecorationType {
  return (decoration as unknown as { type: DecorationType }).type
}

/** Whether a decoration is inline: it lies on characters, possibly of several rows. */
export function isInline(decoration: Decoration): boolean {
  return (decoration as unknown as { inline: boolean }).inline
}

/** The decoration at another place. */
export function movedTo(decoration: Decoration, from: number, to: number): Decoration {
  return (decoration as unknown as { copy(from: number, to: number): Decoration }).copy(from, to)
}

/** The sets a source consists of. */
export function setsOf(source: DecorationSource): DecorationSet[] {
  const sets: DecorationSet[] = []
  source.forEachSet((set) => {
    if (set !== DecorationSet.empty) sets.push(set)
  })
  return sets
}
