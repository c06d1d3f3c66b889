/** Views of embeds that are fetched when the first one is drawn: until then an empty element stands in their place. */
import type { NodeView, NodeViewConstructor } from 'prosemirror-view'
import type { LateView } from '../../shared/plugin/client.ts'

/** A view that draws into an element of this name once it is there. `failed` is told when it cannot be fetched. */
export function lateView(
  kind: string,
  tag: string,
  load: () => Promise<LateView>,
  failed: (error: unknown) => void,
): NodeViewConstructor {
  return (node, ...rest) => {
    const dom = document.createElement(tag)
    dom.contentEditable = 'false'
    dom.className = node.isInline ? 'embed' : 'block'
    dom.dataset['kind'] = kind
    let now = node
    let inner: Omit<NodeView, 'dom'> | null = null
    let ended = false
    let selected = false
    load().then((draw) => {
      if (ended) return
      inner = draw(dom, now, ...rest)
      if (selected) inner.selectNode?.()
      return
    }, failed)
    return {
      dom,
      update(next, decorations, innerDecorations) {
        if (next.type !== node.type) return false
        now = next
        return inner?.update?.(next, decorations, innerDecorations) ?? true
      },
      selectNode() {
        selected = true
        dom.classList.add('ProseMirror-selectednode')
        inner?.selectNode?.()
      },
      deselectNode() {
        selected = false
        dom.classList.remove('ProseMirror-selectednode')
        inner?.deselectNode?.()
      },
      stopEvent: (event) => inner?.stopEvent?.(event) ?? false,
      ignoreMutation: () => true,
      destroy() {
        ended = true
        inner?.destroy?.()
      },
    }
  }
}
