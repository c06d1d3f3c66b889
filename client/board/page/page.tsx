import { useComputed, useSignal, useSignalEffect } from '@preact/signals'
import type { ComponentType, JSX } from 'preact'
import { useLayoutEffect, useRef } from 'preact/hooks'
import { t } from '../../i18n.ts'
import { padTitle } from '../../pad-title.ts'
import { Banners, RecoveredBanner } from '../../pad/banners.tsx'
import { BareStatus } from '../../pad/header-parts.tsx'
import type { ChatPanel as ChatPanelView } from '../../pad/chat-panel.tsx'
import type { PeoplePanel as PeoplePanelView } from '../../pad/people-panel.tsx'
import type { PrivacyBanner as PrivacyBannerView } from '../../pad/privacy-banner.tsx'
import type { Refused as RefusedView } from '../../pad/refused.tsx'
import { NoticeBanner } from '../../pad/notice-banner.tsx'
import type { ShareDialog } from '../../pad/share-dialog.tsx'
import { Toasts } from '../../ui/toasts.tsx'
import { Tooltip } from '../../ui/tooltip.tsx'
import type { MountedBoard } from '../mount.ts'
import { fetched } from '../../ui/fetched.ts'
import { say } from '../words.ts'
import { BoardHeader, HOME } from './header.tsx'
import type { BoardPageModel } from './model.ts'
import type { BoardOptions } from './options.ts'

const ChatPanel = fetched<Parameters<typeof ChatPanelView>[0]>(
  async () => (await import('../../pad/chat-panel.tsx')).ChatPanel,
)
const PeoplePanel = fetched<Parameters<typeof PeoplePanelView>[0]>(
  async () => (await import('../../pad/people-panel.tsx')).PeoplePanel,
)
const PrivacyBanner = fetched<Parameters<typeof PrivacyBannerView>[0]>(
  async () => (await import('../../pad/privacy-banner.tsx')).PrivacyBanner,
)
const Refused = fetched<Parameters<typeof RefusedView>[0]>(
  async () => (await import('../../pad/refused.tsx')).Refused,
)

interface PageProps {
  model: BoardPageModel
  options: BoardOptions
  /** Puts the board into an element. */
  mount: (element: HTMLElement) => MountedBoard
}

/** A board's whole page. */
export function BoardPage({ model, options, mount }: PageProps): JSX.Element {
  const board = useSignal<MountedBoard | null>(null)
  useSignalEffect(() => {
    const name = padTitle(model.boot.pad)
    document.title = `${model.chat.titleMark.value}${say('board.title', { name })} | ${model.boot.title || t('app.name')}`
  })
  const refused = useComputed(() => model.status.value.state === 'refused')
  if (refused.value)
    return (
      <>
        <Refused model={model} home={HOME} />
        <Toasts />
      </>
    )
  const { privacy } = model.boot.settings
  return (
    <div class="app on-board" data-panel={model.panel.value ?? undefined}>
      <a class="skip" href="#board" onClick={(event) => skipToBoard(event, board.peek())}>
        {say('board.skip')}
      </a>
      {options.header && <BoardHeader model={model} items={() => board.value?.menu() ?? []} />}
      {privacy !== null && <PrivacyBanner banner={privacy} />}
      <NoticeBanner notice={model.notice} />
      <Banners model={model} />
      <RecoveredBanner model={model} />
      <main class="work board-work">
        <BoardPlace mount={mount} mounted={(made) => (board.value = made)} />
        <SidePanel model={model} />
      </main>
      {!options.header && <BareStatus model={model} />}
      <Share model={model} />
      <Toasts />
      <Tooltip />
    </div>
  )
}

function BoardPlace({
  mount,
  mounted,
}: Pick<PageProps, 'mount'> & { mounted: (board: MountedBoard | null) => void }): JSX.Element {
  const place = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    if (!place.current) return
    const board = mount(place.current)
    mounted(board)
    return () => {
      mounted(null)
      board.destroy()
    }
  }, [])
  return <div ref={place} class="board-place" />
}

function SidePanel({ model }: { model: BoardPageModel }): JSX.Element {
  if (model.chat.open.value) return <ChatPanel key={model.panel.value} model={model} />
  if (model.panel.value === 'showusers')
    return <PeoplePanel model={model} onClose={() => (model.panel.value = null)} />
  return <></>
}

/** The pad's dialog with the board's addresses, fetched when it is first opened. */
function Share({ model }: { model: BoardPageModel }): JSX.Element {
  const dialog = useSignal<ComponentType<Parameters<typeof ShareDialog>[0]> | null>(null)
  useSignalEffect(() => {
    if (!model.sharing.value || dialog.peek()) return
    import('../../pad/share-dialog.tsx').then(
      (loaded) => (dialog.value = loaded.ShareDialog),
      () => (model.sharing.value = false),
    )
  })
  const Body = dialog.value
  if (!model.sharing.value || !Body) return <></>
  return <Body model={model} board onClose={() => (model.sharing.value = false)} />
}

function skipToBoard(event: Event, board: MountedBoard | null): void {
  event.preventDefault()
  board?.focus()
}
