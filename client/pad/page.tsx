import { useSignalEffect } from '@preact/signals'
import type { JSX } from 'preact'
import { t } from '../i18n.ts'
import type { PluginHost } from '../plugins/host.ts'
import { fetched } from '../ui/fetched.ts'
import { Toasts } from '../ui/toasts.tsx'
import { Tooltip } from '../ui/tooltip.tsx'
import type { Actions } from './actions.ts'
import { Banners, RecoveredBanner } from './banners.tsx'
import { ChatButton } from './chat-button.tsx'
import type { ChatPanel as ChatPanelView } from './chat-panel.tsx'
import { BareStatus } from './header-parts.tsx'
import { Header } from './header.tsx'
import { LateDialogs } from './late-dialogs.tsx'
import { LinkPopover } from './link-popover.tsx'
import type { CreateEditor } from './mount-editor.ts'
import type { PadModel } from './model.ts'
import { NoticeBanner } from './notice-banner.tsx'
import type { PeoplePanel as PeoplePanelView } from './people-panel.tsx'
import { isWide } from './panels.ts'
import { PickPopover, PluginPanels, PluginViews, StartPanel, titleOf } from './plugin-places.tsx'
import { PrivacyBanner } from './privacy-banner.tsx'
import { Refused } from './refused.tsx'
import type { SettingsPanel as SettingsPanelView } from './settings-panel.tsx'
import { SURFACE, SurfacePlace } from './surface-place.tsx'
import { TextPlace } from './text-place.tsx'
import { FormatToolbar, KeyboardBar } from './toolbars.tsx'

const ChatPanel = fetched<Parameters<typeof ChatPanelView>[0]>(
  async () => (await import('./chat-panel.tsx')).ChatPanel,
)
const PeoplePanel = fetched<Parameters<typeof PeoplePanelView>[0]>(
  async () => (await import('./people-panel.tsx')).PeoplePanel,
)
const SettingsPanel = fetched<Parameters<typeof SettingsPanelView>[0]>(
  async () => (await import('./settings-panel.tsx')).SettingsPanel,
)

interface PageProps {
  model: PadModel
  actions: Actions
  host: PluginHost
  createEditor: CreateEditor
  reader: Element | null
}

/** A pad's whole page. */
export function PadPage(props: PageProps): JSX.Element {
  const { model, actions } = props
  useSignalEffect(() => {
    document.title = `${model.chat.titleMark.value}${titleOf(model)} | ${model.boot.title || t('app.name')}`
  })
  if (model.status.value.state === 'refused') {
    return (
      <>
        <Refused model={model} />
        <Toasts />
      </>
    )
  }
  const { showControls } = model.options
  const { privacy } = model.boot.settings
  const tools = model.tools.value
  const linking = model.linking.value
  const covered = model.surfaces.covers.value
  return (
    <div class="app" data-panel={model.panel.value ?? undefined}>
      <a class="skip" href={`#${covered ? SURFACE : 'text'}`} onClick={(event) => skip(event, model)}>
        {covered ? t('surface.skip') : t('pad.skip')}
      </a>
      {showControls && <Header model={model} actions={actions} />}
      {tools && !covered && <FormatToolbar model={model} actions={actions} />}
      {privacy !== null && <PrivacyBanner banner={privacy} />}
      <NoticeBanner notice={model.notice} />
      <Banners model={model} />
      <RecoveredBanner model={model} />
      <PluginViews model={model} slot={model.parts.banners} />
      <main
        class="work"
        data-start={isWide.value && !covered ? (model.startPanel.value ?? undefined) : undefined}
      >
        {!covered && <StartPanel model={model} />}
        <Desk {...props} />
        <SidePanel model={model} host={props.host} />
      </main>
      {tools && !covered && <KeyboardBar model={model} actions={actions} />}
      {!showControls && <BareStatus model={model} />}
      <BareChat model={model} actions={actions} />
      {linking && <LinkPopover key={`${linking.range.from} ${linking.editing}`} model={model} {...linking} />}
      <PickPopover model={model} actions={actions} />
      <LateDialogs model={model} actions={actions} />
      <Toasts />
      <Tooltip />
    </div>
  )
}

/** The text, and beside it or over it the surface that is open. */
function Desk(props: PageProps): JSX.Element {
  const { surfaces } = props.model
  const mode = surfaces.open.value ? surfaces.mode.value : undefined
  return (
    <div class="desk" data-surface={mode} style={{ '--text-share': `${surfaces.share.value}%` }}>
      <TextPlace {...props} />
      <SurfacePlace model={props.model} />
    </div>
  )
}

function SidePanel({ model, host }: { model: PadModel; host: PluginHost }): JSX.Element {
  const close = (): void => {
    model.panel.value = null
  }
  if (model.chat.open.value) return <ChatPanel key={model.panel.value} model={model} />
  if (model.panel.value === 'showusers') return <PeoplePanel model={model} onClose={close} />
  if (model.panel.value === 'settings') return <SettingsPanel model={model} host={host} onClose={close} />
  return <PluginPanels model={model} />
}

/** The chat's button where the header has none. */
function BareChat({ model, actions }: Pick<PageProps, 'model' | 'actions'>): JSX.Element {
  const { showControls, showMenuRight } = model.options
  const action = actions.get('chat')
  if (!action || (showControls && showMenuRight) || model.chat.open.value) return <></>
  return <ChatButton chat={model.chat} action={action} class="bare-chat" />
}

function skip(event: Event, model: PadModel): void {
  event.preventDefault()
  if (model.surfaces.covers.value) document.getElementById(SURFACE)?.focus()
  else if (model.editor.value) model.editor.value.focus()
  else document.getElementById('text')?.focus()
}
