/** Which tools stand where: our own order or the administrator's, with what plugins add. Pure. */
import type { ToolGroups } from '../../shared/page-settings.ts'
import type { Action, Place } from './actions.ts'

/** The choice of line styles, a tool that is no action. */
export const STYLE = 'style'
/** Other names in a toolbar's setting, from Etherpad and its plugins. */
const ALIASES: Readonly<Record<string, string>> = { headings: STYLE, hyperlink: 'link' }

/** A tool and what keeps its place when room is short (ui/fold.ts). */
export interface Tool {
  id: string
  priority: number
}

/** Sections of the bar in our order. */
const SECTIONS: readonly (readonly [section: string, tools: readonly (readonly [string, number])[]])[] = [
  [
    'undo',
    [
      ['undo', 6],
      ['redo', 6],
    ],
  ],
  ['style', [[STYLE, Infinity]]],
  [
    'text',
    [
      ['bold', Infinity],
      ['italic', Infinity],
      ['underline', 3],
      ['strikethrough', 2],
      ['code', 2],
      ['link', 5],
    ],
  ],
  [
    'lists',
    [
      ['unorderedlist', 5],
      ['orderedlist', 3],
      ['tasklist', 4],
      ['outdent', 1],
      ['indent', 1],
    ],
  ],
  ['authors', [['clearauthorship', 0]]],
]
/** Before this section stand the sections of plugins. */
const LAST = 'authors'
/** Of a plugin's tool that says nothing: it folds with the rarer ones. */
const PRIORITY = 1

/** A phone's bar: six, the styles before and the pinned one after them. */
const PHONE = ['bold', 'italic', 'unorderedlist', 'tasklist', 'link', 'undo']
const STYLES = ['text', 'blockquote', 'codeblock']
/** In the choice of styles, plugins' actions of this section stand after the first of these, others after the last. */
const HEADINGS = 'headings'

/** What stands in the bar, and what only in its menu. */
export interface BarLayout {
  groups: readonly (readonly Tool[])[]
  rest: readonly string[]
  /** The tools of a phone's bar. */
  phone: readonly string[]
}

/** Lays out the bar; `order` is the administrator's, which names ids in groups. */
export function barLayout(actions: Iterable<Action>, order: ToolGroups | null): BarLayout {
  const inBar = placedIn(actions, 'bar')
  const known = new Map<string, Tool>()
  for (const [, tools] of SECTIONS) for (const [id, priority] of tools) known.set(id, { id, priority })
  for (const { id, priority = PRIORITY } of inBar) known.set(id, { id, priority })
  const groups = order ? ordered(order, known, actions) : ownOrder(inBar)
  const shown = new Set(groups.flat().map(({ id }) => id))
  const named = groups.flat().flatMap(({ id }) => (id === STYLE ? [] : [id]))
  return {
    groups,
    rest: [...known.keys()].filter((id) => !shown.has(id)),
    phone: order ? named.slice(0, PHONE.length) : PHONE,
  }
}

function ownOrder(inBar: readonly Action[]): Tool[][] {
  const sections = new Map(
    SECTIONS.map(([name, tools]) => [name, tools.map(([id, priority]): Tool => ({ id, priority }))]),
  )
  const last = sections.get(LAST) ?? []
  sections.delete(LAST)
  for (const { id, priority = PRIORITY, section = id } of inBar) {
    const tools = section === LAST ? last : (sections.get(section) ?? [])
    tools.push({ id, priority })
    if (section !== LAST) sections.set(section, tools)
  }
  return [...sections.values(), last]
}

/** The administrator may also name what by itself has its place elsewhere. */
function ordered(order: ToolGroups, known: ReadonlyMap<string, Tool>, actions: Iterable<Action>): Tool[][] {
  const used = new Set<string>()
  const others = new Map([...actions].map(({ id }) => [id, { id, priority: PRIORITY }]))
  return order
    .map((group) =>
      group.flatMap((name) => {
        const tool = known.get(name) ?? known.get(ALIASES[name] ?? name) ?? others.get(name)
        if (!tool || used.has(tool.id)) return []
        used.add(tool.id)
        return [tool]
      }),
    )
    .filter((group) => group.length > 0)
}

/** Ids of the line styles in the order of their menu. */
export function styleIds(actions: Iterable<Action>): readonly string[] {
  const more = placedIn(actions, 'style')
  const headings = more.filter(({ section }) => section === HEADINGS).map(({ id }) => id)
  const others = more.filter(({ section }) => section !== HEADINGS).map(({ id }) => id)
  return [...STYLES.slice(0, 1), ...headings, ...STYLES.slice(1), ...others]
}

/** The actions of plugins that have a button in a place. */
export function placedIn(actions: Iterable<Action>, place: Place): readonly Action[] {
  return [...actions].filter((action) => action.place?.includes(place))
}

/** What stands at the header's end: our own order or the administrator's. */
export function headerTools(order: ToolGroups | null, own: readonly string[]): readonly string[] {
  return order ? [...new Set(order.flat())] : own
}
