/** The link a person is in. */
import type { Node } from 'prosemirror-model'
import type { EditorState } from 'prosemirror-state'

/** Its whole run, also where its look changes. */
export interface LinkRange {
  from: number
  to: number
  /** As stored; it passes `safeLink` before it is used. */
  href: string
}

/** The link the cursor stands in or at, or the one in which the selection lies; null when there is none. */
export function linkAt({ selection }: EditorState): LinkRange | null {
  const { $from, $to, empty } = selection
  const line = $from.parent
  if (line.type.name !== 'line' || !$from.sameParent($to)) return null
  const runs = runsOf(line, $from.start())
  const found =
    runs.find(({ from, to }) => $from.pos >= from && $from.pos < to) ??
    (empty ? runs.find(({ to }) => to === $from.pos) : undefined)
  return found && $to.pos <= found.to ? found : null
}

function runsOf(line: Node, start: number): LinkRange[] {
  const runs: LinkRange[] = []
  line.forEach((node, offset) => {
    const href: unknown = node.marks.find(({ type }) => type.name === 'link')?.attrs['value']
    if (typeof href !== 'string') return
    const [from, last] = [start + offset, runs.at(-1)]
    if (last?.href === href && last.to === from) last.to = from + node.nodeSize
    else runs.push({ from, to: from + node.nodeSize, href })
  })
  return runs
}
