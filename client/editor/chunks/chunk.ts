/** One chunk: the description of its rows, and what its element tells the style sheet. */
import type { Node } from 'prosemirror-model'
import type { EditorView, ViewMutationRecord } from 'prosemirror-view'
import type { ChunkDecorations } from './decorations.ts'
import type { NodeViewDesc, NodeViewDescClass } from './views.ts'

/** A chunk's description: like a document's, with the chunk's rows as `node`, but without tokens of its own. */
export interface Chunk extends NodeViewDesc {
  innerDeco: ChunkDecorations
  /** What its element tells the style sheet; see {@link markChunks}. */
  joins: string
}

/** Makes chunks; `node` are its rows. */
export type ChunkClass = new (
  root: NodeViewDesc,
  rows: Node,
  decorations: ChunkDecorations,
  view: EditorView,
) => Chunk

/** The class of chunks for a class of node descriptions. */
export function chunkClass(NodeViewDesc: NodeViewDescClass): ChunkClass {
  class ChunkViewDesc extends NodeViewDesc {
    declare innerDeco: ChunkDecorations
    joins = ''

    constructor(root: NodeViewDesc, rows: Node, decorations: ChunkDecorations, view: EditorView) {
      const dom = view.dom.ownerDocument.createElement('div')
      dom.className = 'chunk'
      super(root, rows, [], decorations, dom, dom, dom)
    }

    /** What is read back from the page is the rows. */
    parseRule(): { skip: true } {
      return { skip: true }
    }

    /** Attributes of its element are the style sheet's, nothing a person wrote. */
    ignoreMutation(mutation: ViewMutationRecord): boolean {
      return mutation.type === 'attributes' && mutation.target === this.dom
    }
  }
  Object.defineProperties(ChunkViewDesc.prototype, {
    border: { get: () => 0 },
    size: {
      get(this: NodeViewDesc) {
        return this.node.content.size
      },
    },
  })
  return ChunkViewDesc
}

/** Tells the style sheet what it cannot know of a chunk: whether code goes on over its start or end. */
export function markChunks(chunks: readonly Chunk[]): void {
  for (const [index, chunk] of chunks.entries()) {
    const { firstChild, lastChild } = chunk.node
    const start = isCode(firstChild) && isCode(chunks[index - 1]?.node.lastChild)
    const end = isCode(lastChild) && isCode(chunks[index + 1]?.node.firstChild)
    const joins = `${start ? 'start ' : ''}${end ? 'end' : ''}`.trim()
    if (chunk.joins === joins || !(chunk.dom instanceof HTMLElement)) continue
    chunk.joins = joins
    if (joins === '') chunk.dom.removeAttribute('data-code-joins')
    else chunk.dom.setAttribute('data-code-joins', joins)
  }
}

function isCode(row: Node | null | undefined): boolean {
  const code: unknown = row?.type.name === 'line' ? row.attrs['code-block'] : null
  return code !== null && code !== undefined
}
