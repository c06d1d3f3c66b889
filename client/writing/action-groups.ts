/** Actions in the order in which people look for them. */
import { t } from '../i18n.ts'
import type { Key } from '../i18n.ts'
import type { Action } from '../pad/actions.ts'
import { placedIn, styleIds } from '../pad/tool-layout.ts'
import type { Actions } from '../pad/actions.ts'
import { w } from './words.ts'

/** Actions under one title. */
export interface ActionGroup {
  title: string
  actions: readonly Action[]
}

const TITLES: readonly (readonly [Action['group'], Key])[] = [
  ['page', 'help.page'],
  ['text', 'help.text'],
  ['lines', 'help.lines'],
]

/** All actions by what they work on. */
export function groupsOf(all: readonly Action[]): ActionGroup[] {
  return TITLES.map(([group, title]) => ({
    title: t(title),
    actions: all.filter((action) => action.group === group),
  })).filter(({ actions }) => actions.length > 0)
}

const LISTS = ['unorderedlist', 'orderedlist', 'tasklist']

/** What `/` offers: styles, lists, and what is put into the text. */
export function slashGroups(actions: Actions): ActionGroup[] {
  const named = (ids: readonly string[]): Action[] =>
    ids.flatMap((id) => {
      const action = actions.get(id)
      return action?.writes ? [action] : []
    })
  const styles = named(styleIds(actions.values()))
  const lists = named(LISTS)
  const known = new Set([...styles, ...lists].map(({ id }) => id))
  const inserts = placedIn(actions.values(), 'slash').filter(({ id, writes }) => writes && !known.has(id))
  return [
    { title: w('slash.insert'), actions: inserts },
    { title: w('slash.styles'), actions: styles },
    { title: w('slash.lists'), actions: lists },
  ].filter((group) => group.actions.length > 0)
}
