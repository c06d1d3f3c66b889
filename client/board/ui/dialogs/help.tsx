import type { JSX } from 'preact'
import { t } from '../../../i18n.ts'
import { Dialog } from '../../../ui/dialog.tsx'
import type { BoardAction } from '../../types.ts'
import { say, sayAny } from '../../words.ts'
import type { BoardKey } from '../../words.ts'
import { boardKeyNames, isOffered } from '../action-items.ts'
import type { DialogProps } from '../dialogs.tsx'
import '../../../styles/board-dialogs.css'

const GROUPS: readonly (readonly [BoardAction['group'], BoardKey])[] = [
  ['tool', 'board.group.tool'],
  ['edit', 'board.group.edit'],
  ['arrange', 'board.group.arrange'],
  ['view', 'board.group.view'],
  ['insert', 'board.group.insert'],
  ['meeting', 'board.group.meeting'],
  ['board', 'board.group.board'],
]

/** What gestures and keys of no action do. */
const GESTURES: readonly (readonly [BoardKey, BoardKey])[] = [
  ['board.gesture.pan', 'board.gesture.panHow'],
  ['board.gesture.zoom', 'board.gesture.zoomHow'],
  ['board.gesture.hold', 'board.gesture.holdHow'],
  ['board.gesture.proportion', 'board.gesture.proportionHow'],
  ['board.gesture.islands', 'board.gesture.islandsHow'],
  ['board.gesture.outline', 'board.gesture.outlineHow'],
]

/** Keys by label: what is called the same, such as a small and a large step, is one row. */
export function rowsOf(
  actions: readonly BoardAction[],
): (readonly [label: string, keys: readonly string[]])[] {
  const rows = new Map<string, string[]>()
  for (const { label, keys = [] } of actions)
    rows.set(label, [...(rows.get(label) ?? []), ...keys.slice(0, 2)])
  return [...rows]
}

/** Keys and gestures, made from the actions. */
export function HelpDialog({ ui, onClose }: DialogProps): JSX.Element {
  const actions = [...ui.actions.value.values()].filter((action) => action.keys && isOffered(ui, action))
  return (
    <Dialog
      title={say('board.help')}
      closeLabel={t('common.close')}
      class="wide board-help"
      onClose={onClose}
    >
      <div class="shortcuts">
        {GROUPS.map(([group, name]) => {
          const own = actions.filter((action) => action.group === group)
          return (
            own.length > 0 && (
              <section key={group}>
                <h3>{say(name)}</h3>
                <dl>
                  {rowsOf(own).map(([label, keys]) => (
                    <div key={label}>
                      <dt>{sayAny(label)}</dt>
                      <dd>
                        {keys.map((key) => (
                          <kbd key={key}>{boardKeyNames(key)}</kbd>
                        ))}
                      </dd>
                    </div>
                  ))}
                </dl>
              </section>
            )
          )
        })}
        <section>
          <h3>{say('board.group.gestures')}</h3>
          <dl>
            {GESTURES.map(([what, how]) => (
              <div key={what}>
                <dt>{say(what)}</dt>
                <dd>{say(how)}</dd>
              </div>
            ))}
          </dl>
        </section>
      </div>
    </Dialog>
  )
}
