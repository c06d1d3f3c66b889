import { useComputed, useSignal } from '@preact/signals'
import type { ReadonlySignal } from '@preact/signals'
import type { JSX } from 'preact'
import { useRef } from 'preact/hooks'
import { t } from '../i18n.ts'
import { ToolButton, keepFocus } from '../ui/button.tsx'
import { Icon } from '../ui/icon.tsx'
import { Menu } from '../ui/menu.tsx'
import { boxOf } from '../ui/popover.tsx'
import { Toolbar } from '../ui/toolbar.tsx'
import type { ToolbarItem } from '../ui/toolbar.tsx'
import { ActionButton, menuItems } from './action-button.tsx'
import { actionState, labelOf } from './actions.ts'
import type { Actions } from './actions.ts'
import type { PadModel } from './model.ts'
import { lineStyle } from './selection.ts'
import { STYLE, barLayout, placedIn, styleIds } from './tool-layout.ts'
import type { BarLayout } from './tool-layout.ts'

/** Always in the menu. */
const RARE = ['clearformat', 'duplicateline', 'movelineup', 'movelinedown', 'deleteline']

interface BarProps {
  model: PadModel
  actions: Actions
}

/** The bar's tools, following what plugins add and take away. */
function useLayout({ model, actions }: BarProps): ReadonlySignal<BarLayout> {
  return useComputed(() => barLayout(actions.values(), model.boot.settings.toolbar.left))
}

/** The line of tools under the header. */
export function FormatToolbar({ model, actions }: BarProps): JSX.Element {
  const folded = useSignal<ReadonlySet<string>>(new Set())
  const layout = useLayout({ model, actions })
  const groups = useComputed(() =>
    layout.value.groups
      .map((group) =>
        group.flatMap(({ id, priority }): ToolbarItem[] => {
          if (id === STYLE)
            return [{ id, priority, content: <StylePicker model={model} actions={actions} /> }]
          const action = actions.get(id)
          return action ? [{ id, priority, content: <ActionButton action={action} model={model} /> }] : []
        }),
      )
      .filter((group) => group.length > 0),
  )
  return (
    <Toolbar
      label={t('toolbar.label')}
      groups={groups.value}
      onFold={(ids) => (folded.value = ids)}
      onLeave={() => model.editor.value?.focus()}
      end={
        <MoreFormatting
          model={model}
          actions={actions}
          icon="more"
          extra={() => [...folded.value, ...layout.value.rest]}
        />
      }
    />
  )
}

/** The bar that sits on a phone's keyboard. */
export function KeyboardBar({ model, actions }: BarProps): JSX.Element {
  const layout = useLayout({ model, actions })
  const { phone, groups, rest } = layout.value
  return (
    <div class="keybar" role="toolbar" aria-label={t('toolbar.label')}>
      <StylePicker model={model} actions={actions} small />
      {phone.map((id) => {
        const action = actions.get(id)
        return action && <ActionButton key={id} action={action} model={model} class={`bar-${id}`} />
      })}
      <MoreFormatting
        model={model}
        actions={actions}
        icon="plus"
        class="pinned"
        extra={() => [...groups.flat().map(({ id }) => id), ...rest].filter((id) => !phone.includes(id))}
      />
    </div>
  )
}

/** The line style of the cursor's line, and the choice of another. */
function StylePicker({ model, actions, small }: BarProps & { small?: true }): JSX.Element {
  const open = useSignal(false)
  const place = useRef<HTMLButtonElement>(null)
  const ids = useComputed(() => styleIds(actions.values()))
  const name = useComputed(() => {
    const own = placedIn(actions.values(), 'style').find((action) => actionState(action, model).pressed)
    if (own) return labelOf(own)
    return t(`style.${model.formatting.value ? lineStyle(model.formatting.value) : 'text'}`)
  })
  return (
    <>
      <button
        ref={place}
        type="button"
        class={`tool ${small ? '' : 'style'}`}
        aria-label={t('toolbar.styleIs', { style: name.value })}
        aria-haspopup="menu"
        aria-expanded={open.value}
        data-tip=""
        onMouseDown={keepFocus}
        onClick={() => (open.value = true)}
      >
        {small ? <Icon name="paragraph" /> : <span>{name.value}</span>}
        {!small && <Icon name="chevron-down" class="arrow" />}
      </button>
      {open.value && (
        <Menu
          label={t('toolbar.style')}
          groups={[menuItems(ids.value, actions, model)]}
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
  const groups = (): (readonly string[])[] => {
    const more = placedIn(actions.values(), 'more').map(({ id }) => id)
    const others = extra().filter((id) => !more.includes(id))
    // Who opens a plus looks for what can be put into the text.
    return icon === 'plus' ? [more, others, RARE] : [others, more, RARE]
  }
  return (
    <span ref={place} class={`tool-place ${kind}`}>
      <ToolButton
        label={t('toolbar.more')}
        icon={icon}
        expanded={open.value}
        action="more"
        onClick={() => (open.value = true)}
      />
      {open.value && (
        <Menu
          label={t('toolbar.more')}
          groups={groups().map((ids) => menuItems(ids, actions, model))}
          anchor={() => boxOf(place.current)}
          onClose={() => (open.value = false)}
        />
      )}
    </span>
  )
}
