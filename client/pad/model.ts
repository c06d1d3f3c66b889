/** A pad's page as signals: what the session and the editor say, and what is open on screen. */
import { computed, signal } from '@preact/signals'
import type { ReadonlySignal, Signal } from '@preact/signals'
import type { Schema } from 'prosemirror-model'
import type { EditorState } from 'prosemirror-state'
import type { NodeViewConstructor } from 'prosemirror-view'
import { allows } from '../../shared/access.ts'
import type { Level } from '../../shared/access.ts'
import type { PadBoard } from '../../shared/plugin/board.ts'
import type { Person, Presence } from '../../shared/protocol.ts'
import type { PadBoot, PadOptions, PadSettings } from '../../shared/settings.ts'
import { t } from '../i18n.ts'
import type { Editor } from '../editor/types.ts'
import type { Recovered, Session, Status } from '../net/types.ts'
import { createParts } from '../plugins/parts.ts'
import type { Parts } from '../plugins/parts.ts'
import { toast } from '../ui/toasts.tsx'
import { createChatPage } from './chat-page.ts'
import type { ChatPage } from './chat-page.ts'
import { followNotice } from './notice-banner.tsx'
import { reloadForMore } from './more-rights.ts'
import { othersOf } from './others.ts'
import type { PadPerson } from './others.ts'
import { createDecisions } from './pad-decisions.ts'
import type { PreferenceSignals } from './preferences.ts'
import { createSurfaces } from './surfaces.ts'
import type { Surfaces } from './surfaces.ts'
import { formattingOf } from '../editor/commands/formatting.ts'
import type { Formatting } from '../editor/commands/formatting.ts'
import type { LinkRange } from '../editor/commands/link.ts'

/** Dialogs by their action. */
export type DialogName =
  | 'embed'
  | 'importexport'
  | 'import'
  | 'help'
  | 'deletePad'
  | 'deletionToken'
  | 'deleteWithToken'

/** A link on screen: its place, and whether it is being changed or only shown. */
export interface Linking {
  range: LinkRange
  editing: boolean
}

/** What the editor stands on: other formats, or other ways to draw embeds, and it is made again. */
export interface Ground {
  readonly schema: Schema
  readonly nodeViews: Readonly<Record<string, NodeViewConstructor>>
}

/** An action's popover that is open, and the button it was opened with. */
export interface Picking {
  readonly id: string
  readonly from: Element | null
}

export interface PadModel {
  readonly boot: PadBoot
  /** The options in force; reading one in a view follows what the pad's owner decides. */
  readonly options: PadOptions
  readonly preferences: PreferenceSignals
  readonly session: Session
  readonly status: ReadonlySignal<Status>
  readonly level: ReadonlySignal<Level>
  readonly me: ReadonlySignal<Person>
  /** Everybody but oneself; those who are here first, then by name. */
  readonly others: ReadonlySignal<readonly PadPerson[]>
  /** Text of this person that the server did not take; kept until taken along. */
  readonly recovered: ReadonlySignal<Recovered | null>
  /** There is text to show. */
  readonly ready: ReadonlySignal<boolean>
  /** There are tools: who may write sees them from the start, and while writing is paused. */
  readonly tools: ReadonlySignal<boolean>
  /** The text may be changed now. */
  readonly mayWrite: ReadonlySignal<boolean>
  readonly editor: Signal<Editor | null>
  readonly editorState: Signal<EditorState | null>
  /** The formats of the selection; read once for all buttons. */
  readonly formatting: ReadonlySignal<Formatting | null>
  /** The open side panel by its action; one at a time. */
  readonly panel: Signal<string | null>
  /** The plugin's panel at the start side, where the page is wide enough for one. */
  readonly startPanel: Signal<string | null>
  /** Whole work areas beside the text, or in its place. */
  readonly surfaces: Surfaces
  readonly picking: Signal<Picking | null>
  readonly dialog: Signal<DialogName | null>
  /** A file that was dropped on the page, for the dialog that asks what to do with it. */
  readonly dropped: Signal<File | null>
  /** The link being made or changed; null when none is. */
  readonly linking: Signal<Linking | null>
  /** What plugins add to the page. */
  readonly parts: Parts
  /** Null until it is known which plugins there are. */
  readonly ground: Signal<Ground | null>
  /** What the owner of the pad decided for everybody. */
  readonly padSettings: ReadonlySignal<PadSettings>
  /** Decides for everybody; false without a connection. */
  decide: (next: PadSettings) => boolean
  readonly chat: ChatPage
  /** The administrator's word to all pads; empty for none. */
  readonly notice: ReadonlySignal<string>
  /** The pad's board, fetched when it is asked for first. */
  readonly board: () => Promise<PadBoard>
  /** Lets go of the session's events. */
  stop(): void
}

/** What the page of a board has of it, too. */
export type PageModel = Pick<
  PadModel,
  | 'boot'
  | 'options'
  | 'session'
  | 'status'
  | 'level'
  | 'me'
  | 'others'
  | 'recovered'
  | 'ready'
  | 'mayWrite'
  | 'panel'
  | 'chat'
  | 'notice'
>

/** Fetches the board of a pad, for a page in which these people are. */
export type OpenBoard = (page: {
  pad: string
  readOnly: boolean
  me: ReadonlySignal<Person>
  others: ReadonlySignal<readonly PadPerson[]>
}) => Promise<PadBoard>

const noBoard: OpenBoard = () => Promise.reject(new Error('this page has no board'))

/** Wraps a session. */
export function createModel(
  session: Session,
  boot: PadBoot,
  options: PadOptions,
  preferences: PreferenceSignals,
  shared: {
    padSettings?: Signal<PadSettings>
    parts?: Parts
    surfaces?: Surfaces
    /** Fetches the pad's board. */
    openBoard?: OpenBoard
  } = {},
): PadModel {
  const { padSettings = signal(boot.padSettings), parts = createParts() } = shared
  const { surfaces = createSurfaces({ parts }), openBoard = noBoard } = shared
  const status = signal(session.status)
  const level = signal(session.level)
  const me = signal(session.me)
  const ready = signal(false)
  const recovered = signal(session.recovered)
  const editorState = signal<EditorState | null>(null)
  const panel = signal<string | null>(null)
  const people = signal(session.people)
  const presence = signal<ReadonlyMap<number, Presence>>(session.presence)
  const refreshPeople = (): void => {
    me.value = { ...session.me }
    recovered.value = session.recovered
    people.value = new Map(session.people)
  }
  const decisions = createDecisions(session, padSettings, () => toast(t('settings.refused'), 'warning'))
  const offs = [
    session.on('status', (value) => (status.value = value)),
    session.on('level', (value) => (level.value = value)),
    reloadForMore(session, boot),
    session.on('people', refreshPeople),
    session.on('recovered', (value) => (recovered.value = value)),
    session.on('presence', () => (presence.value = new Map(session.presence))),
    () => decisions.stop(),
  ]
  void (async () => {
    await session.ready
    refreshPeople()
    ready.value = true
  })()
  const chat = createChatPage({ session, boot, options, padSettings, me, level, panel })
  const others = computed(() => othersOf(me.value.author, people.value, presence.value))
  let board: Promise<PadBoard> | undefined
  return {
    boot,
    options,
    preferences,
    session,
    status,
    level,
    me,
    ready,
    recovered,
    others,
    tools: computed(
      () =>
        options.showControls &&
        !boot.readOnly &&
        (status.value.state === 'loading' || allows(level.value, 'write')),
    ),
    mayWrite: computed(
      () =>
        !boot.readOnly &&
        allows(level.value, 'write') &&
        status.value.store !== 'readonly' &&
        status.value.state !== 'refused',
    ),
    editor: signal(null),
    editorState,
    formatting: computed(() => (editorState.value ? formattingOf(editorState.value) : null)),
    panel,
    startPanel: signal(null),
    surfaces,
    picking: signal(null),
    dialog: signal(null),
    dropped: signal(null),
    linking: signal(null),
    parts,
    ground: signal(null),
    padSettings,
    decide: (next) => decisions.decide(next),
    chat,
    notice: followNotice(session, boot.notice),
    board() {
      board ??= openBoard({ pad: boot.pad, readOnly: boot.readOnly, me, others }).catch((error: unknown) => {
        board = undefined
        throw error
      })
      return board
    },
    stop() {
      chat.stop()
      offs.forEach((off) => off())
    },
  }
}
