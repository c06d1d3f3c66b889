/** Where plugins stand in the page: above the text, at its foot, beside it, in the title, and beside a button. */
import { useComputed } from '@preact/signals'
import { Fragment } from 'preact'
import type { ComponentChild, JSX } from 'preact'
import { useLayoutEffect, useRef } from 'preact/hooks'
import { t } from '../i18n.ts'
import { padTitle } from '../pad-title.ts'
import { Boundary, View } from '../plugins/boundary.tsx'
import type { Part, Slot } from '../plugins/parts.ts'
import { Panel } from '../ui/panel.tsx'
import { boxOf, Popover } from '../ui/popover.tsx'
import { labelOf } from './actions.ts'
import type { Actions } from './actions.ts'
import type { Picking, PadModel } from './model.ts'
import { closePanel, isWide, opensQuietly } from './panels.ts'

interface PluginViewsProps {
  model: PadModel
  slot: Slot<() => ComponentChild>
  /** Put round each of them. */
  inside?: (view: JSX.Element) => JSX.Element
}

/** Draws what plugins put into a place, each by itself: one that fails takes nothing else with it. */
export function PluginViews({ model, slot, inside = (view) => view }: PluginViewsProps): JSX.Element {
  return (
    <>
      {slot.parts.value.map((part, index) => (
        <Fragment key={`${part.plugin} ${index}`}>
          {inside(<PluginView model={model} part={part} />)}
        </Fragment>
      ))}
    </>
  )
}

interface PluginViewProps {
  model: PadModel
  part: Part<() => ComponentChild>
}

/** One view of a plugin. */
export function PluginView({ model, part }: PluginViewProps): JSX.Element {
  return (
    <Boundary onError={(error) => model.parts.failed(part.plugin, error)}>
      <View view={part.value} />
    </Boundary>
  )
}

/** What plugins say at the foot of the text. */
export function Foot({ model }: { model: PadModel }): JSX.Element {
  const { feet } = model.parts
  if (feet.parts.value.length === 0) return <></>
  return (
    <footer class="foot">
      <PluginViews model={model} slot={feet} />
    </footer>
  )
}

/** The pad's title: a plugin's, else its name. */
export function titleOf(model: PadModel): string {
  for (const { value } of model.parts.titles.parts.value) if (value.value) return value.value
  return padTitle(model.boot.pad)
}

/** What plugins put beside the title. */
export function TitleEditors({ model }: { model: PadModel }): JSX.Element {
  const title = titleOf(model)
  return (
    <>
      {model.parts.titleEditors.parts.value.map(({ plugin, value }) => (
        <PluginView key={plugin} model={model} part={{ plugin, value: () => value(title) }} />
      ))}
    </>
  )
}

/** The panel of a plugin that is open at the end side, if one is. */
export function PluginPanels({ model }: { model: PadModel }): JSX.Element {
  return <OnePanel model={model} id={model.panel.value} />
}

/** The panel of a plugin at the start side; only where there is room for one beside the text. */
export function StartPanel({ model }: { model: PadModel }): JSX.Element {
  const id = isWide.value ? model.startPanel.value : null
  return <OnePanel model={model} id={id} class="start" />
}

function OnePanel({
  model,
  id,
  class: kind,
}: {
  model: PadModel
  id: string | null
  class?: string
}): JSX.Element {
  const part = model.parts.panels.parts.value.find(({ value }) => value.id === id)
  if (id === null || !part) return <></>
  return (
    <Panel
      key={id}
      title={part.value.title()}
      closeLabel={t('common.close')}
      class={kind}
      quiet={opensQuietly(model)}
      onClose={() => closePanel(model, id)}
    >
      <div class="plugin-panel">
        <PluginView model={model} part={{ plugin: part.plugin, value: part.value.view }} />
      </div>
    </Panel>
  )
}

/** What an action opens beside its button; on a phone a sheet over the lower part of the page. */
export function PickPopover({ model, actions }: { model: PadModel; actions: Actions }): JSX.Element {
  const open = model.picking.value
  const action = open ? actions.get(open.id) : undefined
  if (!open || !action?.pick) return <></>
  return <OpenPick key={open.id} model={model} actions={actions} open={open} />
}

interface OpenPickProps {
  model: PadModel
  actions: Actions
  open: Picking
}

function OpenPick({ model, actions, open }: OpenPickProps): JSX.Element {
  const box = useRef<HTMLDivElement>(null)
  const action = actions.get(open.id)
  const plugin = useComputed(
    () => model.parts.actions.parts.value.find(({ value }) => value.id === open.id)?.plugin ?? '',
  )
  const close = (): void => {
    if (model.picking.peek()?.id === open.id) model.picking.value = null
  }
  // The chosen or the first control, so that the keyboard goes on there; a phone's keyboard makes room for the sheet.
  useLayoutEffect(() => {
    const inside = box.current
    const first =
      inside?.querySelector<HTMLElement>('[aria-checked="true"], [aria-pressed="true"]') ??
      inside?.querySelector<HTMLElement>('input, button, select, [tabindex="0"]')
    first?.focus({ preventScroll: true })
  }, [])
  if (!action?.pick) return <></>
  const { pick } = action
  return (
    <Popover
      class="menu pick"
      role="dialog"
      label={labelOf(action)}
      anchor={() => boxOf(buttonOf(open))}
      onClose={close}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        event.preventDefault()
        event.stopPropagation()
        close()
        if (open.from instanceof HTMLElement && open.from.isConnected) open.from.focus()
        else model.editor.peek()?.focus()
      }}
    >
      <div ref={box}>
        <PluginView model={model} part={{ plugin: plugin.value, value: () => pick(close) }} />
      </div>
    </Popover>
  )
}

/** The button a popover belongs to: the one that was pressed, else one in sight, else the menu it was chosen from. */
function buttonOf({ id, from }: Picking): Element | null {
  if (from?.isConnected) return from
  const buttons = [...document.querySelectorAll<HTMLElement>('[data-action]')]
  const inSight = (name: string): HTMLElement | undefined =>
    buttons.find((button) => button.dataset['action'] === name && button.checkVisibility())
  return inSight(id) ?? inSight('more') ?? inSight('menu') ?? document.querySelector('.ProseMirror')
}
