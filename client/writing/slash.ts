/** What `/` offers, from the page's actions (SPEC-text W2). */
import { actionState, labelOf } from '../pad/actions.ts'
import type { Action } from '../pad/actions.ts'
import { keyNames } from '../pad/key-names.ts'
import type { Bench } from '../pad/writing.ts'
import { slashGroups } from './action-groups.ts'
import { fitting } from './match.ts'
import type { Suggestion, SuggestionSource } from '../../shared/plugin/suggest.ts'
import { maybe, w } from './words.ts'

export const SLASH = '/'

/** The source. */
export function slashSource({ model, actions }: Bench): SuggestionSource {
  const suggestion = (action: Action): Suggestion & { icon: Action['icon'] } => {
    const hint = action.hint?.() ?? maybe(`hint.${action.id}`)
    return {
      id: action.id,
      label: labelOf(action),
      icon: action.icon,
      ...(hint === '' ? {} : { hint }),
      keys: action.keys && keyNames(action.keys),
      disabled: actionState(action, model).disabled,
      run: () => action.run(),
    }
  }
  return {
    sign: SLASH,
    label: () => w('slash.title'),
    find(query) {
      const groups = slashGroups(actions)
      if (query === '')
        return groups.map((group) => ({ title: group.title, options: group.actions.map(suggestion) }))
      const all = groups.flatMap((group) => group.actions)
      const found = fitting(query, all, (action) => [
        labelOf(action),
        `${action.keywords?.() ?? maybe(`keywords.${action.id}`)} ${action.id}`,
      ])
      return [{ title: w('slash.matches', { words: query }), options: found.map(suggestion) }]
    },
  }
}
