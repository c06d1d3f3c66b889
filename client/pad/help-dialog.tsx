import type { JSX } from 'preact'
import { t } from '../i18n.ts'
import type { Key } from '../i18n.ts'
import { Dialog } from '../ui/dialog.tsx'
import { labelOf } from './actions.ts'
import type { Action, Actions } from './actions.ts'
import { keyNames } from './key-names.ts'

const GROUPS: readonly { group: Action['group']; title: Key }[] = [
  { group: 'text', title: 'help.text' },
  { group: 'lines', title: 'help.lines' },
  { group: 'page', title: 'help.page' },
]
/** Keys that are no actions. */
const MOVES: readonly { label: Key; keys: string }[] = [
  { label: 'write.palette', keys: 'Mod-k' },
  { label: 'write.insert', keys: '/' },
  { label: 'help.toToolbar', keys: 'Alt-F9' },
  { label: 'help.toText', keys: 'Escape' },
]

/** Every shortcut there is, from the actions themselves. */
export function HelpDialog({ actions, onClose }: { actions: Actions; onClose: () => void }): JSX.Element {
  const withKeys = [...actions.values()].filter((action) => action.keys !== undefined)
  return (
    <Dialog title={t('help.title')} closeLabel={t('common.close')} class="wide" onClose={onClose}>
      <div class="shortcuts">
        {GROUPS.map(({ group, title }) => (
          <section key={group}>
            <h3>{t(title)}</h3>
            <dl>
              {withKeys
                .filter((action) => action.group === group)
                .map((action) => (
                  <Shortcut key={action.id} label={labelOf(action)} keys={action.keys ?? ''} />
                ))}
              {group === 'page' &&
                MOVES.map(({ label, keys }) => <Shortcut key={keys} label={t(label)} keys={keys} />)}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  )
}

function Shortcut({ label, keys }: { label: string; keys: string }): JSX.Element {
  return (
    <div>
      <dt>{label}</dt>
      <dd>
        <kbd>{keyNames(keys)}</kbd>
      </dd>
    </div>
  )
}
