/** A board's page as signals: what the session says and what is open on screen. The parts it shares with a pad's page read it. */
import { computed, signal } from '@preact/signals'
import type { ReadonlySignal, Signal } from '@preact/signals'
import { allows } from '../../../shared/access.ts'
import type { Presence } from '../../../shared/protocol.ts'
import type { PadBoot, PadOptions } from '../../../shared/settings.ts'
import type { Session } from '../../net/types.ts'
import { createChatPage } from '../../pad/chat-page.ts'
import type { PageModel } from '../../pad/model.ts'
import { reloadForMore } from '../../pad/more-rights.ts'
import { followNotice } from '../../pad/notice-banner.tsx'
import { othersOf } from '../../pad/others.ts'

export interface BoardPageModel extends PageModel {
  /** The share dialog is open. */
  readonly sharing: Signal<boolean>
  /** This person may draw now; the document may still be on its way. */
  readonly mayWrite: ReadonlySignal<boolean>
  stop(): void
}

/** Wraps a session of a board. */
export function createBoardModel(session: Session, boot: PadBoot, options: PadOptions): BoardPageModel {
  const status = signal(session.status)
  const level = signal(session.level)
  const me = signal(session.me)
  const ready = signal(false)
  const recovered = signal(session.recovered)
  const people = signal(session.people)
  const presence = signal<ReadonlyMap<number, Presence>>(session.presence)
  const panel = signal<string | null>(null)
  const refreshPeople = (): void => {
    me.value = { ...session.me }
    people.value = new Map(session.people)
  }
  const offs = [
    session.on('status', (value) => (status.value = value)),
    session.on('level', (value) => (level.value = value)),
    reloadForMore(session, boot),
    session.on('people', refreshPeople),
    session.on('recovered', (value) => (recovered.value = value)),
    session.on('presence', () => (presence.value = new Map(session.presence))),
  ]
  void (async () => {
    await session.ready
    refreshPeople()
    ready.value = true
  })()
  const padSettings = signal(boot.padSettings)
  const chat = createChatPage({ session, boot, options, padSettings, me, level, panel })
  return {
    boot,
    options,
    session,
    status,
    level,
    me,
    ready,
    recovered,
    panel,
    chat,
    sharing: signal(false),
    others: computed(() => othersOf(me.value.author, people.value, presence.value)),
    mayWrite: computed(
      () =>
        !boot.readOnly &&
        allows(level.value, 'write') &&
        status.value.store !== 'readonly' &&
        status.value.state !== 'refused',
    ),
    notice: followNotice(session, boot.notice),
    stop() {
      chat.stop()
      offs.forEach((off) => off())
    },
  }
}
