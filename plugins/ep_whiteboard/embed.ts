/** A live picture of the board as a block of the text. */
import { TextSelection } from 'prosemirror-state'
import type { Command } from 'prosemirror-state'
import type { NodeViewConstructor } from 'prosemirror-view'
import type { ClientContext, Off } from '../../shared/plugin.ts'
import type { BoardPart } from '../../shared/plugin/board.ts'
import { partValue, readPart } from './parts.ts'
import type { declaration } from './shared.ts'

type Fields = NonNullable<(typeof declaration)['settings']>

/** Puts a picture of a part of the board after the line with the cursor. */
export function insertBoard(part: BoardPart): Command {
  return (state, dispatch) => {
    const { block, line } = state.schema.nodes
    if (!block || !line) return false
    const { $to } = state.selection
    const after = $to.depth > 0 ? $to.after(1) : $to.pos
    const node = block.create({ embed: JSON.stringify({ board: partValue(part) }) })
    if (dispatch) {
      const tr = state.tr.insert(after, [node, line.create()])
      tr.setSelection(TextSelection.create(tr.doc, after + node.nodeSize + 1))
      dispatch(tr.scrollIntoView())
    }
    return true
  }
}

/** Draws the embed; pressing it opens the board there. */
export function boardView(context: ClientContext<Fields>, open: () => void): NodeViewConstructor {
  return (node) => {
    const part = partOf(node.attrs['embed'])
    const dom = document.createElement('div')
    dom.className = 'block ep-whiteboard-picture'
    dom.contentEditable = 'false'
    dom.dataset['kind'] = 'board'
    const button = document.createElement('button')
    button.type = 'button'
    button.setAttribute('aria-label', context.t('open'))
    const picture = document.createElement('div')
    picture.className = 'ep-whiteboard-canvas'
    const words = document.createElement('span')
    words.textContent = context.t('loading')
    button.append(picture, words)
    dom.append(button)
    button.addEventListener('click', open)

    let off: Off | undefined
    let ended = false
    // Boards far from sight are not fetched.
    const near = new IntersectionObserver(([entry]) => {
      if (!entry?.isIntersecting || off || ended) return
      near.disconnect()
      void show()
    })
    near.observe(dom)
    async function show(): Promise<void> {
      try {
        const board = await context.board()
        if (ended) return
        off = board.picture(picture, part, (seen) => {
          words.hidden = seen === 'shown'
          words.textContent = context.t(seen === 'empty' ? 'empty' : 'loading')
        })
      } catch {
        words.textContent = context.t('unreachable')
      }
    }
    return {
      dom,
      stopEvent: (event) =>
        event.target instanceof Node && button.contains(event.target) && event.type !== 'dragstart',
      ignoreMutation: () => true,
      update: (next) => next.type === node.type && next.attrs['embed'] === node.attrs['embed'],
      destroy() {
        ended = true
        near.disconnect()
        off?.()
      },
    }
  }
}

function partOf(embed: unknown): BoardPart {
  try {
    const value: unknown = JSON.parse(String(embed))
    return readPart(typeof value === 'object' && value !== null ? Reflect.get(value, 'board') : null)
  } catch {
    return { kind: 'all' }
  }
}
