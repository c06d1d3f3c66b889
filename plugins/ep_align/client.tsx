/** Four buttons, of which that is pressed which all selected lines are at, chosen or by the way they run. */
import type { EditorState } from 'prosemirror-state'
import type { ClientContext } from '../../shared/plugin.ts'
import { isSide } from './shared.ts'
import type { Side } from './shared.ts'

const ICONS: Readonly<Record<Side, string>> = {
  left: 'M3 4.25h14M3 8.1h9M3 11.9h14M3 15.75h9',
  center: 'M3 4.25h14M5.5 8.1h9M3 11.9h14M5.5 15.75h9',
  right: 'M3 4.25h14M8 8.1h9M3 11.9h14M8 15.75h9',
  justify: 'M3 4.25h14M3 8.1h14M3 11.9h14M3 15.75h14',
}

/** Etherpad's toolbar ids. */
const ACTIONS: readonly (readonly [id: string, side: Side])[] = [
  ['alignLeft', 'left'],
  ['alignCenter', 'center'],
  ['alignRight', 'right'],
  ['alignJustify', 'justify'],
]

/** No more lines than this are looked at; a longer selection is judged by its beginning. */
const MOST_LINES = 500
const RIGHT_TO_LEFT = /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u

/** Four buttons ask about the same state. */
const known = new WeakMap<EditorState, { side: Side | null }>()

/** The side all selected lines are at; null where they differ. */
export function sideOf(state: EditorState): Side | null {
  const found = known.get(state) ?? { side: readSide(state) }
  known.set(state, found)
  return found.side
}

function readSide(state: EditorState): Side | null {
  const { from, to } = state.selection
  const sides = new Set<Side>()
  let lines = 0
  state.doc.nodesBetween(from, to, (node) => {
    if (node.type.name === 'line' && lines < MOST_LINES && sides.size < 2) {
      lines += 1
      const { align, direction } = node.attrs
      sides.add(isSide(align) ? align : isRightToLeft(node.textContent, direction) ? 'right' : 'left')
    }
    return false
  })
  const [side] = sides
  return sides.size === 1 && side !== undefined ? side : null
}

/** As the browser finds it: by the direction that was set, else by the first letter that has one. */
function isRightToLeft(text: string, direction: unknown): boolean {
  if (direction === 'rtl' || direction === 'ltr') return direction === 'rtl'
  return RIGHT_TO_LEFT.test(/\p{L}/u.exec(text)?.[0] ?? '')
}

/** Adds the buttons. Pressing one that was chosen gives the lines back to the way they run. */
export function client(context: ClientContext): void {
  const { formats } = context
  for (const [id, side] of ACTIONS)
    context.action({
      id,
      label: `align.${side}`,
      icon: ICONS[side],
      group: 'lines',
      place: ['bar'],
      section: 'align',
      priority: 1,
      writes: true,
      active: (state) => sideOf(state) === side,
      run: () => {
        const state = context.state.peek()
        if (!state) return
        const chosen = formats.selected(state).line('align') === side
        context.run(formats.setLines({ align: chosen ? null : side }))
      },
    })
}
