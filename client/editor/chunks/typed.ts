/**
 * Keeps the text node a person types into. ProseMirror draws a text that a decoration wraps (an author's tint) anew with
 * each key, in case the browser put the letter outside; then the browser loses the cursor and has to be given it again,
 * which lays out the page and costs as much as all the rest of a key.
 */
import { CONTENT_DIRTY, NODE_DIRTY } from './views.ts'
import type { ViewDesc } from './views.ts'

/** To be called after the places `from` to `to` in `desc` were marked dirty. */
export function keepTypedText(desc: ViewDesc, from: number, to: number): void {
  let start = 0
  for (const child of desc.children) {
    const end = start + child.size
    const inside = start + child.border
    if (from >= inside && to <= end - child.border && end > start) {
      if (child.node?.isText !== true) keepTypedText(child, from - inside, to - inside)
      else if (child.dirty === NODE_DIRTY && isIntact(child)) child.dirty = CONTENT_DIRTY
      return
    }
    start = end
  }
}

/** Whether the text's element stands where it was drawn and still holds nothing but the text. */
function isIntact({ dom, nodeDOM, parent }: ViewDesc): boolean {
  if (!parent?.contentDOM || dom.parentNode !== parent.contentDOM) return false
  let inner: globalThis.Node | null = dom
  while (inner && inner !== nodeDOM) inner = inner.childNodes.length === 1 ? inner.firstChild : null
  return inner !== null
}
