import { useComputed, useSignal } from '@preact/signals'
import type { JSX } from 'preact'
import { useMemo, useRef } from 'preact/hooks'
import { t } from '../i18n.ts'
import { ToolButton, keepFocus } from '../ui/button.tsx'
import { Icon } from '../ui/icon.tsx'
import { Menu } from '../ui/menu.tsx'
import { boxOf } from '../ui/popover.tsx'
import { Toolbar } from '../ui/toolbar.tsx'
import type { ToolbarItem } from '../ui/toolbar.tsx'
import { ActionButton, menuItems } from './action-button.tsx'
import type { Actions } from './actions.ts'
import type { PadModel } from './model.ts'
import { lineStyle } from './selection.ts'

const STYLE = 'style'
/** Action and folding priority; see ui/fold.ts. */
const GROUPS: readonly (readonly (readonly [id: string, priority: number])[])[] = [
  [
    ['undo', 6],
    ['redo', 6],
  ],
  [[STYLE, Infinity]],
  [
    ['bold', Infinity],
    ['italic', Infinity],
    ['underline', 3],
    ['strikethrough', 2],
    ['code', 2],
    ['link', 5],
  ],
  [
    ['unorderedlist', 5],
    ['orderedlist', 3],
    ['tasklist', 4],
    ['outdent', 1],
    ['indent', 1],
  ],
  [['clearauthorship', 0]],
]
/** Always in the menu. */
const RARE = ['clearformat', 'duplicateline', 'movelineup', 'movelinedown', 'deleteline']
const STYLES = ['text', 'heading1', 'heading2', 'heading3', 'blockquote', 'codeblock']
/** A phone's bar: seven and the pinned one. */
const BAR = ['bold', 'italic', 'unorderedlist', 'tasklist', 'link', 'undo']

interface BarProps {
  model: PadModel
  actions: Actions
}

/** The line of tools under the header. */
export function FormatToolbar({ model, actions }: BarProps): JSX.Element {
  const folded = useSignal<ReadonlySet<string>>(new Set())
  const groups = useMemo(
    () =>
      GROUPS.map((group) =>
        group.flatMap(([id, priority]): ToolbarItem[] => {
          if (id === STYLE)
            return [{ id, priority, content: <StylePicker model={model} actions={actions} /> }]
          const action = actions.get(id)
          return action ? [{ id, priority, content: <ActionButton action={action} model={model} /> }] : []
        }),
      ).filter((group) => group.length > 0),
    [model, actions],
  )
  return (
    <Toolbar
      label={t('toolbar.label')}
      groups={groups}
      onFold={(ids) => (folded.value = ids)}
      onLeave={() => model.editor.value?.focus()}
      end={<MoreFormatting model={model} actions={actions} icon="more" extra={() => [...folded.value]} />}
    />
  )
}

/** The bar that sits on a phone's keyboard. */
export function KeyboardBar({ model, actions }: BarProps): JSX.Element {
  return (
    <div class="keybar" role="toolbar" aria-label={t('toolbar.label')}>
      <StylePicker model={model} actions={actions} small />
      {BAR.map((id) => {
        const action = actions.get(id)
        return action && <ActionButton key={id} action={action} model={model} class={`bar-${id}`} />
      })}
      <MoreFormatting
        model={model}
        actions={actions}
        icon="plus"
        class="pinned"
        extra={() =>
          GROUPS.flat()
            .map(([id]) => id)
            .filter((id) => !BAR.includes(id))
        }
      />
    </div>
  )
}

/** The line style of the cursor's line, and the choice of another. */
function StylePicker({ model, actions, small }: BarProps & { small?: true }): JSX.Element {
  const open = useSignal(false)
  const place = useRef<HTMLButtonElement>(null)
  const style = useComputed(() => (model.formatting.value ? lineStyle(model.formatting.value) : 'text'))
  const name = t(`style.${style.value}`)
  return (
    <>
      <button
        ref={place}
        type="button"
        class={`tool ${small ? '' : 'style'}`}
        aria-label={t('toolbar.styleIs', { style: name })}
        aria-haspopup="menu"
        aria-expanded={open.value}
        data-tip=""
        onMouseDown={keepFocus}
        onClick={() => (open.value = true)}
      >
        {small ? <Icon name="paragraph" /> : <span>{name}</span>}
        {!small && <Icon name="chevron-down" class="arrow" />}
      </button>
      {open.value && (
        <Menu
          label={t('toolbar.style')}
          groups={[menuItems(STYLES, actions, model)]}
          anchor={() => boxOf(place.current)}
          onClose={() => (open.value = false)}
        />
      )}
    </>
  )
}

interface MoreProps extends BarProps {
  icon: 'more' | 'plus'
  class?: string
  /** Actions without room elsewhere. */
  extra: () => string[]
}

/** The menu of what has no room, and of what is rarely needed. */
function MoreFormatting({ model, actions, icon, extra, class: kind = '' }: MoreProps): JSX.Element {
  const open = useSignal(false)
  const place = useRef<HTMLSpanElement>(null)
  return (
    <span ref={place} class={`tool-place ${kind}`}>
      <ToolButton
        label={t('toolbar.more')}
        icon={icon}
        expanded={open.value}
        onClick={() => (open.value = true)}
      />
      {open.value && (
        <Menu
          label={t('toolbar.more')}
          groups={[menuItems(extra(), actions, model), menuItems(RARE, actions, model)]}
          anchor={() => boxOf(place.current)}
          onClose={() => (open.value = false)}
        />
      )}
    </span>
  )
}
